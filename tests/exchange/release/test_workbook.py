"""The workbook has one real table a sheet, every figure as it was cleared, and is made from the content alone."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from survey.exchange.release.table_sheet import HEAD_ROW
from survey.exchange.release.text_sheets import Life
from survey.exchange.release.workbook import release_workbook
from survey.methods.released.publication import publication_of
from survey.methods.tables.beside import Whole
from survey.models import SamplingFrame, Wave
from tests.answered import answered_wave
from tests.released import draft_of
from tests.small_content import ROUGH, SHOWN, small_content

LIFE = Life(number=3, digest="d" * 64, state="published", published="2026-12-01 09:00")
NOTES = "Notes and shorthand"
FRONT = ["Cover", "Contents", NOTES]


def file_of(*languages: str, content: dict[str, Any] | None = None) -> bytes:
    used = content or small_content()
    return release_workbook([publication_of(used, language) for language in languages], LIFE)


@pytest.fixture(scope="module")
def file() -> bytes:
    return file_of("en")


@pytest.fixture(scope="module")
def book(file: bytes) -> Workbook:
    return openpyxl.load_workbook(BytesIO(file))


def lines(sheet: Worksheet) -> list[list[Any]]:
    """The table of a sheet with its heads."""
    (place,) = [table.ref for table in sheet.tables.values()]
    return [[cell.value for cell in row] for row in sheet[place]]


def test_every_sheet_but_the_cover_has_one_real_table(book: Workbook) -> None:
    assert {sheet.title: len(sheet.tables) for sheet in book if sheet.title != "Cover"} == dict.fromkeys(
        book.sheetnames[1:], 1
    )


def test_heads_of_a_table_are_its_columns_and_each_another(book: Workbook) -> None:
    for sheet in book.worksheets[1:]:
        (table,) = sheet.tables.values()
        heads = lines(sheet)[0]
        assert [column.name for column in table.tableColumns] == heads
        assert len(set(heads)) == len(heads)


def test_title_base_notes_and_source_stand_in_the_same_rows_of_every_sheet(book: Workbook) -> None:
    sheets = [sheet for sheet in book if sheet.title not in ("Cover", "All figures", "Chart data")]
    assert {next(iter(sheet.tables.values())).ref.partition(":")[0] for sheet in sheets} == {f"A{HEAD_ROW}"}
    assert [sheet.title for sheet in sheets for row in range(1, HEAD_ROW) if not sheet.cell(row, 1).value] == []


def test_no_cell_is_merged_and_none_of_a_table_is_empty(book: Workbook) -> None:
    assert [sheet.title for sheet in book if sheet.merged_cells.ranges] == []
    printed = [sheet for sheet in book.worksheets[1:] if sheet.title != "All figures"]
    assert [sheet.title for sheet in printed for row in lines(sheet) if None in row] == []


def test_figures_have_the_digits_that_were_cleared_and_no_more(book: Workbook) -> None:
    head, first, second = lines(book["1 Pain points"])
    assert dict(zip(head, first, strict=True)) == {
        "Item": "=Cost", "Firms (n, rounded)": 120, "Share of firms": 0.46, "Standard error": 0.045,
        "Coefficient of variation": 0.098, "Interval (95%), from": 0.37, "Interval (95%), to": 0.55, "Rank": 1,
        "Rank interval, from": 1, "Rank interval, to": 2, "Quality": "usable",
    }  # fmt: skip
    assert second[2:7] == [0.3, 0.093, 0.31, "[x]", "[x]"]
    formats = [cell.number_format for cell in book["1 Pain points"][HEAD_ROW + 1]][2:5]
    assert formats == ["0%", "0.0%", "0.0%"]


def test_shorthand_stands_for_what_is_withheld_or_of_nobody(book: Workbook) -> None:
    assert [row[1:] for row in lines(book["2 Pain points"])[1:]] == [[0.46, 0.54], ["[c]", "[z]"]]
    assert [row[0] for row in lines(book[NOTES])][1:5] == ["[c]", "[u]", "[z]", "[x]"]
    assert "[c], [z]" in book["2 Pain points"]["A4"].value


def test_text_that_begins_with_an_equals_sign_stays_text(book: Workbook) -> None:
    found = {cell.data_type for sheet in book for row in sheet for cell in row if str(cell.value).startswith("=")}
    assert found == {"s"}


def test_contents_link_to_every_other_sheet(book: Workbook) -> None:
    links = [cell.hyperlink.target or cell.hyperlink.location for cell in book["Contents"]["A"] if cell.hyperlink]
    named = [link.strip("#").split("!")[0].strip("'") for link in links]
    assert named == book.sheetnames[2:]


def test_cover_says_contact_period_next_publication_and_provisional(book: Workbook) -> None:
    texts = [cell.value for cell in book["Cover"]["A"]]
    told = dict(pairwise(texts))
    assert (told["Contact"], told["Reference period"], told["Next publication"]) == ("12345", "2026", "2027-03-01")
    assert "Provisional: the wave was still open when these figures were made." in texts
    assert "Release 3, published" in texts


def test_each_table_has_one_chart_with_an_alternative_text(file: bytes, book: Workbook) -> None:
    charts = {sheet.title: len(sheet._charts) for sheet in book if sheet._charts}
    assert charts == {"1 Pain points": 1, "2 Pain points": 1}
    with ZipFile(BytesIO(file)) as parts:
        drawings = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/drawings/drawing")]
    assert [drawing.count('descr="') for drawing in drawings] == [1, 1]
    assert "Bars with intervals (95%): Pain points. 2 rows" in drawings[0]


def test_chart_is_never_cut_in_two_by_the_end_of_a_page(book: Workbook) -> None:
    sheet = book["1 Pain points"]
    start = sheet._charts[0].anchor._from.row + 1
    last = sheet._charts[0].anchor.ext.height / 360_000 / (15 * 2.54 / 72) + start
    whole = [area for area in sheet.print_area.split(",") if int(area.split(":")[1].split("$")[2]) >= last]
    assert len(whole) == 1


def test_bars_reach_as_far_as_their_intervals(book: Workbook) -> None:
    assert lines(book["Chart data"])[1] == ["ranking", "cost", 0.09, 0.09]
    assert book["1 Pain points"]._charts[0].series[0].errBars.plus.numRef.f == "'Chart data'!$D$2:$D$3"


def test_all_figures_of_all_groups_stand_in_one_tidy_table(book: Workbook) -> None:
    head, *rows = lines(book["All figures"])
    read = [dict(zip(head, row, strict=True)) for row in rows]
    assert [(row["group"], row["table"], row["row"], row["estimate"], row["shorthand"]) for row in read] == [
        ("all", "ranking", "cost", 0.46, None), ("all", "ranking", "data", 0.3, None),
        ("all", "distribution", "cost", 0.46, None), ("all", "distribution", "cost", 0.54, None),
        ("all", "distribution", "data", None, "[c]"), ("all", "distribution", "data", None, "[z]"),
        ("industry=C", "ranking", "cost", None, "[c]"), ("industry=C", "ranking", "data", None, "[c]"),
    ]  # fmt: skip


def test_book_in_both_languages_has_both_sets_of_sheets_and_one_of_figures() -> None:
    both = openpyxl.load_workbook(BytesIO(file_of("zh-hans", "en")))
    assert both.sheetnames[-2:] == ["All figures", "Chart data"]
    assert {"1 痛点排名", "1 Pain points"} <= set(both.sheetnames)
    assert len({name.casefold() for name in both.sheetnames}) == len(both.sheetnames)
    names = [name for sheet in both for name in sheet.tables]
    assert len(set(names)) == len(names)


def test_figures_of_the_book_are_those_of_the_release(wave: Wave, frame: Callable[..., SamplingFrame]) -> None:
    release = draft_of(answered_wave(wave, frame, firms=120, sample=80, answers=60))
    made = openpyxl.load_workbook(BytesIO(file_of("en", content=release.content)))
    head, *rows = lines(made["All figures"])
    place = head.index("estimate")
    cells = [cell for page in release.content["figures"] for code in release.content["order"] if code in page["tables"]
             for line in page["tables"][code]["cells"] for cell in line]  # fmt: skip
    assert [row[place] for row in rows] == [None if "band" in cell else cell.get("estimate") for cell in cells]
    band = head.index("band_low")
    assert [row[band : band + 2] for row in rows] == [cell.get("band", [None, None]) for cell in cells]
    assert len(max(made.sheetnames, key=len)) <= 31


def test_band_of_a_share_of_all_firms_is_written_as_a_band() -> None:
    """Its middle would be read as a figure."""
    whole = Whole(estimate=0.025, se=None, ci_low=None, ci_high=None, n=120, band=(0.0, 0.05))
    content = small_content(cells=(replace(SHOWN, of_all=whole), ROUGH))
    (sheet,) = [
        one for one in openpyxl.load_workbook(BytesIO(file_of("en", content=content))) if one.title == "1 Pain points"
    ]
    head, first, _second = lines(sheet)
    assert dict(zip(head, first, strict=True))["Share of all firms"] == "0 – 5%"


CARE = "use with care: the interval is wide, or may hold less often than it says"


def test_words_on_quality_are_wrapped_in_a_row_that_is_high_enough(book: Workbook) -> None:
    """Beside a column of numbers they would lie over the next one to the left."""
    sheet = book["1 Pain points"]
    usable, care = (sheet.cell(HEAD_ROW + row, sheet.max_column) for row in (1, 2))
    assert (usable.value, care.value) == ("usable", CARE)
    assert care.alignment.wrap_text
    assert sheet.row_dimensions[care.row].height > sheet.row_dimensions[usable.row].height


def test_table_of_figures_without_errors_points_to_none(book: Workbook) -> None:
    content = small_content()
    for cell in content["figures"][0]["tables"]["distribution"]["cells"][0]:
        cell.pop("se", None)
    bare = openpyxl.load_workbook(BytesIO(file_of("en", content=content)))
    told = "=Cost 46%. Their errors stand on the sheet “All figures”."
    assert [one["2 Pain points"]["A2"].value for one in (book, bare)] == [told, "=Cost 46%"]
