"""Faults tried in forks of one process that has imported modules and collected tests already.

A fork puts the fault into the imported module (`patching.py`) and runs one file of tests after another until one
notices it, so that nothing but the tests themselves takes time.
"""

import importlib
import json
import os
import resource
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

from tests.mutation.changes import Mutant
from tests.mutation.patching import note_what_runs, put_into
from tests.mutation.running import import_from
from tests.mutation.selection import module_of

OF_PYTEST = ("-q", "-s", "-p", "no:cacheprovider")
Tried = tuple[str, list[Mutant], list[str]]
"""A module, its faults, and the files of tests that could notice them, the nearest first."""
UNNOTICED, NOTICED, NOT_PUT_IN = 0, 1, 3
EXAMPLES = 20


@dataclass(frozen=True, slots=True)
class Way:
    """How tests are collected and run: what pytest is told, and the seconds of the processor that a file may take.

    They are several times what the slowest file needs; a loop without an end counts as noticed.
    """

    options: tuple[str, ...]
    seconds: int


PURE = Way((*OF_PYTEST, "-c", os.devnull, "--rootdir", ".", "--confcutdir=tests/methods",
           "-W", "error", "-W", "ignore::pytest.PytestAssertRewriteWarning"), 20)  # fmt: skip
"""Without Django, its plugin and `tests/conftest.py`."""
DJANGO = Way(
    (*OF_PYTEST, "--basetemp=kept", "-o", "timeout=900", "-W", "ignore::pytest.PytestAssertRewriteWarning"), 60
)
"""As the suite itself; each fork has a database of its own, copied from the one that is kept.

The clock is given far more than the processor: on a loaded machine a minute of it says nothing of a fault.
"""


def tried_in_forks(folder: Path, tried: Sequence[Tried], way: Way) -> tuple[int, list[tuple[str, list[Mutant]]]]:
    """How many of the faults passed all tests, and by module those that can only be put into the file."""
    child = os.fork()
    if child == 0:
        _become(folder, tried, way)
    os.waitpid(child, 0)
    answer = json.loads((folder / "tried.json").read_text("utf-8"))
    left = {path: set(numbers) for path, numbers in answer["left"].items()}
    rest = [(path, [one for k, one in enumerate(mutants) if k in left.get(path, ())]) for path, mutants, _ in tried]
    return int(answer["survived"]), [(path, mutants) for path, mutants in rest if mutants]


def _become(folder: Path, tried: Sequence[Tried], way: Way) -> None:
    """The process that collects the tests; it writes down what it found and ends."""
    everything = {path: list(range(len(mutants))) for path, mutants, _ in tried}
    try:
        os.chdir(folder)
        # Where tests cannot be collected, all faults are tried by file.
        Path("tried.json").write_text(json.dumps({"survived": 0, "left": everything}), "utf-8")
        import_from(folder)
        tests = sorted({test for _, _, tests in tried for test in tests})
        if way is PURE:
            os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        pytest.main([*way.options, *tests], plugins=[Forks(tried, way, note_what_runs(folder))])
    finally:
        os._exit(0)


