"""What a request made is written into the cache when its answer has been sent: only the next request reads it there.

Writing a dozen values takes a tenth of a page of figures. Outside a request, as in a job, there is no answer to wait
for, and everything is written at once.
"""

import logging
import secrets
from threading import local
from typing import Any

from django.core.cache import cache
from django.core.signals import request_finished, request_started

MARK = "written-since"
"""Names a word in the cache that goes when it is emptied."""
logger = logging.getLogger(__name__)


class _Waiting(local):
    """Of one thread, which answers one request at a time: what waits for the end of its answer, by its key; None
    outside a request. `mark` is the word that the cache had before."""

    values: dict[str, tuple[Any, int]] | None = None
    mark: str | None = None


_waiting = _Waiting()


def write(key: str, value: object, seconds: int) -> None:
    """Keep a value for so many seconds: at once, or as soon as the answer to the request has been sent."""
    if _waiting.values is None:
        cache.set(key, value, seconds)
        return
    if not _waiting.values:
        _waiting.mark = _mark(seconds)
    _waiting.values[key] = value, seconds


def write_now(key: str, value: object, seconds: int) -> None:
    """Keep a value that is read as a file from now on."""
    if _waiting.values:
        _waiting.values.pop(key, None)
    cache.set(key, value, seconds)


def waiting(key: str) -> Any:
    """The value of this key that this request has made; None where there is none."""
    found = _waiting.values.get(key) if _waiting.values else None
    return found[0] if found else None


def _mark(seconds: int) -> str:
    word = cache.get(MARK)
    if word is None:
        word = secrets.token_hex(8)
        cache.set(MARK, word, seconds)
    return str(word)


def begin(**_request: object) -> None:
    """A request has begun: from now on values wait."""
    _waiting.values = {}


def finish(**_request: object) -> None:
    """The answer has been sent: write what waits."""
    values, _waiting.values = _waiting.values, None
    if not values:
        return
    try:
        # Emptied meanwhile, because answers were erased: what was made of them must not come back.
        if cache.get(MARK) == _waiting.mark:
            for key, (value, seconds) in values.items():
                cache.set(key, value, seconds)
    except Exception:
        logger.exception("The cache cannot be written")


request_started.connect(begin)
request_finished.connect(finish)
