"""Whom an item is asked of follows from the conditions on its way."""

from survey.instrument.routing.asked_of import conditions_of
from survey.instrument.schema import Item, Page, Questionnaire, Section, Text
from survey.terms import ItemType


def yes_no(code: str, relevant: str = "") -> Item:
    return Item(code=code, type=ItemType.YES_NO, text=Text(code, code), relevant=relevant)


def test_conditions_are_those_of_section_page_item_and_of_the_answers_that_they_read() -> None:
    first = Page(code="p1", title=Text(), items=(yes_no("a"), yes_no("b", "${a} = 'yes'")))
    second = Page(code="p2", title=Text(), items=(yes_no("c"),), relevant="${b} != 'no'")
    asked = conditions_of(
        Questionnaire(code="q", title=Text("", "Q"), sections=(Section(code="s", title=Text(), pages=(first, second)),))
    )
    assert asked == {"a": (), "b": ("${a} = 'yes'",), "c": ("${a} = 'yes'", "${b} != 'no'")}


def test_condition_that_holds_without_one_of_its_answers_does_not_rest_on_it() -> None:
    items = (yes_no("a"), yes_no("b", "${a} = 'yes'"), yes_no("c", "${a} = 'no' or ${b} = 'yes'"))
    page = Page(code="p1", title=Text(), items=items)
    asked = conditions_of(
        Questionnaire(code="q", title=Text("", "Q"), sections=(Section(code="s", title=Text(), pages=(page,)),))
    )
    assert asked["c"] == ("${a} = 'no' or ${b} = 'yes'",)
