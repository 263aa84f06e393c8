"""What a line of the log looks like: as text to read, or as one JSON object; a refusal never is a traceback."""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

WRITTEN_BY_DJANGO = ("django.request", "django.security")
SERVER_ERROR, PUT_OFF = 500, 503


class RequestFilter(logging.Filter):
    """Give each record the number of its request, and take the traceback from requests that were only refused.

    Django logs a refused post (too large, no token, a wrong host) with the whole stack that led to the refusal, which
    says nothing new and lets anybody fill the disk. Of one that was put off the reason has its own line.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        # Imported late: the settings name this class before there are settings.
        from survey.views.operation.request_id import request_id

        record.request_id = request_id() or "-"
        if record.name.startswith(WRITTEN_BY_DJANGO):
            status = getattr(record, "status_code", 0)
            if status < SERVER_ERROR or status == PUT_OFF:
                record.exc_info = record.exc_text = None
                record.stack_info = None
        return True


class TextFormatter(logging.Formatter):
    """One line to read: level, number of the request, message."""

    def __init__(self) -> None:
        super().__init__("%(levelname)s %(request_id)s %(name)s: %(message)s")


class JsonFormatter(logging.Formatter):
    """One JSON object a line, without data of persons.

    Of an error stand there its kind and where it happened, not what it said: texts of errors quote values, and
    PostgreSQL names whole rows. Addresses are without their query, in which firms are searched for by name.
    """

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": getattr(record, "request_id", "-"),
            "message": self.message(record),
        }
        request = getattr(record, "request", None)
        if request is not None and hasattr(request, "path"):
            said |= {"method": request.method, "path": request.path, "status": getattr(record, "status_code", None)}
        if record.exc_info and record.exc_info[1] is not None:
            said["error"] = chain_of(record.exc_info[1])
        return json.dumps(said, ensure_ascii=False)

    def message(self, record: logging.LogRecord) -> str:
        """The message with its values; of those that Django writes about requests the first line alone."""
        return record.getMessage().splitlines()[0] if record.getMessage() else ""


def chain_of(error: BaseException | None) -> list[dict[str, Any]]:
    """The kinds of an error and of those that led to it, the newest first, each with the places of its stack."""
    chain: list[dict[str, Any]] = []
    while error is not None and len(chain) < 5:
        kind = type(error)
        frames = traceback.extract_tb(error.__traceback__)
        places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        chain.append({"kind": f"{kind.__module__}.{kind.__qualname__}", "at": places})
        # With those that "from None" hides from people: the log is where the first of them is looked for.
        error = error.__cause__ or error.__context__
    return chain
