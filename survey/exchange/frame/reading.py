"""A list of firms read by a process of its own, which goes on with it while a worker gives signs of life.

That process knows neither pandas nor Django's models, and holds some thousand rows at a time.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from survey.exchange.frame import reading_apart
from survey.exchange.frame.found_list import FoundList, Part
from survey.exchange.frame.workbook import FirmList, read_firm_list
from survey.services.frame.complaints import FrameFileRefused
from survey.services.frame.spool import Spool

# A smaller file is read before another process has begun.
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
    command = [sys.executable, "-m", reading_apart.__name__, str(path.resolve())]
    with subprocess.Popen(command, stdout=spool.file, stdin=subprocess.DEVNULL, cwd=ROOT) as process:
        try:
            while not _has_ended(process):
                sign_of_life()
        finally:
            # Also where the job was cancelled meanwhile: it would go on reading for nobody.
            process.kill()
    if process.returncode:
        raise ReadingEndedError(f"The list could not be read: exit status {process.returncode}.")
    return FirmList.of_found(_found_in(spool), path)


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(SIGN_OF_LIFE)
    except subprocess.TimeoutExpired:
        return False
    return True


def _found_in(spool: Spool[Any]) -> FoundList:
    """What the other process wrote: the refusal, or the head of the list and then its parts."""
    head = next(iter(spool))
    if "refused" in head:
        raise FrameFileRefused(head["refused"], head["value"], **head["parameters"])

    def parts() -> Iterator[Part]:
        # Gone through anew for each pass; the head, which comes first, is left out.
        return (part for number, part in enumerate(spool) if number)

    return FoundList(**head, parts=parts)
