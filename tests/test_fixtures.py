"""The shipped content: complete against the source article, bilingual, and logical."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from survey.instrument.expected_time import expected_time
from survey.instrument.expressions.evaluation import names_in
from survey.instrument.kinds.choices import options_of
from survey.instrument.lint.questionnaire import lint
from survey.instrument.schema import Text
from survey.models import District, Page
from survey.models import Questionnaire as DesignedQuestionnaire
from survey.selectors.design.plan import plan_check, read_plan
from survey.selectors.design.questionnaire import read_questionnaire
from survey.terms import EditLevel, ItemType, Missing
from tests.shipped import FIXTURES, MEASURES, Content, counts, shipped_plan

FACTS = {"frame_name", "frame_credit_code", "frame_district", "frame_industry", "frame_employees", "frame_revenue"}
CONTACT = {"frame_contact", "frame_phone"}

CORE = {
    "core_device_heterogeneity": {"B1", "B2", "B3"},
    "core_protocol_mismatch": {"B4"},
    "core_data_security": {"C1", "C2", "C3"},
    "core_data_centre_scarcity": {"D1", "D2", "D3"},
    "core_energy_5g": {"E2"},
}
PROTOCOLS = {"modbus", "opc_ua", "profinet", "ethercat", "can", "mqtt", "proprietary", "other"}
SECTORS = {"public_safety", "manufacturing", "transport", "home", "environment", "courts", "agriculture"}


def texts(content: Content) -> Iterator[Any]:
    """Every wording of the questionnaire with its place."""
    asked = content.questionnaire
    yield asked.code, asked.title
    for section in asked.sections:
        yield from ((section.code, text) for text in (section.title, section.intro))
        for page in section.pages:
            yield from ((page.code, text) for text in (page.title, page.intro))
    for item in asked.items.values():
        yield from ((item.code, text) for text in (item.text, item.hint, item.unit, item.constraint_message))
        yield from ((f"{item.code} {option.code}", option.text) for option in (*options_of(item), *item.rows))
    yield from ((rule.code, rule.message) for rule in asked.edit_rules)


def expressions(content: Content) -> Iterator[Any]:
    """Every expression that decides the route, with its place and the items that stand before it."""
    known: set[str] = set()
    for section in content.questionnaire.sections:
        yield section.code, section.relevant, set(known)
        for page in section.pages:
            yield page.code, page.relevant, set(known)
            for item in page.items:
                yield from ((item.code, text, set(known)) for text in (item.relevant, item.required, item.calculation))
                yield from ((item.code, option.relevant, set(known)) for option in item.options)
                known.add(item.code)
                yield item.code, item.constraint, set(known)


def test_every_row_passes_the_designers_models(content: Content) -> None:
    assert content.invalid == []


def test_content_has_the_expected_size(content: Content) -> None:
    expected = {"Survey": 1, "Questionnaire": 1, "PainPoint": 19, "Industry": 117, "District": 10, "SizeThreshold": 30}
    assert {name: content.counts[name] for name in expected} == expected


@pytest.mark.parametrize("code", MEASURES)
def test_pain_point_has_a_severity_item_and_its_measures(content: Content, code: str) -> None:
    items = {item.code: item for item in content.questionnaire.items.values() if item.pain_point == code}
    assert items.keys() == MEASURES[code] | {f"{code}_severity"}
    assert items[f"{code}_severity"].type is ItemType.SEVERITY


def test_pain_points_are_the_nineteen_of_the_article(content: Content) -> None:
    assert content.pain_points == MEASURES.keys()


def test_core_themes_gather_their_pain_points() -> None:
    assert {theme.code: {item.split("_")[0] for item in theme.items} for theme in shipped_plan().themes} == CORE


def test_plan_is_about_what_is_asked(content: Content) -> None:
    plan, asked = shipped_plan(), content.questionnaire.items
    named = {code for block in plan.blocks for code in (*block.rows, block.item)} | set(plan.names)
    derived = {theme.code for theme in plan.themes} | {indicator.code for indicator in plan.indicators}
    assert named - asked.keys() <= {"", *derived}
    assert {theme.code for theme in plan.themes} <= named


def test_severity_items_offer_does_not_apply_and_must_be_answered(content: Content) -> None:
    severities = [item for item in content.questionnaire.items.values() if item.type is ItemType.SEVERITY]
    assert {(item.missing, item.required) for item in severities} == {((Missing.NOT_APPLICABLE,), "true()")}


def test_protocols_are_those_of_the_article(content: Content) -> None:
    offered = {option.code for option in content.questionnaire.items["B4_protocols"].options}
    assert offered == PROTOCOLS | {"none"}


def test_ai_sectors_are_those_of_the_article(content: Content) -> None:
    offered = {option.code for option in content.questionnaire.items["F2_sectors"].options}
    assert offered == SECTORS | {"other"}


def test_policy_demands_rank_at_most_three_of_eleven(content: Content) -> None:
    demands = content.questionnaire.items["H_demands"]
    assert (demands.type, len(demands.options), demands.max_choices) == (ItemType.RANKING, 11, 3)


def test_top_pain_points_rank_at_most_three_of_all(content: Content) -> None:
    top = content.questionnaire.items["I_top_pain_points"]
    assert ([option.code for option in top.options], top.max_choices) == (list(MEASURES), 3)


def test_firm_details_are_prefilled_from_the_frame(content: Content) -> None:
    prefilled = {item.prefill for item in content.questionnaire.items.values() if item.prefill}
    assert prefilled == FACTS | CONTACT


def test_every_text_stands_in_both_languages(content: Content) -> None:
    assert [(place, text) for place, text in texts(content) if text and not (text.zh and text.en)] == []


def test_what_must_be_worded_is_worded(content: Content) -> None:
    asked = content.questionnaire
    parts = [asked.title, *(part.title for part in (*asked.sections, *asked.pages.values()))]  # type: ignore[attr-defined]
    assert Text() not in [*parts, *(item.text for item in asked.items.values())]


def test_expressions_name_earlier_items_only(content: Content) -> None:
    strays = [(place, names_in(text) - known) for place, text, known in expressions(content)]
    assert [(place, names) for place, names in strays if names] == []


def test_lint_finds_nothing(content: Content) -> None:
    assert lint(content.questionnaire) == ()


def test_edit_rules_name_items_and_frame_facts_only(content: Content) -> None:
    known = content.questionnaire.items.keys() | FACTS
    assert {rule.code: names_in(rule.condition) - known for rule in content.questionnaire.edit_rules} == {
        rule.code: frozenset() for rule in content.questionnaire.edit_rules
    }


def test_edit_rules_show_at_the_last_item_that_they_judge(content: Content) -> None:
    order = list(content.questionnaire.items)
    for rule in content.questionnaire.edit_rules:
        named = names_in(rule.condition) - FACTS
        assert (rule.code, set(rule.items)) == (rule.code, named)  # type: ignore[comparison-overlap]
        pages = content.questionnaire.page_of_item
        last = max(named, key=order.index)
        assert (rule.code, pages[rule.items[0]]) == (rule.code, pages[last])


def test_edit_rules_are_of_every_level(content: Content) -> None:
    assert {rule.level for rule in content.questionnaire.edit_rules} == set(EditLevel)


def test_codes_are_unique(content: Content) -> None:
    codes = [item.code for _, _, item in content.questionnaire.walk()]
    concepts = [item.concept for item in content.questionnaire.items.values()]
    assert (len(codes), len(concepts)) == (len(set(codes)), len(set(concepts)))


def test_pages_hold_at_most_seven_items_besides_the_precision_of_each_application(content: Content) -> None:
    longest = {
        page.code: sum(not item.code.startswith("E4_precision_") for item in page.items)
        for page in content.questionnaire.pages.values()
    }
    assert max(longest.values()) <= 7


def test_chinese_wordings_use_chinese_punctuation(content: Content) -> None:
    strays = [place for place, text in texts(content) if re.search(r"[\u4e00-\u9fff][,;:?!(]", text.zh)]
    assert strays == []


def test_money_is_asked_in_ten_thousand_yuan(content: Content) -> None:
    units = {item.unit for item in content.questionnaire.items.values() if item.type is ItemType.MONEY}
    assert units == {Text("万元", "10,000 yuan")}


def test_loading_twice_changes_nothing(db: None) -> None:
    call_command("loaddata", *FIXTURES, verbosity=0)
    before = (counts(), read_questionnaire(DesignedQuestionnaire.objects.get().pk).digest)
    call_command("loaddata", *FIXTURES, verbosity=0)
    assert (counts(), read_questionnaire(DesignedQuestionnaire.objects.get().pk).digest) == before


def test_rows_can_be_added_after_loading(db: None) -> None:
    call_command("loaddata", *FIXTURES, verbosity=0)
    assert District.objects.create(code="SS", name=Text("深汕", "Shenshan")).pk
    assert Page.objects.first().items.create(code="new", type="yes_no", text=Text("新", "New")).pk  # type: ignore[union-attr]


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: Path(path).stem)
def test_fixture_names_rows_by_natural_keys(path: str) -> None:
    assert [entry for entry in json.loads(Path(path).read_text("utf-8")) if "pk" in entry] == []


def test_every_question_is_done_in_twelve_minutes_as_the_notice_says(content: Content) -> None:
    (survey,) = json.loads(Path(FIXTURES[0]).with_name("survey.json").read_text("utf-8"))
    assert 11 < expected_time(content.questionnaire).minutes <= survey["fields"]["minutes"] == 12


def test_shipped_plan_fits_the_shipped_questionnaire(db: None) -> None:
    call_command("loaddata", *FIXTURES, verbosity=0)
    pk = DesignedQuestionnaire.objects.get(code="ii_pain_points").pk
    assert plan_check(read_questionnaire(pk), read_plan(pk)) == ()