class Forks:
    """A plugin of pytest that runs the collected tests once for each fault, in a fork."""

    def __init__(self, tried: Sequence[Tried], way: Way, ran: set[CodeType]) -> None:
        self.tried = tried
        self.way = way
        self.ran = ran
        self.said = os.dup(1)

    @staticmethod
    @pytest.hookimpl(tryfirst=True)
    def pytest_collection() -> None:
        """Draw few examples, without a clock: a test takes the profile that is loaded when it is read."""
        hypothesis = importlib.import_module("hypothesis")
        slow = [hypothesis.HealthCheck.too_slow]
        hypothesis.settings.register_profile(
            "forks", deadline=None, derandomize=True, max_examples=EXAMPLES, suppress_health_check=slow
        )
        hypothesis.settings.load_profile("forks")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.session = session
        for path, _, _ in self.tried:
            # One that needs a library that is not installed cannot be tried here.
            with suppress(ModuleNotFoundError):
                importlib.import_module(module_of(path))
        sys.setprofile(None)
        self.items: dict[str, list[Any]] = {}
        for item in session.items:
            self.items.setdefault(str(item.path.relative_to(Path.cwd())), []).append(item)
        self.make_database(session)
        survived = 0
        left: dict[str, list[int]] = {}
        for path, mutants, tests in self.tried:
            alive, left[path] = self.survivors(path, mutants, [test for test in tests if test in self.items])
            survived += alive
        Path("tried.json").write_text(json.dumps({"survived": survived, "left": left}), "utf-8")
        return True

    @staticmethod
    def make_database(session: pytest.Session) -> None:
        """Make the database of the suite once, where a test has one: a fork has a copy of its memory."""
        # A folder of a test asks at its end how the test went, and this one is not run.
        names = ((item, getattr(item, "fixturenames", ())) for item in session.items)
        item = next((item for item, used in names if "django_db_setup" in used and "tmp_path" not in used), None)
        if isinstance(item, pytest.Function):
            session._setupstate.setup(item)
            item._request.getfixturevalue("django_db_setup")
            # Up to the session, whose fixtures stay.
            session._setupstate.teardown_exact(session)  # type: ignore[arg-type]
            # Or the test would be run with what was set up here, and has ended.
            item._initrequest()

    def survivors(self, path: str, mutants: list[Mutant], tests: list[str]) -> tuple[int, list[int]]:
        """How many faults of a module pass, and the numbers of those that could not be put in."""
        alive = list(enumerate(mutants))
        left: list[int] = []
        for test in tests:
            outcomes = [self.outcome(test, module_of(path), mutant.source) for _, mutant in alive]
            # What lets a fault pass passes without one; where all were noticed it has to be seen.
            if outcomes and UNNOTICED not in outcomes and (failing := self.fails(test)):
                self.report(f"{path}: {failing} fails without a fault")
                return len(mutants), []
            left += [number for (number, _), outcome in zip(alive, outcomes, strict=True) if outcome == NOT_PUT_IN]
            alive = [one for one, outcome in zip(alive, outcomes, strict=True) if outcome == UNNOTICED]
        tries = len(mutants) - len(left)
        self.report(f"{path}: {tries - len(alive)} of {tries} faults noticed")
        for _, mutant in alive:
            self.report(f"    line {mutant}")
        return len(alive), left

    @cache  # noqa: B019  -- there is one plugin, as long as the process lives
    def fails(self, test: str) -> str:
        """The test of a file that fails without a fault; the file where its process ended before, "" where all pass."""
        failed = Path("failed.txt")
        failed.unlink(missing_ok=True)
        if self.outcome(test, "", "") == UNNOTICED:
            return ""
        return failed.read_text("utf-8") if failed.exists() else test

    def outcome(self, test: str, module: str, source: str) -> int:
        child = os.fork()
        if child == 0:
            self.run(test, module, source)
        status = os.waitpid(child, 0)[1]
        return os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else NOTICED

    def run(self, test: str, module: str, source: str) -> None:
        """Become the process that runs a file of tests with the fault, until one test fails."""
        code = NOTICED
        resource.setrlimit(resource.RLIMIT_CPU, (self.way.seconds, self.way.seconds))
        try:
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
            if module and not (module in sys.modules and put_into(module, source, self.ran)):
                code = NOT_PUT_IN
                return
            code = UNNOTICED
            for item, following in pairwise([*self.items[test], None]):
                self.session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if self.session.testsfailed:
                    Path("failed.txt").write_text(item.nodeid, "utf-8")
                    code = NOTICED
                    break
        finally:
            os._exit(code)

    def report(self, line: str) -> None:
        os.write(self.said, f"{line}\n".encode())
