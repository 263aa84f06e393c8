from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.utils import translation
from openpyxl import load_workbook

from survey.exchange.letters.access_letters import letters_workbook
from survey.services.fieldwork.access_letters import AccessLetter

LETTER = AccessLetter(
    firm="=HYPERLINK(1)",
    contact="王小明",
    email="a@example.org",
    phone="0755-1",
    code="ABCD-EFGH-JKMN-PQRS",
    link="https://survey.example.org/#code=ABCD-EFGH-JKMN-PQRS",
    deadline=datetime(2026, 12, 31, 15, 59, tzinfo=UTC),
    is_demonstration=False,
)


def sheet_of(letters: Any) -> Any:
    return load_workbook(BytesIO(letters_workbook(letters))).active


def test_row_holds_the_letter_with_the_deadline_in_local_time() -> None:
    assert next(sheet_of([LETTER]).iter_rows(min_row=2, values_only=True)) == (
        "=HYPERLINK(1)", "王小明", "a@example.org", "0755-1", "ABCD-EFGH-JKMN-PQRS",
        "https://survey.example.org/#code=ABCD-EFGH-JKMN-PQRS", "2026-12-31 23:59",
    )  # fmt: skip


def test_letters_of_a_demonstration_say_so_in_a_column_of_their_own() -> None:
    with translation.override("en"):
        rows = list(sheet_of([replace(LETTER, is_demonstration=True)]).iter_rows(values_only=True))
    assert [row[7] for row in rows] == ["Remark", "Demonstration: firms, persons and answers are made up."]


def test_every_cell_is_text() -> None:
    assert {cell.data_type for row in sheet_of([LETTER]).iter_rows() for cell in row} == {"s"}


def test_head_is_frozen_and_bold() -> None:
    sheet = sheet_of([LETTER])
    assert (sheet.freeze_panes, sheet["A1"].font.bold, sheet["A2"].font.bold) == ("A2", True, False)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_workbook_without_letters_has_its_head(language: str) -> None:
    with translation.override(language):
        assert (sheet_of([]).max_row, sheet_of([]).max_column) == (1, 7)


def test_list_of_codes_prints_on_the_width_of_a_page_with_its_heads() -> None:
    sheet = sheet_of([LETTER])
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.print_title_rows) == (True, "$1:$1")
