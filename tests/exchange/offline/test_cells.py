"""What a spreadsheet made of an answer, turned back into what was typed."""

from datetime import date, datetime, time
from typing import Any

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from survey.exchange.offline.cells import answer_in, chosen_code, plain_lines, ticked
from survey.exchange.offline.file import FormCell, FormSheet
from survey.exchange.offline.form_row import OfflineRow, RowKind
from tests.every_type import EVERY_TYPE


def read(item: Any, value: Any, number_format: str = "General", epoch: Any = CALENDAR_WINDOWS_1900) -> Any:
    row = OfflineRow(
        kind=RowKind.QUESTION, name=f"item:{item}", text="", item=EVERY_TYPE.items[item], field=item, is_typed=True
    )
    sheet = FormSheet(
        title="Questionnaire",
        cells={
            "C5": FormCell(place="C5", row=5, column=3, value=value, number_format=number_format, is_computed=False)
        },
        epoch=epoch,
    )
    return answer_in(sheet, "C5", row)


@pytest.mark.parametrize(
    ("item", "value", "text"),
    [
        ("since", datetime(2026, 3, 31), "2026-03-31"),
        ("since", date(2026, 3, 31), "2026-03-31"),
        ("since", 46112, "2026-03-31"),
        ("since", 46112.0, "2026-03-31"),
        ("since", 20260331, "20260331"),
        ("since", "2026年3月31日", "2026年3月31日"),
        ("month", datetime(2026, 3, 1), "2026-03"),
        ("month", 46112, "2026-03"),
        ("month", 202603, "202603"),
        ("employees", 46112, "46112"),
        ("opens", time(9, 30), "09:30:00"),
        ("opens", 0.3958333333333333, "09:30:00"),
        ("opens", 0, "00:00:00"),
        ("opens", 930, "930"),
        ("opens", datetime(2026, 3, 31, 9, 30), "2026-03-31 09:30:00"),
        ("opens", "9点半", "9点半"),
        ("since", time(9, 30), "09:30:00"),
    ],
)
def test_date_is_the_day_meant_also_where_it_became_a_count_of_days(item: str, value: Any, text: str) -> None:
    assert read(item, value) == text


def test_count_of_days_follows_the_calendar_of_the_workbook() -> None:
    assert read("since", 44650, epoch=CALENDAR_MAC_1904) == "2026-03-31"


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.12, "0%", "12%"),
        (0.07, "0.00%", "7%"),
        (0.0725, '0.0"约"%', "7.25%"),
        (12, '0"%"', "12"),
        (12, r"0\%", "12"),
        (12, "General", "12"),
        (12.0, "#,##0", "12"),
        (1e15, "0.00E+00", "1000000000000000"),
    ],
)
def test_percent_sign_of_the_format_scales_and_one_in_quotes_does_not(
    value: float, number_format: str, text: str
) -> None:
    assert read("cloud_share", value, number_format) == text


def test_percentage_where_none_is_asked_is_left_to_be_refused() -> None:
    assert read("employees", 0.05, "0%") == "5%"


@pytest.mark.parametrize(("value", "text"), [(True, "True"), (13800000000, "13800000000"), (" ２０ ", "２０")])
def test_other_values_are_read_as_typed(value: bool | int | str, text: str) -> None:
    assert read("phone", value) == text


def test_lines_end_alike() -> None:
    assert plain_lines("a_x000D_\nb\r\nc\rd") == "a\nb\nc\nd"


def test_label_is_known_in_another_case_width_and_spacing() -> None:
    codes = {"Yes": "yes", "5G（毫米波）": "mm", "yes": "yes"}
    typed = ("Yes", "YES", " yes ", "5g(毫米波)", "perhaps", "")
    assert [chosen_code(text, codes) for text in typed] == ["yes", "yes", "yes", "mm", "perhaps", ""]


def test_label_that_could_mean_two_codes_is_left_to_be_refused() -> None:
    assert chosen_code("ａ", {"a": "1", "A": "2"}) == "ａ"


def test_ticks_of_every_keyboard_are_understood() -> None:
    assert [ticked(text) for text in ("√", "X", "是", "TRUE", "", "否", "False", "perhaps")] == [
        *[True] * 4,
        *[False] * 3,
        None,
    ]
