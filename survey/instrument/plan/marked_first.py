"""What a firm has rated badly is offered first where it is to rank: the answers that a scale of the plan marks."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from survey.instrument.kinds.registry import kind_of
from survey.instrument.plan.plan import AnalysisPlan
from survey.instrument.routing.route import RouteItem
from survey.instrument.schema import Questionnaire


def ranks_pain_points(questionnaire: Questionnaire, asked: RouteItem) -> bool:
    """Whether the item is a ranking of pain points that other items ask about."""
    about = {item.pain_point for item in questionnaire.items.values()} if kind_of(asked.item).is_ranked else set()
    return any(option.code in about for option in asked.options)


def marked_pain_points(questionnaire: Questionnaire, plan: AnalysisPlan, answers: Mapping[str, Any]) -> frozenset[str]:
    """Codes of the pain points of which an item on an adverse scale bears a marked answer."""
    return frozenset(
        questionnaire.items[code].pain_point
        for scale in plan.scales
        if scale.is_adverse
        for code in scale.items
        if code in questionnaire.items and answers.get(code) in scale.marked
    ) - {""}


def with_marked_first(asked: RouteItem, marked: frozenset[str]) -> RouteItem:
    """The item with the options that are marked pain points before the others, both in their order."""
    # sorted is stable, so that both parts keep their order.
    return replace(asked, options=tuple(sorted(asked.options, key=lambda option: option.code not in marked)))
