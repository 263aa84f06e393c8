"""Drop-down lists of the offline form: each list once, on a hidden sheet, as text."""

import pytest
from openpyxl import Workbook

from survey.exchange.offline.form_row import OfflineRow, RowKind
from survey.exchange.offline.validation import DropDownLists, number_format_of, validation_of
from survey.terms import ItemType
from tests.instrument.tiny import item

pytestmark = pytest.mark.usefixtures("english")


def lists() -> DropDownLists:
    return DropDownLists(Workbook().create_sheet("choices"))


def row(**given: object) -> OfflineRow:
    return OfflineRow(name="item:a", kind=RowKind.QUESTION, text="A", **given)  # type: ignore[arg-type]


def test_same_labels_share_one_list_on_a_hidden_sheet() -> None:
    found = lists()
    addresses = [found.range_of(labels) for labels in (("Yes", "No"), ("High",), ("Yes", "No"))]
    assert addresses == ["choices!$A$1:$A$2", "choices!$B$1:$B$1", "choices!$A$1:$A$2"]
    assert (found.sheet.sheet_state, found.sheet.protection.sheet) == ("hidden", True)


def test_label_that_begins_like_a_formula_is_a_text() -> None:
    found = lists()
    found.range_of(("=1+1",))
    assert (found.sheet["A1"].data_type, "1+1" in found.sheet["A1"].value) == ("s", True)


def test_choice_must_be_in_the_list_and_a_tick_may_be_any_mark() -> None:
    choice, tick = (validation_of(row(choices={"Yes": "1"}, tick=tick), lists()) for tick in ("", "1"))
    assert choice is not None
    assert tick is not None
    assert (choice.formula1, choice.showErrorMessage, choice.error) == (
        "choices!$A$1:$A$1", True, "Choose an answer from the list.",
    )  # fmt: skip
    assert not tick.showErrorMessage


def test_row_without_an_item_takes_any_text() -> None:
    assert (validation_of(row(), lists()), number_format_of(row())) == (None, "@")


def test_typed_number_is_a_number_and_its_companion_a_text() -> None:
    asked = item("a", ItemType.INTEGER)
    typed, beside = (validation_of(row(item=asked, is_typed=typed), lists()) for typed in (True, False))
    assert typed is not None
    assert beside is not None
    assert (typed.type, beside.type) == ("whole", "textLength")
    assert number_format_of(row(item=asked, is_typed=False)) == "@" != number_format_of(row(item=asked, is_typed=True))
