"""How an answer of each kind reads."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from survey.forms.page import answer_words
from survey.forms.page.wording import Wording
from survey.instrument.schema import Option, Text
from survey.terms import ItemType
from tests.every_type import EVERY_TYPE
from tests.instrument.tiny import item, options

ENGLISH, CHINESE = Wording("en"), Wording("zh-hans")


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_figure_stands_before_its_unit() -> None:
    people = item("n", unit=Text("人", "people"))
    assert answer_words.figure(people, 12345, ENGLISH, {}) == "12,345 people"
    assert answer_words.figure(item("n"), 5, ENGLISH, {}) == "5"


def test_figure_and_unit_that_begins_with_a_digit_do_not_read_as_one_number() -> None:
    money = item("n", ItemType.MONEY, unit=Text("万元", "10,000 yuan"))
    assert answer_words.figure(money, 5, ENGLISH, {}) == "5 × 10,000 yuan"
    assert answer_words.figure(money, 5, CHINESE, {}) == "5 万元"


def test_code_of_a_list_reads_as_its_label_and_one_that_left_the_list_as_itself() -> None:
    district = item("d", ItemType.DISTRICT)
    listed = {ItemType.DISTRICT: (Option(code="440305", text=Text("南山区", "Nanshan")),)}
    assert [answer_words.choice(district, code, CHINESE, listed) for code in ("440305", "1")] == ["南山区", "1"]


def test_ranked_answers_are_numbered_in_their_order() -> None:
    wishes = item("w", ItemType.RANKING, options=options("a", "b"))
    assert answer_words.ranked(wishes, ["b", "a"], ENGLISH, {}) == "1. b\n2. a"
    assert answer_words.choices(wishes, ["b", "a"], ENGLISH, {}) == "b, a"


def test_rows_and_cells_read_in_the_order_of_the_question_and_open_ones_not_at_all() -> None:
    mix = item("m", ItemType.SHARES, rows=options("own", "rented", "other"))
    assert answer_words.shares(mix, {"rented": 40.0, "own": 60.0}, ENGLISH, {}) == "own: 60 %\nrented: 40 %"
    grid = item("t", ItemType.NUMBER_TABLE, rows=options("x", "y"), options=options("p", "q"))
    assert answer_words.table(grid, {"y": {"q": 2.0}, "x": {"p": 1.0}}, ENGLISH, {}) == "x, p: 1\ny, q: 2"


def test_cells_of_a_table_of_any_answers_read_as_questions_of_their_kinds() -> None:
    value = {"hq": {"name": "Main", "staff": 1200, "link": "air", "own": "yes"}}
    assert answer_words.table_of_any(EVERY_TYPE.items["sites"], value, ENGLISH, {}).splitlines() == [
        "Option hq, Name: Main",
        "Option hq, People: 1,200",
        "Option hq, Network: Option air",
        "Option hq, Own: Yes",
    ]


def test_file_is_told_by_its_type_and_not_by_the_name_that_it_is_stored_under() -> None:
    assert answer_words.file(item("f", ItemType.FILE), "3f9a.pdf", ENGLISH, {}) == "Attached file (PDF)"
