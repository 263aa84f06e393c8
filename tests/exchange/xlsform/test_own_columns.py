"""The columns of our own: written from an item, read back to the same fields, and refused where nothing can be read."""

from typing import Any

import pytest

from survey.exchange.xlsform.findings import Findings
from survey.exchange.xlsform.form_rows import OWN, XlsformRow
from survey.exchange.xlsform.own_columns import (
    bounds,
    own_type,
    read_attributes,
    with_bounds,
    without_bounds,
    written_attributes,
)
from survey.instrument.schema import Item, Text
from survey.terms import ItemType, Missing

ITEM = Item(
    code="cost",
    type=ItemType.MONEY,
    text=Text("费用", "Cost"),
    missing=(Missing.DONT_KNOW, Missing.REFUSED),
    minimum=0,
    maximum=99.5,
    can_estimate=True,
    file_types=("pdf", "xlsx"),
)


def row(**cells: str) -> XlsformRow:
    values: dict[tuple[str, ...], str] = {(OWN, name): cell for name, cell in cells.items()}
    return XlsformRow(sheet="survey", number=3, values=values, headers={column: "::".join(column) for column in values})


def read(**cells: str) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    findings = Findings()
    return read_attributes(row(**cells), findings), [(one.value, one.parameters["expected"]) for one in findings.found]


def test_fields_come_back_as_they_were_written() -> None:
    cells = {name.removeprefix(f"{OWN}::"): cell for name, cell in written_attributes(ITEM).items()}
    assert cells == {
        "missing": "dont_know refused",
        "minimum": "0",
        "maximum": "99.5",
        "can_estimate": "yes",
        "file_types": "pdf xlsx",
    }
    assert read(**cells) == ({name: getattr(ITEM, name) for name in cells}, [])


@pytest.mark.parametrize(
    ("name", "cell", "expected"),
    [("shuffled", "maybe", "yes"), ("minimum", "few", "0"), ("missing", "gone", " ".join(Missing))],
)
def test_cell_that_cannot_be_read_says_what_may_stand_there(name: str, cell: str, expected: str) -> None:
    assert read(**{name: cell}) == ({}, [(cell, expected)])


def test_flag_may_be_denied() -> None:
    assert read(shuffled="No", beside_last="TRUE") == ({"shuffled": False, "beside_last": True}, [])


def test_type_of_the_export_is_read_and_another_is_refused() -> None:
    findings = Findings()
    types = [own_type(one, findings) for one in (row(type="money"), row(), row(type="wealth"))]
    assert types == [ItemType.MONEY, None, None]
    assert [(one.code, one.value) for one in findings.found] == [("own_column", "wealth")]


def test_limits_are_a_constraint_for_other_tools() -> None:
    fields = {"minimum": 0, "maximum": 99.5, "max_choices": 2, "max_length": 10}
    assert bounds(fields, ("none",)) == (
        ". >= 0 and . <= 99.5 and count-selected(.) <= 2 and string-length(.) <= 10"
        " and not(selected(., 'none') and count-selected(.) > 1)"
    )
    assert bounds({}) == ""


@pytest.mark.parametrize("limits", ["", ". >= 0"])
@pytest.mark.parametrize("own", ["", ". != 7 or ${a} = 1"])
def test_own_constraint_comes_out_of_what_it_was_put_into(limits: str, own: str) -> None:
    assert without_bounds(limits, with_bounds(limits, own)) == own


def test_constraint_that_was_changed_elsewhere_stays_whole() -> None:
    assert without_bounds(". >= 0", ". >= 1 and (. != 7)") == ". >= 1 and (. != 7)"
