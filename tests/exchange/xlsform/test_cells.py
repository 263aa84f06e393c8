"""What a person's Excel makes of a form: kinds of cells, columns in disorder, formulas, long texts."""

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from survey.exchange.xlsform import Reading, read_xlsform
from survey.instrument.schema import Text
from tests.exchange.markdown_forms import items

pytestmark = pytest.mark.usefixtures("english")

HEADER = ["type", "name", "label"]
CHOICES = [["list_name", "name", "label"], ["l", "a", "A"], ["l", "b", "B"]]


@pytest.fixture
def read_sheets(tmp_path: Path) -> Any:
    """Reads sheets given as rows of cells."""

    def make(**sheets: Sequence[Sequence[Any]]) -> Reading:
        return read_xlsform(saved(tmp_path / "form.xlsx", sheets))

    return make


def saved(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def found(reading: Reading) -> list[tuple[str, str]]:
    return [(finding.code, finding.place.words()) for finding in reading.findings]


def test_formula_that_was_never_computed_is_an_error_with_its_place(read_sheets: Any) -> None:
    reading = read_sheets(survey=[HEADER, ["text", "q", '=CONCATENATE("Q","?")'], ["text", "r", "R"]])
    assert (found(reading), reading.questionnaire) == ([("formula", "survey, row 2, label")], None)


def test_error_of_excel_is_an_error_with_its_place(read_sheets: Any) -> None:
    reading = read_sheets(survey=[HEADER, ["text", "q", "Q"], ["text", "r", "#REF!"]])
    assert found(reading) == [("formula", "survey, row 3, label")]


def test_two_columns_with_one_header_are_an_error(read_sheets: Any) -> None:
    reading = read_sheets(survey=[[*HEADER, "label"], ["text", "q", "Q", "Other"]])
    assert found(reading) == [("column_twice", "survey, row 1, label")]


def test_language_behind_one_colon_beside_two_is_named(read_sheets: Any) -> None:
    reading = read_sheets(survey=[["type", "name", "label::en", "hint:en"], ["text", "q", "Q", "H"]])
    assert ("one_colon", "survey, row 2, hint:en") in found(reading)
    assert not reading.is_whole


def test_same_finding_in_many_rows_is_told_once(read_sheets: Any) -> None:
    rows = [["text", "a", "A", "a.png"], ["text", "b", "B", "b.png"]]
    reading = read_sheets(survey=[["type", "name", "label", "media::image"], *rows])
    assert [finding.place.words() for finding in reading.findings] == ["survey, row 2, media::image (also in 3)"]


def test_long_title_of_a_group_is_its_introduction(read_sheets: Any) -> None:
    long = "About the plant. " * 20
    reading = read_sheets(survey=[HEADER, ["begin group", "g", long], ["text", "q", "Q"], ["end group"]])
    section = reading.questionnaire.sections[0]
    assert (section.title, section.intro, reading.is_whole) == (Text("g", "g"), Text(en=long.strip()), True)


def test_defaults_are_read_from_every_kind_of_cell(read_sheets: Any) -> None:
    defaults = [5.0, 1e-7, date(2026, 1, 2), datetime(2026, 1, 2, 9, 30), time(9, 30), True]
    types = ["integer", "decimal", "date", "dateTime", "time", "text"]
    rows = [
        [kind, f"q{number}", "Q", default] for number, (kind, default) in enumerate(zip(types, defaults, strict=True))
    ]
    reading = read_sheets(survey=[[*HEADER, "default"], *rows])
    assert [item.prefill for item in items(reading).values()] == [
        "number(5)",
        "number(0.0000001)",
        "string('2026-01-02')",
        "string('2026-01-02T09:30:00')",
        "string('09:30')",
        "string('TRUE')",
    ]


def test_truth_values_are_conditions_in_every_rule(read_sheets: Any) -> None:
    header = [*HEADER, "relevant", "constraint", "required", "read_only"]
    reading = read_sheets(survey=[header, ["integer", "q", "Q", True, True, True, False]])
    item = items(reading)["q"]
    assert (item.relevant, item.constraint, item.required) == ("true()", "true()", "true()")


def test_numbers_and_truth_values_name_choices(read_sheets: Any) -> None:
    listed = [["list_name", "name", "label"], ["l", 1.0, "A"], ["l", 2.5, "B"], ["l", True, "C"], ["l", "1_0", 3.0]]
    asked = items(read_sheets(survey=[HEADER, ["select_one l", "q", "Q"]], choices=listed))["q"]
    assert [(option.code, option.text.en) for option in asked.options] == [
        ("1", "A"),
        ("2.5", "B"),
        ("TRUE", "C"),
        ("1_0", "3"),
    ]


def test_spaces_and_blank_rows_change_nothing(read_sheets: Any) -> None:
    tidy = read_sheets(survey=[HEADER, ["select_one l", "q", "Q"], ["note", "n", "${q}"]], choices=CHOICES)
    untidy = read_sheets(
        **{
            "SURVEY ": [
                [" Label", "type ", "NAME"],
                [" Q\xa0", " select_one  l ", "q "],
                [None],
                ["${q}", "note", "n"],
            ],
            "Choices": [["label", "name ", "list name"], ["A ", "a\xa0", "l"], [None], ["B", " b", "l "]],
            "Sheet4": [],
        }
    )
    assert untidy.questionnaire == tidy.questionnaire


def test_ten_thousand_choices_are_read(read_sheets: Any) -> None:
    listed = [[*CHOICES[0], "region"], *(["l", f"c{n}", f"C {n}", f"r{n % 30}"] for n in range(10_000))]
    rows = [[*HEADER, "choice_filter"], ["text", "r", "R"], ["select_one l", "q", "Q", "region = ${r}"]]
    asked = items(read_sheets(survey=rows, choices=listed))["q"]
    assert (len(asked.options), asked.options[-1].relevant) == (10_000, "'r9' = ${r}")


def test_table_of_markdown_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "form.md"
    path.write_text("| survey |\n| | type | name |\n| | text | q |\n")
    assert [finding.code for finding in read_xlsform(path).findings] == ["not_a_list"]


def test_workbook_with_a_password_of_the_old_format_is_refused(tmp_path: Path) -> None:
    content = bytearray((Path(__file__).parent.parent / "xlsforms" / "constraints.xls").read_bytes())
    beginning = content.find(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    content[beginning + 20 : beginning + 22] = b"\x2f\x00"
    path = tmp_path / "form.xls"
    path.write_bytes(content)
    assert [finding.code for finding in read_xlsform(path).findings] == ["password"]
