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


SET_UP = """
import pytest

@pytest.fixture(scope="session")
def django_db_setup():
    pass

@pytest.fixture
def row():
    made = [2]
    yield made
    made.clear()
"""
WITH_ROW = """
from survey.methods.double import double

def test_row_is_there(django_db_setup, row):
    assert double(row[0]) == 4
"""


def test_test_that_the_database_was_made_for_is_set_up_anew(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path, test = "survey/methods/double.py", "tests/methods/test_row.py"
    (folder / "tests/methods/conftest.py").write_text(SET_UP, "utf-8")
    (folder / test).write_text(WITH_ROW, "utf-8")
    three = [one for one in mutants_of(DOUBLE) if one.after == "3"]
    assert tried_in_forks(folder, [(path, three, [test])], PURE) == (0, [])
    assert f"{path}: 1 of 1 faults noticed" in capfd.readouterr().out
