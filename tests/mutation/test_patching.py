"""A fault that is put into an imported module holds for whoever imported from it before."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.mutation.patching import note_what_runs, put_into

SOURCE = """
from dataclasses import dataclass
from functools import cache

LIMIT = 10

@dataclass(frozen=True, slots=True)
class Rule:
    least: int = 1

    @property
    def doubled(self) -> int:
        return self.least * 2

@cache
def kept(value: int, more: int = 5) -> bool:
    return value + more < LIMIT

TABLE = {"half": lambda value: value / 2}

NAMES = ("a", "b")
RIGHTS = {"all": [f"see_{name}" for name in NAMES]}
"""
NAME = "survey.made_for_a_test"


@pytest.fixture
def module() -> Iterator[ModuleType]:
    made = ModuleType(NAME)
    made.__dict__["__file__"] = "made_for_a_test.py"
    sys.modules[NAME] = made
    exec(compile(SOURCE, "made_for_a_test.py", "exec"), made.__dict__)
    yield made
    del sys.modules[NAME]


@pytest.mark.parametrize(
    ("before", "after", "seen", "without", "with_fault"),
    [
        ("value + more <", "value - more <", lambda m: m.kept(6), False, True),
        ("more: int = 5", "more: int = 3", lambda m: m.kept(6), False, True),
        ("LIMIT = 10", "LIMIT = 12", lambda m: m.kept(6), False, True),
        ("least: int = 1", "least: int = 4", lambda m: m.Rule().least, 1, 4),
        ("least * 2", "least / 2", lambda m: m.Rule(least=4).doubled, 8, 2),
        ("value / 2", "value * 2", lambda m: m.TABLE["half"](4), 2, 8),
    ],
)
def test_fault_is_put_in(
    module: ModuleType,
    before: str,
    after: str,
    seen: Callable[[ModuleType], object],
    without: object,
    with_fault: object,
) -> None:
    """In a function, its default, a constant, the default of a field, a property, and a function in a table."""
    whole = ModuleType("copy")
    whole.__dict__.update(module.__dict__)
    module.kept.cache_clear()
    assert seen(whole) == without
    module.kept.cache_clear()
    assert put_into(NAME, SOURCE.replace(before, after))
    assert seen(whole) == with_fault


def test_source_that_differs_in_its_lines_alone_is_no_fault(module: ModuleType) -> None:
    assert not put_into(NAME, "\n\n" + SOURCE)


def test_fault_that_a_table_was_made_from_on_import_is_not_put_in(module: ModuleType) -> None:
    assert not put_into(NAME, SOURCE.replace('("a", "b")', '("a", "c")'))
    assert module.RIGHTS == {"all": ["see_a", "see_b"]}


def test_fault_in_what_is_machine_code_already_is_not_put_in(module: ModuleType) -> None:
    source = "from numba import njit\n\n@njit\ndef more(value):\n    return value + 1\n"
    exec(compile(source, "made_for_a_test.py", "exec"), module.__dict__)
    assert not put_into(NAME, source.replace("+ 1", "+ 2"))


GUARD = """
def guard(least):
    def decorated(view):
        return lambda number: view(number) if number > least else None
    return decorated

def half(number):
    return number / 2
"""


def test_fault_in_what_has_made_something_on_import_is_not_put_in(tmp_path: Path) -> None:
    """What a guard has decorated already keeps the code of the guard as it was; what only stands there is changed."""
    place = tmp_path / "made_for_a_test.py"
    made = ModuleType(NAME)
    made.__dict__["__file__"] = str(place)
    sys.modules[NAME] = made
    exec(compile(GUARD, str(place), "exec"), made.__dict__)
    ran = note_what_runs(tmp_path)
    guarded = made.guard(2)(made.half)
    sys.setprofile(None)
    assert not put_into(NAME, GUARD.replace("number > least", "True"), ran)
    assert guarded(1) is None
    assert put_into(NAME, GUARD.replace("/ 2", "/ 4"), ran)
    assert guarded(8) == 2
    del sys.modules[NAME]
