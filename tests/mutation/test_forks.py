"""Faults of a small module in forks, and the tests that notice them."""

from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.mutation.changes import mutants_of
from tests.mutation.forks import PURE, tried_in_forks

DOUBLE = "def double(number: int) -> int:\n    return 2 * number\n"
SLOW = """
import time
from hypothesis import given, strategies as st
from survey.methods.double import double

waited = []

@given(st.integers(0, 9))
def test_double_is_twice(number: int) -> None:
    if not waited:
        time.sleep(0.3)
        waited.append(number)
    assert double(number) == number + number
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    for name, content in {"survey/methods/double.py": DOUBLE, "tests/methods/test_double.py": SLOW}.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(content, "utf-8")
    yield tmp_path
    hypothesis.settings.load_profile("suite")


def test_drawn_example_that_a_loaded_machine_delays_is_no_failure(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = "survey/methods/double.py"
    # What hypothesis begins with: an example may take 200 milliseconds.
    hypothesis.settings.load_profile("default")
    found = tried_in_forks(folder, [(path, mutants_of(DOUBLE), ["tests/methods/test_double.py"])], PURE)
    assert found == (0, [])
    assert f"{path}: 2 of 2 faults noticed" in capfd.readouterr().out
