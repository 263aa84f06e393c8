"""Conditions as a person reads them on paper."""

import pytest

from survey.instrument.edits.condition_words import condition_words
from survey.instrument.schema import Item, Option, Page, Questionnaire, Section, Text
from survey.terms import ItemType

ASKED = (
    Item(code="uses", type=ItemType.YES_NO, text=Text("是否使用？", "In use?")),
    Item(
        code="role",
        type=ItemType.SINGLE,
        text=Text("来源", "Source"),
        options=(Option(code="rent", text=Text("租用", "Rented")),),
    ),
    Item(code="racks", type=ItemType.INTEGER, text=Text("机柜", "Racks")),
)
SMALL = Questionnaire(
    code="q",
    title=Text(),
    sections=(Section(code="S", title=Text(), pages=(Page(code="P", title=Text(), items=ASKED),)),),
)
NUMBERS = {"uses": 1, "role": 2, "racks": 3}


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("${uses} = 'yes'", "question 1 is “Yes”"),
        ("${role} != 'rent'", "question 2 is not “Rented”"),
        ("selected(${role}, 'rent')", "question 2 is “Rented”"),
        ("${racks} > 0", "question 3 is more than 0"),
        ("${uses} = 'yes' or ${racks} <= 2.5", "question 1 is “Yes” or question 3 is at most 2.5"),
    ],
)
def test_condition_is_put_into_words(condition: str, words: str) -> None:
    assert condition_words((condition,), SMALL, NUMBERS, "en") == words


def test_condition_is_put_into_chinese() -> None:
    assert condition_words(("${uses} = 'yes'",), SMALL, NUMBERS, "zh-hans") == "第 1 题选“是”"


def test_conditions_are_joined_and_empty_ones_left_out() -> None:
    conditions = ("${uses} = 'yes'", "", "${racks} > 0")
    assert condition_words(conditions, SMALL, NUMBERS, "en") == "question 1 is “Yes” and question 3 is more than 0"


@pytest.mark.parametrize(
    "condition", ["${uses} =", "count-selected(${role}) > 1", "${ghost} = 1", "${frame_employees} > 5", "${uses}"]
)
def test_condition_beyond_these_words_has_none(condition: str) -> None:
    assert condition_words((condition,), SMALL, NUMBERS, "en") == ""
