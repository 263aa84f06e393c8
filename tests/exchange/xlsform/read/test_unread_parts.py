"""What nothing reads of a form is named, each part by its weight."""

import pytest

from survey.exchange.xlsform.file.workbook import CHOICES, ENTITIES, Book, Sheet
from survey.exchange.xlsform.findings import Findings
from survey.exchange.xlsform.form_rows import LABEL, FormColumn, XlsformRow
from survey.exchange.xlsform.languages import Languages
from survey.exchange.xlsform.read.choice_lists import ChoiceLists
from survey.exchange.xlsform.read.unread_parts import (
    is_translated,
    language_in,
    note_unread_cells,
    note_unread_choices,
    note_unread_settings,
    note_unread_sheets,
)


def row(*columns: FormColumn, sheet: str = "survey", **cells: str) -> XlsformRow:
    """A row with "x" in these columns and other texts in those of one part."""
    values: dict[FormColumn, str] = {**dict.fromkeys(columns, "x"), **{(name,): cell for name, cell in cells.items()}}
    return XlsformRow(sheet=sheet, number=3, values=values, headers={column: "::".join(column) for column in values})


def codes(findings: Findings) -> list[str]:
    return [found.code for found in findings.found]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (("type",), []),
        (("bind", "relevant"), []),
        (("label", "English (en)"), []),
        (("tongdian", "magnitude"), []),
        (("tongdian", "nobody_knows"), ["tool_column"]),
        (("media", "image", "en"), ["column_media"]),
        (("label:en",), ["one_colon"]),
        (("Hint: English",), ["one_colon"]),
        (("my remark: see above",), ["remark_column"]),
        (("intent",), ["column"]),
        (("bind", "jr:preload"), ["column"]),
        (("bind", "custom"), ["tool_column"]),
        (("hxl",), ["tool_column"]),
        (("remark",), ["remark_column"]),
    ],
)
def test_filled_column_is_read_or_named(column: FormColumn, expected: list[str]) -> None:
    findings = Findings()
    note_unread_cells([row(column)], findings)
    assert codes(findings) == expected
    assert [found.place.row for found in findings.found] == [3] * len(expected)


def test_answer_saved_last_is_named_wherever_it_is_asked_for() -> None:
    findings = Findings()
    note_unread_cells([row(default="${last-saved#sites}")], findings)
    assert codes(findings) == ["last_saved"]


@pytest.mark.parametrize(
    ("column", "translated", "language"),
    [
        (("label",), True, ""),
        (("hint", "zh"), True, "zh"),
        (("bind", "jr:constraintMsg", "fr"), True, "fr"),
        (("tongdian", "unit", "fr"), True, "fr"),
        (("type",), False, "type"),
    ],
)
def test_language_of_a_column_stands_behind_what_is_translated(
    column: FormColumn, translated: bool, language: str
) -> None:
    assert is_translated(column) is translated
    if translated:
        assert language_in(column) == language


def test_column_of_choices_is_named_unless_a_filter_reads_it() -> None:
    lists = ChoiceLists(languages=Languages(columns=()))
    lists.filters.add("region")
    given = [("list name",), ("name",), (*LABEL, "en"), ("region",), ("tongdian_exclusive",)]
    lists.rows = {
        "sites": [row(*given, ("media", "image"), ("colour",), sheet=CHOICES), row(("colour",), sheet="data.csv")]
    }
    findings = Findings()
    note_unread_choices(lists, findings)
    assert codes(findings) == ["column_media", "choice_column"]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"title": "Survey", "tongdian_export": "1"}, []),
        ({"style": "pages"}, [("tool_setting", "style = pages")]),
        ({"public_key": "MIIB"}, [("setting", "public_key = MIIB")]),
        ({"add_none_option": "yes"}, [("setting", "add_none_option = yes")]),
        ({"add_none_option": "FALSE"}, [("tool_setting", "add_none_option = FALSE")]),
    ],
)
def test_setting_is_lost_where_it_would_change_something(
    settings: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    findings = Findings()
    note_unread_settings(row(sheet="settings", **settings), findings)
    assert [(found.code, found.value) for found in findings.found] == expected
    note_unread_settings(None, findings)
    assert len(findings.found) == len(expected)


def test_sheet_without_a_counterpart_is_named_where_it_has_a_filled_row() -> None:
    findings = Findings()
    note_unread_sheets(Book(sheets={ENTITIES: Sheet(name=ENTITIES, rows=({}, {}))}, names=()), findings)
    assert codes(findings) == []
    note_unread_sheets(Book(sheets={ENTITIES: Sheet(name=ENTITIES, rows=({}, {"label": "x"}))}, names=()), findings)
    assert codes(findings) == ["sheet"]
