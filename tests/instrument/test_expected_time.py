from typing import Any

from survey.instrument.expected_time import ExpectedTime, expected_time, section_times
from survey.instrument.schema import Item, Option, Page, Questionnaire, Section, Text
from survey.terms import ItemType

CHARACTERS, WORDS = 193, 119
"""What is read in half a minute."""


def of(*items: Any) -> Any:
    """The expected time of a page with these items and nothing else to read."""
    return expected_time(
        Questionnaire(
            code="q",
            title=Text(),
            sections=(Section(code="s", title=Text(), pages=(Page(code="p", title=Text(), items=items),)),),
        )
    )


def test_question_takes_its_reading_its_answer_and_its_share_of_the_page() -> None:
    question = Item(code="a", type=ItemType.INTEGER, text=Text("字" * CHARACTERS, "word " * 2 * WORDS))
    assert of(question) == ExpectedTime(questions=1, seconds_zh=30 + 8 + 3, seconds_en=60 + 8 + 3)


def test_what_was_read_before_is_not_read_again() -> None:
    first = Item(code="a", type=ItemType.YES_NO, text=Text("一" * CHARACTERS + "，有多严重？", ""))
    second = Item(code="b", type=ItemType.YES_NO, text=Text("二" * CHARACTERS + "，有多严重？", ""))
    once = of(first).seconds_zh
    assert of(first, second).seconds_zh - once < once - 3


def test_options_are_read() -> None:
    options = tuple(Option(code=code, text=Text(code * CHARACTERS, "")) for code in "xy")
    assert of(Item(code="a", type=ItemType.SINGLE, text=Text(), options=options)).seconds_zh == 60 + 3 + 3


def test_lists_are_looked_up_and_not_read() -> None:
    options = (Option(code="x", text=Text("字" * CHARACTERS, "")),)
    assert of(Item(code="a", type=ItemType.INDUSTRY, text=Text(), options=options)).seconds_zh == 10 + 3


def test_prefilled_answer_is_confirmed() -> None:
    assert of(Item(code="a", type=ItemType.CREDIT_CODE, text=Text(), prefill="frame_credit_code")).seconds_zh == 3 + 3


def test_table_takes_time_for_each_of_its_numbers() -> None:
    cells = tuple(Option(code=code, text=Text()) for code in "xyz")
    assert (
        of(Item(code="a", type=ItemType.NUMBER_TABLE, text=Text(), rows=cells, options=cells[:2])).seconds_en
        == 6 * 8 + 3
    )


def test_calculated_values_take_no_time_and_information_no_answer() -> None:
    note = Item(code="b", type=ItemType.NOTE, text=Text("字" * CHARACTERS, ""))
    assert of(Item(code="a", type=ItemType.CALCULATION, text=Text()), note) == ExpectedTime(
        questions=0, seconds_zh=30 + 3, seconds_en=3
    )


def test_sections_add_up_to_the_questionnaire() -> None:
    sections = tuple(
        Section(
            code=code,
            title=Text(code * CHARACTERS),
            pages=(Page(code=code, title=Text(), items=(Item(code=code, type=ItemType.DATE, text=Text()),)),),
        )
        for code in "ab"
    )
    questionnaire = Questionnaire(code="q", title=Text(), sections=sections)
    assert section_times(questionnaire) == [ExpectedTime(questions=1, seconds_zh=39, seconds_en=9)] * 2
    assert expected_time(questionnaire).minutes == 78 / 60
