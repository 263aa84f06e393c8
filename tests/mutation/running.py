"""Tests run in a process of their own, forked from one that has the large libraries imported already."""

import importlib
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

LIBRARIES = ("django.test", "openpyxl", "pandas", "pytest", "scipy.stats", "altair", "crispy_forms", "hypothesis")
"""What takes most of the time before a test begins; nothing of the project, which is to be imported with its fault."""
GLANCE = 0.1
REWRITTEN = "ignore::pytest.PytestAssertRewriteWarning"
"""Libraries with a plugin of pytest are imported before it begins, which it warns of."""


def warm_up() -> None:
    for library in LIBRARIES:
        importlib.import_module(library)


def passes(folder: Path, tests: Sequence[str], seconds: float) -> bool:
    """Whether all tests pass in time; no test at all is no pass."""
    child = os.fork()
    if child == 0:
        run(folder, tests)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status == 0
        time.sleep(GLANCE)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def import_from(folder: Path) -> None:
    """Take the product and its tests from there, even where some of them are imported already."""
    for name in [name for name in sys.modules if name.partition(".")[0] in ("tests", "survey", "config")]:
        del sys.modules[name]
    here = ("", os.getcwd(), str(Path.cwd()), str(Path(__file__).resolve().parents[2]))
    sys.path[:] = [str(folder), *(path for path in sys.path if path not in here)]


def run(folder: Path, tests: Sequence[str]) -> None:
    """Become the process that runs the tests and ends with their outcome."""
    code = 1
    try:
        os.chdir(folder)
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        import_from(folder)
        code = int(
            importlib.import_module("pytest").main(["-x", "-q", "-p", "no:cacheprovider", "-W", REWRITTEN, *tests])
        )
    finally:
        os._exit(code)
