"""The sheets around the tables: facts that are empty have no line, few firms have no burden, firms' words stay words."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import cast

import pytest
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from survey.exchange.release.content import ReleaseContent
from survey.exchange.release.front import burden_measures, fill_codebook, fill_contents, fill_open_answers
from survey.selectors.fieldwork.burden import LEAST_FIRMS, Burden
from tests.every_type import EVERY_TYPE


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def sheet() -> Worksheet:
    return Workbook().create_sheet("Any")


CONTENT = cast("ReleaseContent", SimpleNamespace(marks=("Demonstration",), questionnaire=EVERY_TYPE, language="en"))
"""What these sheets read of a release."""


def test_burden_of_few_firms_has_no_line() -> None:
    few, enough = (Burden(firms=firms, median_minutes=12.4, hours=1234.5) for firms in (LEAST_FIRMS - 1, LEAST_FIRMS))
    assert burden_measures(few) == []
    assert [value for _label, value in burden_measures(enough)] == ["12", "1,234.5"]


def test_contents_name_and_link_each_sheet_below_the_marks(sheet: Worksheet) -> None:
    head = fill_contents(sheet, {"T 1": "First table", "Codebook": "Every variable"}, CONTENT)
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=head, max_col=2)]
    assert lines == [["Sheet", "Title"], ["T 1", "First table"], ["Codebook", "Every variable"]]
    assert sheet.cell(head + 1, 1).hyperlink.target == "#'T 1'!A1"
    assert (sheet["A2"].value, sheet.freeze_panes) == ("Demonstration", f"A{head + 1}")


def test_words_of_firms_are_never_a_formula(sheet: Worksheet) -> None:
    head = fill_open_answers(sheet, {"q_open": ["=HYPERLINK(1)", "costs"]}, CONTENT)
    cells = [sheet.cell(head + line, 2) for line in (1, 2)]
    assert [(cell.value, cell.data_type) for cell in cells] == [("=HYPERLINK(1)", "s"), ("costs", "s")]
    assert [sheet.cell(head + line, 1).value for line in (1, 2)] == ["q_open", "q_open"]


def test_codebook_has_a_line_for_each_variable_and_none_higher_than_half_a_page(sheet: Worksheet) -> None:
    head = fill_codebook(sheet, CONTENT)
    names = [sheet.cell(line, 1).value for line in range(head + 1, sheet.max_row + 1)]
    assert "employees" in names
    assert len(names) == len(set(names))
    heights = [sheet.row_dimensions[line].height for line in range(head + 1, sheet.max_row + 1)]
    assert max(heights) <= 200
