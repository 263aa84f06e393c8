from typing import Any

from survey.instrument.expected_time import ExpectedTime, expected_time, section_times
from survey.instrument.schema import Item, Option, Page, Questionnaire, Section, Text
from survey.terms import ItemType

CHARACTERS, WORDS = 193, 119
"""What is read in half a minute."""


def of(*items: Any) -> Any:
    """The expected time of a page with these items and nothing else to read."""
    return expected_time(Questionnaire("q", Text(), (Section("s", Text(), pages=(Page("p", Text(), items=items),)),)))


def test_question_takes_its_reading_its_answer_and_its_share_of_the_page() -> None:
    question = Item("a", ItemType.INTEGER, Text("字" * CHARACTERS, "word " * 2 * WORDS))
    assert of(question) == ExpectedTime(1, 30 + 8 + 3, 60 + 8 + 3)


def test_what_was_read_before_is_not_read_again() -> None:
    first = Item("a", ItemType.YES_NO, Text("一" * CHARACTERS + "，有多严重？", ""))
    second = Item("b", ItemType.YES_NO, Text("二" * CHARACTERS + "，有多严重？", ""))
    once = of(first).seconds_zh
    assert of(first, second).seconds_zh - once < once - 3


def test_options_are_read() -> None:
    options = tuple(Option(code, Text(code * CHARACTERS, "")) for code in "xy")
    assert of(Item("a", ItemType.SINGLE, Text(), options=options)).seconds_zh == 60 + 3 + 3


def test_lists_are_looked_up_and_not_read() -> None:
    options = (Option("x", Text("字" * CHARACTERS, "")),)
    assert of(Item("a", ItemType.INDUSTRY, Text(), options=options)).seconds_zh == 10 + 3


def test_prefilled_answer_is_confirmed() -> None:
    assert of(Item("a", ItemType.CREDIT_CODE, Text(), prefill="frame_credit_code")).seconds_zh == 3 + 3


def test_table_takes_time_for_each_of_its_numbers() -> None:
    cells = tuple(Option(code, Text()) for code in "xyz")
    assert of(Item("a", ItemType.NUMBER_TABLE, Text(), rows=cells, options=cells[:2])).seconds_en == 6 * 8 + 3


def test_calculated_values_take_no_time_and_information_no_answer() -> None:
    note = Item("b", ItemType.NOTE, Text("字" * CHARACTERS, ""))
    assert of(Item("a", ItemType.CALCULATION, Text()), note) == ExpectedTime(0, 30 + 3, 3)


def test_sections_add_up_to_the_questionnaire() -> None:
    sections = tuple(
        Section(code, Text(code * CHARACTERS), pages=(Page(code, Text(), items=(Item(code, ItemType.DATE, Text()),)),))
        for code in "ab"
    )
    questionnaire = Questionnaire("q", Text(), sections)
    assert section_times(questionnaire) == [ExpectedTime(1, 39, 9)] * 2
    assert expected_time(questionnaire).minutes == 78 / 60
