"""The report says the figures of the workbook, in each language, with pictures that have alternative texts."""

from datetime import datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from docx import Document
from docx.document import Document as Report

from survey.exchange.release.columns import Written, text_of
from survey.exchange.release.report import release_report
from survey.exchange.release.table_sheet import HEAD_ROW
from survey.exchange.release.text_sheets import Life
from survey.exchange.release.workbook import release_workbook
from survey.methods.released.publication import publication_of
from tests.small_content import small_content

LIFE = Life(number=3, digest="d" * 64, state="published", published="2026-12-01 09:00")


def report_of(*languages: str, content: dict[str, Any] | None = None) -> Report:
    made = release_report([publication_of(content or small_content(), language) for language in languages], LIFE)
    return Document(BytesIO(made))


@pytest.fixture(scope="module")
def report() -> Report:
    return report_of("en")


def texts(report: Report) -> list[str]:
    return [paragraph.text for paragraph in report.paragraphs]


def rows(report: Report, head: str) -> list[list[str]]:
    """The rows of the first table whose first head is this, without its heads."""
    table = next(table for table in report.tables if table.rows and table.rows[0].cells[0].text == head)
    return [[cell.text for cell in row.cells] for row in table.rows[1:]]


def test_front_says_what_the_release_is_and_that_it_is_provisional(report: Report) -> None:
    assert texts(report)[:4] == [
        "Survey: Wave",
        "Release 3, published",
        "Demonstration: firms, persons and answers are made up.",
        "Provisional: the wave was still open when these figures were made.",
    ]
    facts = {row.cells[0].text: row.cells[1].text for row in report.tables[0].rows}
    assert (facts["Figures as of"], facts["Contact"]) == ("2026-11-29 10:00", "12345")


def test_key_figures_are_sentences_with_their_errors(report: Report) -> None:
    told = [
        paragraph.text for paragraph in report.paragraphs if paragraph.style and paragraph.style.name == "List Bullet"
    ]
    assert told == [
        "=Cost: 46% (interval 37% – 55%; standard error 4.5%; 120 firms)",
        "Data: 30% (standard error 9.3%; 25 firms)",
    ]


def test_key_figures_say_whom_they_are_of(report: Report) -> None:
    said = texts(report)
    table = publication_of(small_content(), "en").main["ranking"]
    heading = said.index("Key figures")
    assert said[heading + 2 : heading + 4] == [table.measure, table.firms]


def test_figures_are_those_of_the_workbook(report: Report) -> None:
    book = openpyxl.load_workbook(BytesIO(release_workbook([publication_of(small_content(), "en")], LIFE)))
    sheet = book["1 Pain points"]
    heads = [cell.value for cell in sheet[HEAD_ROW]]
    lines = [
        {
            head: text_of(Written(value=cell.value, form=cell.number_format))
            for head, cell in zip(heads, row, strict=True)
        }
        for row in sheet.iter_rows(min_row=HEAD_ROW + 1, max_row=HEAD_ROW + 2, max_col=len(heads))
    ]
    first, second = rows(report, "Item")[:2]
    assert first[:5] == [
        *(lines[0][head] for head in ("Item", "Firms (n, rounded)", "Share of firms")),
        f"{lines[0]['Interval (95%), from']} – {lines[0]['Interval (95%), to']}",
        lines[0]["Standard error"],
    ]
    assert second[2:5] == [lines[1]["Share of firms"], lines[1]["Interval (95%), from"], lines[1]["Standard error"]]


def test_matrix_stands_as_in_the_workbook_with_its_shorthand(report: Report) -> None:
    matrix = [table for table in report.tables if [cell.text for cell in table.rows[0].cells][-1] == "Serious"]
    assert [[cell.text for cell in row.cells] for row in matrix[0].rows] == [
        ["Item", "All firms", "Serious"], ["=Cost", "46%", "54%"], ["Data", "[c]", "[z]"],
    ]  # fmt: skip
    signs = [row.cells[0].text for table in report.tables for row in table.rows]
    assert {"[c]", "[u]", "[z]", "[x]"} <= set(signs)


def test_charts_are_pictures_with_alternative_texts(report: Report) -> None:
    told = [shape._inline.docPr.get("descr") for shape in report.inline_shapes]
    assert len(told) == 2
    assert all("=Cost" in text for text in told)


def test_notes_on_method_and_response_stand_behind_the_tables(report: Report) -> None:
    found = texts(report)
    assert found.index("Method") > found.index("Tables and charts")
    assert ("How it is done." in found, rows(report, "Measure")) == (True, [["RR1", "72%"]])


def test_both_languages_follow_one_another() -> None:
    found = texts(report_of("zh-hans", "en"))
    assert [found.count(one) for one in ("表 1：痛点排名", "Table 1: Pain points")] == [1, 1]
    assert found.index("表 1：痛点排名") < found.index("Table 1: Pain points")


def test_file_says_whose_it_is_and_of_when(report: Report) -> None:
    told = report.core_properties
    assert (told.title, told.author, told.last_modified_by, told.comments) == ("Survey: Wave", "Bureau", "Bureau", "")
    assert told.created.replace(tzinfo=None) == datetime(2026, 11, 29, 10, 0)


def test_word_of_the_content_stands_in_the_report() -> None:
    content = small_content()
    content["languages"]["en"]["said"][0]["ranking"]["title"] = "Frozen in amber"
    assert "Frozen in amber" in texts(report_of("en", content=content))
