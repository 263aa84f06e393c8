"""Rows of the designer become the value that is asked, in order, in both languages, in constant queries."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.instrument.schema import EditRule, Item, Option, Text
from survey.models import District, Industry, Page, Questionnaire, Wave
from survey.selectors.design.questionnaire import read_questionnaire
from survey.terms import EditLevel, ItemType, Missing


@pytest.fixture
def questionnaire(wave: Wave) -> Questionnaire:
    return Questionnaire.objects.create(survey=wave.survey, code="small", title=Text("小问卷", "Small"))


def add_page(questionnaire: Questionnaire, code: str, position: int = 1) -> Page:
    section = questionnaire.sections.create(code=f"S{code}", title=Text(code, code), position=position)
    return section.pages.create(code=code, title=Text(code, code), intro=Text("说明", "Intro"))


def add_item(page: Page, code: str, type: ItemType = ItemType.INTEGER, **fields: Any) -> Any:
    return page.items.create(code=code, type=type.value, text=Text(f"问{code}", f"Ask {code}"), **fields)


def test_item_carries_every_field(questionnaire: Questionnaire) -> None:
    add_item(
        add_page(questionnaire, "A"), "cost", ItemType.MONEY, unit=Text("万元", "10,000 yuan"), minimum=0,
        missing=["dont_know"], required="true()", relevant="${x} = 1", can_estimate=True, decimals=2, prefill="frame_revenue",
    )  # fmt: skip
    assert read_questionnaire(questionnaire.pk).items["cost"] == Item(
        code="cost", type=ItemType.MONEY, text=Text("问cost", "Ask cost"), unit=Text("万元", "10,000 yuan"), minimum=0.0,
        missing=(Missing.DONT_KNOW,), required="true()", relevant="${x} = 1", can_estimate=True, decimals=2,
        prefill="frame_revenue",
    )  # fmt: skip


def test_parts_stand_in_the_order_of_their_position(questionnaire: Questionnaire) -> None:
    second, first = add_page(questionnaire, "B", position=2), add_page(questionnaire, "A", position=1)
    add_item(second, "b1")
    add_item(first, "a2", position=2)
    add_item(first, "a1", position=1)
    assert list(read_questionnaire(questionnaire.pk).items) == ["a1", "a2", "b1"]


def test_options_and_rows_are_told_apart(questionnaire: Questionnaire) -> None:
    item = add_item(add_page(questionnaire, "A"), "table", ItemType.NUMBER_TABLE)
    item.options.create(code="now", text=Text("现在", "Now"))
    item.options.create(code="ours", text=Text("自有", "Ours"), is_row=True)
    read = read_questionnaire(questionnaire.pk).items["table"]
    assert (read.options, read.rows) == (
        (Option(code="now", text=Text("现在", "Now")),),
        (Option(code="ours", text=Text("自有", "Ours")),),
    )


def test_district_item_offers_the_districts(questionnaire: Questionnaire) -> None:
    District.objects.create(code="DP", name=Text("大鹏新区", "Dapeng New District"))
    add_item(add_page(questionnaire, "A"), "place", ItemType.DISTRICT)
    options = read_questionnaire(questionnaire.pk).items["place"].options
    assert options == (Option(code="DP", text=Text("大鹏新区", "Dapeng New District")),)


def test_industry_item_offers_divisions_only(questionnaire: Questionnaire) -> None:
    section = Industry.objects.create(code="C", name=Text("制造业", "Manufacturing"))
    Industry.objects.create(code="39", name=Text("电子", "Electronics"), parent=section)
    add_item(add_page(questionnaire, "A"), "trade", ItemType.INDUSTRY)
    options = read_questionnaire(questionnaire.pk).items["trade"].options
    assert options == (Option(code="39", text=Text("电子", "Electronics")),)


def test_edit_rule_carries_every_field(questionnaire: Questionnaire) -> None:
    questionnaire.edit_rules.create(
        code="r", level="verify", items=["a", "b"], condition="${a} <= ${b}", message=Text("核对", "Check")
    )
    rules = read_questionnaire(questionnaire.pk).edit_rules
    assert rules == (
        EditRule(
            code="r", level=EditLevel.VERIFY, items=("a", "b"), condition="${a} <= ${b}", message=Text("核对", "Check")
        ),
    )


@pytest.mark.parametrize("pages", [1, 3])
def test_reading_takes_nine_queries_whatever_the_length(
    questionnaire: Questionnaire, django_assert_num_queries: DjangoAssertNumQueries, pages: int
) -> None:
    for number in range(pages):
        page = add_page(questionnaire, f"P{number}")
        for letter in "abc"[:pages]:
            add_item(page, f"{letter}{number}").options.create(code="o", text=Text("甲", "A"))
    with django_assert_num_queries(9):
        read_questionnaire(questionnaire.pk)


def test_unknown_questionnaire_raises(db: None) -> None:
    with pytest.raises(Questionnaire.DoesNotExist):
        read_questionnaire(0)
