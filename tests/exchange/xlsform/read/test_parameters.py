"""The column ``parameters``: however tools part what stands in it, and what has no counterpart is named."""

import pytest

from survey.exchange.xlsform.findings import Findings
from survey.exchange.xlsform.read.parameters import is_randomized, note_unread_parameters, parameters_of
from tests.exchange.xlsform.read.rows import row


@pytest.mark.parametrize("cell", ["start=1 end=9", "start=1,end=9", "start = 1; end=9", "START=1   END=9"])
def test_parameters_are_read_however_they_are_parted(cell: str) -> None:
    assert parameters_of(row("range", "n", parameters=cell)) == {"start": "1", "end": "9"}


def test_row_without_parameters_has_none() -> None:
    assert parameters_of(row("range", "n")) == {}


@pytest.mark.parametrize(("cell", "drawn"), [("randomize=true", True), ("randomize=false", False), ("seed=3", False)])
def test_choices_are_drawn_where_the_row_says_so(cell: str, drawn: bool) -> None:
    assert is_randomized(row("select_one l", "q", parameters=cell)) is drawn


@pytest.mark.parametrize(
    ("family", "cell", "named"),
    [
        ("range", "start=1 end=9 step=2", []),
        ("range", "start=1 tick_labelset=l", [("tick_labels", "tick_labelset=l")]),
        ("select:select one", "randomize=true seed=7", [("parameter", "seed=7")]),
        ("upload", "max-pixels=640", [("parameter", "max-pixels=640")]),
    ],
)
def test_what_a_family_does_not_read_is_named_with_its_value(
    family: str, cell: str, named: list[tuple[str, str]]
) -> None:
    findings = Findings()
    note_unread_parameters(family, row("x", "q", 5, parameters=cell), findings)
    assert [(one.code, one.value) for one in findings.found] == named
    assert {(one.place.row, one.place.column) for one in findings.found} <= {(5, "parameters")}
