"""Whom an item is asked of follows from the conditions on its way."""

from survey.instrument.routing.asked_of import conditions_of
from survey.instrument.schema import Item, Page, Questionnaire, Section, Text
from survey.terms import ItemType


def yes_no(code: str, relevant: str = "") -> Item:
    return Item(code, ItemType.YES_NO, Text(code, code), relevant=relevant)


def test_conditions_are_those_of_section_page_item_and_of_the_answers_that_they_read() -> None:
    first = Page("p1", Text(), items=(yes_no("a"), yes_no("b", "${a} = 'yes'")))
    second = Page("p2", Text(), items=(yes_no("c"),), relevant="${b} != 'no'")
    asked = conditions_of(Questionnaire("q", Text("", "Q"), (Section("s", Text(), pages=(first, second)),)))
    assert asked == {"a": (), "b": ("${a} = 'yes'",), "c": ("${a} = 'yes'", "${b} != 'no'")}


def test_condition_that_holds_without_one_of_its_answers_does_not_rest_on_it() -> None:
    items = (yes_no("a"), yes_no("b", "${a} = 'yes'"), yes_no("c", "${a} = 'no' or ${b} = 'yes'"))
    page = Page("p1", Text(), items=items)
    asked = conditions_of(Questionnaire("q", Text("", "Q"), (Section("s", Text(), pages=(page,)),)))
    assert asked["c"] == ("${a} = 'no' or ${b} = 'yes'",)
