"""A list of firms read by a process of its own, whose memory goes back when it ends.

The parser holds a whole sheet: 365 MB for 400,000 rows, which a worker that goes on for weeks would keep.
"""

import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from survey.exchange.frame.workbook import FirmList, read_firm_list
from survey.services.frame.complaints import FrameFileRefused
from survey.services.frame.spool import Spool

# A file below this size, packed at the ratio that is still allowed, unpacks to less than the program itself takes.
APART_FROM = 300_000
SIGN_OF_LIFE = 5.0
ROOT = Path(__file__).resolve().parents[3]


class ReadingEndedError(RuntimeError):
    """The process that read the list was ended from outside or by a fault; the message has its exit status."""


def read_list(path: Path, sign_of_life: Callable[[], None] = lambda: None) -> FirmList:
    """As `read_firm_list`, a large file by a process of its own; ``sign_of_life`` is called while that is at work.

    Raises `FrameFileRefused`, and `ReadingEndedError` where the process did not come to its end.
    """
    # What is not there is refused as any other file is.
    if not path.is_file() or path.stat().st_size < APART_FROM:
        return read_firm_list(path)
    spool: Spool[Any] = Spool()
    command = [sys.executable, "-m", __name__, str(path.resolve())]
    with subprocess.Popen(command, stdout=spool.file, stdin=subprocess.DEVNULL, cwd=ROOT) as process:
        try:
            while not _has_ended(process):
                sign_of_life()
        finally:
            # Also where the job was cancelled meanwhile: it would go on reading for nobody.
            process.kill()
    if process.returncode:
        raise ReadingEndedError(f"The list could not be read: exit status {process.returncode}.")
    return _list_in(spool)


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(SIGN_OF_LIFE)
    except subprocess.TimeoutExpired:
        return False
    return True


def _list_in(spool: Spool[Any]) -> FirmList:
    """What `main` wrote: the refusal, or the head of the list and then its parts."""
    head = next(iter(spool))
    if "refused" in head:
        raise FrameFileRefused(head["refused"], head["value"], **head["parameters"])
    # Gone through anew for each pass; the head, which comes first, is left out.
    return FirmList(**head, parts=lambda: (part for number, part in enumerate(spool) if number))


def main(path: Path) -> None:
    """Write head and parts of a list to the standard output, or why it is refused."""

    def put(value: object) -> None:
        pickle.dump(value, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)

    try:
        firm_list = read_firm_list(path)
    except FrameFileRefused as refused:
        put({"refused": refused.code, "value": refused.value, "parameters": dict(refused.complaint.parameters)})
        return
    head = {"sheet": firm_list.sheet, "headers": firm_list.headers, "digest": firm_list.digest}
    put({**head, "hidden": firm_list.hidden})
    for part in firm_list.parts():
        put(part)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
