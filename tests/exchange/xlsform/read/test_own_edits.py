"""An exported form that somebody edited in a spreadsheet: what they wrote wins, what they left is as it was."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from survey.exchange.xlsform import Reading, read_xlsform, xlsform_workbook
from survey.instrument.schema import Item, Option
from survey.terms import ItemType
from tests.every_type import item, text
from tests.exchange.xlsform.test_export import one_page

PICK = replace(
    item(
        "pick",
        ItemType.SINGLE,
        options=(Option(code="a", text=text("甲", "A"), relevant="${n} > 1"), Option(code="b", text=text("乙", "B"))),
    ),
    appearance="minimal",
    shuffled=True,
)
NUMBER = item("n", ItemType.INTEGER, prefill="frame_employees")


def edited(folder: Path, code: str, column: str, value: str | None) -> Reading:
    """The export read again after one cell of the row of an item was written anew."""
    book = load_workbook(BytesIO(xlsform_workbook(one_page(NUMBER, PICK))))
    sheet = book["survey"]
    head = [cell.value for cell in sheet[1]]
    [line] = [cells for cells in sheet.iter_rows(min_row=2) if cells[head.index("name")].value == code]
    line[head.index(column)].value = value
    book.save(folder / "form.xlsx")
    return read_xlsform(folder / "form.xlsx")


def item_of(reading: Reading, code: str) -> Item:
    assert reading.questionnaire
    return reading.questionnaire.items[code]


def test_appearance_of_the_spreadsheet_wins(tmp_path: Path) -> None:
    changed = item_of(edited(tmp_path, "pick", "appearance", "likert"), "pick")
    assert changed == replace(PICK, appearance="likert")


def test_order_is_no_longer_drawn_where_the_parameter_is_gone(tmp_path: Path) -> None:
    assert item_of(edited(tmp_path, "pick", "parameters", None), "pick") == replace(PICK, shuffled=False)


def test_filter_that_is_gone_shows_every_choice(tmp_path: Path) -> None:
    bare = tuple(replace(option, relevant="") for option in PICK.options)
    assert item_of(edited(tmp_path, "pick", "choice_filter", None), "pick") == replace(PICK, options=bare)


def test_filter_of_the_spreadsheet_wins(tmp_path: Path) -> None:
    changed = item_of(edited(tmp_path, "pick", "choice_filter", "name != 'b' or ${n} > 5"), "pick")
    assert [option.relevant for option in changed.options] == ["'a' != 'b' or ${n} > 5", "'b' != 'b' or ${n} > 5"]


@pytest.mark.parametrize(("default", "prefill"), [("7", "7"), (None, "")])
def test_default_of_the_spreadsheet_wins(tmp_path: Path, default: str | None, prefill: str) -> None:
    assert item_of(edited(tmp_path, "n", "default", default), "n").prefill == prefill


def test_other_type_is_told_and_nothing_is_loaded(tmp_path: Path) -> None:
    reading = edited(tmp_path, "n", "type", "date")
    assert [(one.code, one.value, one.parameters["own"]) for one in reading.findings] == [
        ("type_conflict", "date", "integer"),
    ]
    assert reading.questionnaire is None
