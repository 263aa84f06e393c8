"""Cells that stay text, widths that fit Chinese, and pages that print."""

from collections.abc import Iterator

import pytest
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from survey.exchange.sheets.writing import (
    lines_of,
    printed_line,
    put,
    width_of,
)


@pytest.fixture
def sheet() -> Iterator[Worksheet]:
    with override("en"):
        yield Workbook().create_sheet("T1")


def test_text_that_looks_like_a_formula_stays_a_text(sheet: Worksheet) -> None:
    cell = put(sheet, 1, 1, "=1+1")
    assert (cell.data_type, cell.value) == ("s", "=1+1")


def test_number_keeps_its_format(sheet: Worksheet) -> None:
    cell = put(sheet, 1, 1, 0.25, number_format="0.0%")
    assert (cell.data_type, cell.number_format) == ("n", "0.0%")


def test_chinese_characters_are_twice_as_wide() -> None:
    assert (width_of("abc"), width_of("痛点a"), width_of("")) == (3, 5, 0)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [("", 10, 1), ("a" * 10, 10, 1), ("a" * 11, 10, 2), ("痛点痛点\nb", 4, 3), ("ab", 0.5, 2)],
)
def test_text_takes_as_many_lines_as_its_width_asks(text: str, width: float, lines: int) -> None:
    assert lines_of(text, width) == lines


def test_ampersand_on_printed_pages_is_never_a_code() -> None:
    assert printed_line("R&D at A&B", 100) == "R&&D at A&&B"
    assert printed_line("R&D", 2) == "R&&"
