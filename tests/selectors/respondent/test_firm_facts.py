"""What is known of a firm from the wave before: a real second wave of the same firms."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from survey.instrument.edits.conditions import change_rule
from survey.instrument.edits.rules import check_all
from survey.instrument.lint.expressions import FACTS
from survey.instrument.schema import EditRule, Item, Page, Questionnaire, Section, Text
from survey.models import Case, QuestionnaireVersion, Response, SamplingFrame, Wave
from survey.models import Questionnaire as Designed
from survey.selectors.respondent.firm_facts import contact_facts, frame_facts
from survey.selectors.respondent.session import filling_of
from survey.services.fieldwork.sampling import draw_sample
from survey.terms import EditLevel, ItemType, ResponseStatus
from tests.waves import version_of as asked_version

WAN = Text("万元", "10,000 yuan")
BILL = Item(code="bill", type=ItemType.MONEY, text=Text("电费", "Bill"), concept="power", unit=WAN)
SPEND = Item(code="spend", type=ItemType.MONEY, text=Text("用电支出", "Spend"), concept="power", unit=WAN)
RULE = change_rule(
    "v_spend", "spend", 3, EditLevel.VERIFY, Text("上轮为 ${previous_spend}", "It was ${previous_spend}.")
)


def form(item: Item, *rules: EditRule) -> Questionnaire:
    page = Page(code="p", title=Text("页", "Page"), items=(item,))
    return Questionnaire(
        code="power",
        title=Text("电", "Power"),
        sections=(Section(code="s", title=Text("部", "Part"), pages=(page,)),),
        edit_rules=rules,
    )


def version_of(wave: Wave, content: Questionnaire, number: int) -> QuestionnaireVersion:
    designed, _new = Designed.objects.get_or_create(survey=wave.survey, code="power")
    return QuestionnaireVersion.objects.create(
        questionnaire=designed, number=number, schema=content.to_dict(), digest=content.digest
    )


@pytest.fixture
def second_case(wave: Wave, frame: Callable[..., SamplingFrame]) -> Callable[..., Any]:
    """``second_case(item, *rules)``: a firm that answered 10 in the first wave, in a second one that asks ``item``."""
    wave.version = version_of(wave, form(BILL), 1)
    wave.save()
    firms = frame()
    draw_sample(wave=wave, frame=firms, size=24, method="proportional", seed=5, actor=None)
    first = Case.objects.filter(wave=wave)[0]
    Response.objects.create(
        case=first, version=asked_version(wave), answers={"bill": 10.0}, status=ResponseStatus.SUBMITTED.value
    )

    def make(item: Item, *rules: Any) -> Case:
        later = Wave.objects.get(pk=wave.pk)
        later.pk, later.code, later.version = None, "w2", version_of(wave, form(item, *rules), 2)
        later.opens_at, later.closes_at = timezone.now() - timedelta(hours=1), timezone.now() + timedelta(days=9)
        later.save()
        draw_sample(wave=later, frame=firms, size=24, method="proportional", seed=5, actor=None)
        return Case.objects.get(wave=later, sample_unit__unit=first.sample_unit.unit)

    return make


def test_facts_are_those_that_lint_knows(case: Case) -> None:
    unit = case.sample_unit.unit
    assert {**frame_facts(unit), **contact_facts(unit)}.keys() == FACTS


def test_answer_of_the_wave_before_bears_the_code_of_the_item_that_measures_it_now(
    second_case: Callable[..., Any],
) -> None:
    facts = filling_of(second_case(SPEND, RULE), timezone.now()).facts
    assert {name: value for name, value in facts.items() if "previous" in name} == {"previous_spend": 10.0}


def test_answer_in_another_unit_is_not_compared(second_case: Callable[..., Any]) -> None:
    other = Item(
        code="spend", type=ItemType.MONEY, text=Text("用电支出", "Spend"), concept="power", unit=Text("元", "yuan")
    )
    facts = filling_of(second_case(other, RULE), timezone.now()).facts
    assert [name for name in facts if "previous" in name] == []


@pytest.mark.parametrize(("spend", "failed"), [(30.0, []), (31.0, ["v_spend"]), (3.0, ["v_spend"])])
def test_change_beyond_the_ratio_asks_for_a_reason(
    second_case: Callable[..., Any], spend: float, failed: list[str]
) -> None:
    filling = filling_of(second_case(SPEND, RULE), timezone.now())
    report = check_all(filling.questionnaire, {"spend": spend}, filling.facts, {}, filling.today)
    assert [failure.rule for failure in report.verify] == failed
    assert [failure.message.en for failure in report.verify] == ["It was 10."] * len(failed)
