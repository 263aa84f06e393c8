"""Indicators that the questionnaire has no answers for; each finding has its example in ``test_lint.py``."""

from dataclasses import replace

import pytest

from survey.instrument.plan.frame_numbers import EMPLOYEES
from survey.instrument.plan.known import Known
from survey.instrument.plan.lint_indicators import OF_KIND, indicator_findings
from survey.instrument.plan.plan import IndexPart, Indicator
from survey.terms import IndicatorKind
from tests.instrument.plan.small import FRAME, INDEX, PLAN, QUESTIONNAIRE, indicator


def found(*indicators: Indicator) -> list[tuple[str, str]]:
    """Place and code of each finding about these alone."""
    known = Known(questionnaire=QUESTIONNAIRE, plan=replace(PLAN, indicators=indicators), frame=FRAME)
    return [(one.place.code, one.code) for one in indicator_findings(known)]


def test_every_kind_of_indicator_is_checked() -> None:
    assert OF_KIND.keys() == set(IndicatorKind)


def test_findings_stand_in_the_order_of_the_plan() -> None:
    wrong = indicator("b", IndicatorKind.MEAN, item="exports"), indicator("a", IndicatorKind.TOTAL)
    assert found(*wrong) == [("b", "indicator_not_a_number"), ("a", "indicator_without_item")]


@pytest.mark.parametrize("kind", [IndicatorKind.MEAN, IndicatorKind.MEDIAN, IndicatorKind.TOTAL])
def test_number_of_the_frame_is_a_number(kind: IndicatorKind) -> None:
    assert found(indicator("a", kind, item=EMPLOYEES)) == []


def test_both_numbers_of_a_ratio_are_looked_for() -> None:
    wrong = indicator("a", IndicatorKind.RATIO, item="sales", denominator="hours")
    assert found(wrong) == [("a", "plan_unknown_item")] * 2


@pytest.mark.parametrize(("off", "codes"), [(0.0004, []), (0.0006, [("pmi", "index_weights")])])
def test_weights_may_be_off_by_what_rounding_leaves(off: float, codes: list[tuple[str, str]]) -> None:
    parts = (IndexPart(indicator="a", weight=0.5), IndexPart(indicator="b", weight=0.5 + off))
    diffusions = [indicator(code, IndicatorKind.DIFFUSION, item="orders") for code in ("a", "b")]
    assert found(*diffusions, replace(INDEX, parts=parts)) == codes
