"""A kind of job for tests: it writes numbers to a file, one a portion, as a mailing would hand over letters."""

import time
from collections.abc import Callable
from pathlib import Path

from survey.jobs.work import JobKind, Work
from survey.services.operation.jobs import Outcome


def write_numbers(work: Work) -> Outcome:
    """Write each number once over all attempts; ``stop`` is a file that makes the work wait for its removal."""
    into, stop = Path(work.parameters["into"]), Path(work.parameters["stop"])
    for number in range(work.parameters["count"]):
        work.once(f"number {number}", written(into, number))
        work.progress(number + 1, work.parameters["count"], "numbers")
        while number == 2 and stop.exists():
            time.sleep(0.05)
    return Outcome(file=into.read_bytes(), file_name="数字.txt", file_type="text/plain")


def written(into: Path, number: int) -> Callable[[], int]:
    def write() -> int:
        with into.open("a") as file:
            file.write(f"{number}\n")
        return number

    return write


NUMBERS = JobKind(code="numbers", label="Numbers", permission="import_frame", run=write_numbers)
