"""A list of figures has a sheet by group of firms beside its own, made of the figures of the groups."""

from io import BytesIO

import openpyxl
import pytest
from django.utils.translation import override
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from survey.exchange.release.columns import Written
from survey.exchange.release.group_sheet import fill_by_group, groups_of_table, lines_by_group
from survey.exchange.release.table_sheet import HEAD_ROW, Front
from survey.exchange.release.text_sheets import Life
from survey.exchange.release.workbook import release_workbook
from survey.methods.released.publication import Publication, publication_of
from tests.small_content import INDUSTRY, small_content

LIFE = Life(number=3, digest="d" * 64, state="published", published="2026-12-01 09:00")


@pytest.fixture(scope="module")
def publication() -> Publication:
    return publication_of(small_content(), "en")


@pytest.fixture(scope="module")
def book(publication: Publication) -> Workbook:
    return openpyxl.load_workbook(BytesIO(release_workbook([publication], LIFE)))


def test_sheet_by_group_has_a_row_an_item_and_a_column_a_group(book: Workbook) -> None:
    sheet = book["1 groups Pain points"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEAD_ROW)]
    assert rows == [["Item", "All firms", "Industry"], ["=Cost", 0.46, "[c]"], ["Data", 0.3, "[c]"]]
    assert [sheet.cell(row, 1).value for row in (1, 4)] == [
        "Table 1 by group of firms: Pain points",
        "This sheet has one table. Shorthand: [c], explained on the sheet of notes.",
    ]
    assert [table.ref for table in sheet.tables.values()] == [f"A{HEAD_ROW}:C{HEAD_ROW + 2}"]


def test_contents_list_the_sheet_by_group(book: Workbook) -> None:
    listed = {row[0].value: row[1].value for row in book["Contents"].iter_rows(min_row=HEAD_ROW + 1)}
    assert listed["1 groups Pain points"] == "Table 1 by group of firms: Pain points"


def test_table_that_stands_by_steps_has_no_sheet_by_group(publication: Publication) -> None:
    assert groups_of_table(publication, publication.main["distribution"]) == []
    assert groups_of_table(publication, publication.main["ranking"]) == [(), INDUSTRY]


def test_row_that_a_group_lacks_is_not_given() -> None:
    content = small_content()
    ranking = content["figures"][1]["tables"]["ranking"]
    ranking["rows"], ranking["cells"] = ranking["rows"][:1], ranking["cells"][:1]
    short = publication_of(content, "en")
    with override("en"):
        lines = list(lines_by_group(short, short.main["ranking"], [(), INDUSTRY]))
    assert [line[2].value for line in lines] == ["[c]", "[x]"]


def test_many_groups_are_printed_on_pages_side_by_side_with_their_rows_on_each() -> None:
    """On one page thirty columns would be too small to read; three stand on one."""
    few, many = (printed([f"Group of firms {number}" for number in range(groups)]) for groups in (3, 30))
    assert [(one.page_setup.fitToWidth, one.print_title_cols) for one in (few, many)] == [(1, None), (3, "$A:$A")]


def test_text_that_is_longer_than_the_first_of_several_pages_is_wrapped() -> None:
    """It would go on in the middle of the next page."""
    few, many = (printed(["Group"] * groups, source="long " * 50) for groups in (3, 30))
    assert [one["A5"].alignment.wrap_text for one in (few, many)] == [None, True]
    assert [many["A4"].alignment.wrap_text, many.row_dimensions[5].height > 60] == [None, True]


def printed(groups: list[str], source: str = "S") -> Worksheet:
    sheet = Workbook().create_sheet("groups")
    front = Front(title="T", told="T", base="B", notes="N", source=source, back=("back", "Contents"))
    lines = [[Written(value="A row with a label"), *(Written(value=0.5, form="0%") for _one in groups)]]
    fill_by_group(
        sheet, front, ["Item", *(f"{number} {one}" for number, one in enumerate(groups))], lines, name="t", footer="F"
    )
    return sheet
