"""Times of day as they are typed, and what is kept of them."""

import pytest

from survey.instrument.answers import parse_item
from survey.terms import ItemType
from tests.instrument.tiny import item

OPENS = item("opens", ItemType.TIME)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("9:05", "09:05"),
        ("0905", "09:05"),
        ("9.30 p.m.", "21:30"),
        ("12 am", "00:00"),
        ("12:15 PM", "12:15"),
        ("上午9点", "09:00"),
        ("下午3点半", "15:30"),
        ("晚上 11时59分", "23:59"),
        ("８：３０", "08:30"),
        ("17:45:00.000+08:00", "17:45"),
        ("0:00", "00:00"),
    ],
)
def test_time_is_kept_by_the_clock_of_24_hours(typed: str, kept: str) -> None:
    assert parse_item(OPENS, {"opens": [typed]}).answers == {"opens": kept}


@pytest.mark.parametrize("typed", ["9", "24:00", "12:60", "13 pm", "0 am", "上午9点pm", "17:45:30", "soon"])
def test_what_says_no_time_or_two_is_refused(typed: str) -> None:
    assert [error.code for error in parse_item(OPENS, {"opens": [typed]}).errors] == ["time_form"]


def test_nothing_typed_is_no_answer() -> None:
    assert parse_item(OPENS, {"opens": [""]}).answers == {}
