"""Plausible answers of a fictitious firm, item by item along its route."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.random import Generator

from survey.instrument.routing.route import RouteItem, RoutePage
from survey.instrument.schema import Item
from survey.management.demonstration.recipe import UNNAMED_NUMBER, demonstration_recipe
from survey.terms import ItemType, Missing, Severity, SizeClass

SIZE_SHIFT = {SizeClass.LARGE: 0.3, SizeClass.MEDIUM: 0.15, SizeClass.SMALL: 0.0, SizeClass.MICRO: -0.25}
NOT_APPLICABLE_SHARE = {SizeClass.LARGE: 0.02, SizeClass.MEDIUM: 0.05, SizeClass.SMALL: 0.1, SizeClass.MICRO: 0.22}


@dataclass(frozen=True, slots=True, kw_only=True)
class Respondent:
    """What decides a fictitious firm's answers; ``temper`` is its general readiness to complain.

    ``shifts`` move the severity of single pain points in a wave.
    """

    industry_section: str
    size_class: SizeClass
    temper: float
    shifts: Mapping[str, float] = field(default_factory=dict)


def answers_of_page(page: RoutePage, respondent: Respondent, generator: Generator) -> dict[str, Any]:
    """Typed answers to the items of the page that ``respondent`` answers; optional ones are left out now and then."""
    answers: dict[str, Any] = {}
    for asked in page.items:
        answer = ANSWERS.get(asked.item.type)
        if answer and not asked.item.prefill and (asked.required or generator.random() < 0.85):
            value = answer(asked, respondent, generator)
            answers |= {} if value is None else {asked.item.code: value}
    return answers


def _severity(asked: RouteItem, respondent: Respondent, generator: Generator) -> str:
    point = asked.item.pain_point or asked.item.code.split("_")[0]
    if (
        Missing.NOT_APPLICABLE in asked.item.missing
        and generator.random() < NOT_APPLICABLE_SHARE[respondent.size_class]
    ):
        return Missing.NOT_APPLICABLE.value
    recipe = demonstration_recipe()
    of_trade = recipe.severity_of_trade.get(respondent.industry_section, {})
    # The first letter of a pain point is its group.
    shift = of_trade.get(point[0], 0.0) + SIZE_SHIFT[respondent.size_class]
    felt = recipe.severity.get(point, 3.0) + shift + respondent.shifts.get(point, 0.0) + respondent.temper
    felt += generator.normal(0, 0.9)
    return list(Severity)[int(np.clip(round(felt), 1, 5)) - 1].value


def _single(asked: RouteItem, respondent: Respondent, generator: Generator) -> str:
    codes = [option.code for option in asked.options if not option.specify]
    # Falling, since people take the first of a list more readily, and equal shares would look drawn.
    weights = np.linspace(1.5, 0.7, len(codes))
    return str(generator.choice(codes, p=weights / weights.sum()))


def _multiple(asked: RouteItem, respondent: Respondent, generator: Generator) -> list[str]:
    open_options = [option for option in asked.options if not option.specify]
    together = [option.code for option in open_options if not option.exclusive]
    alone = [option.code for option in open_options if option.exclusive]
    if alone and generator.random() < 0.12:
        return [str(generator.choice(alone))]
    most = min(asked.item.max_choices or len(together), len(together), 4)
    chosen = set(generator.choice(together, size=int(generator.integers(1, most + 1)), replace=False).tolist())
    return [code for code in together if code in chosen]


def _ranking(asked: RouteItem, respondent: Respondent, generator: Generator) -> list[str]:
    codes = [option.code for option in asked.options if not option.specify]
    weights = np.linspace(2.0, 0.5, len(codes))
    count = min(asked.item.max_choices or 3, len(codes))
    return [str(code) for code in generator.choice(codes, size=count, replace=False, p=weights / weights.sum())]


def _within(item: Item, value: float) -> float:
    low = item.minimum if item.minimum is not None else 0.0
    return float(np.clip(value, low, item.maximum if item.maximum is not None else np.inf))


def _number(asked: RouteItem, respondent: Respondent, generator: Generator) -> float:
    drawn = demonstration_recipe().numbers.get(asked.item.code, UNNAMED_NUMBER)
    size = {SizeClass.LARGE: 2.0, SizeClass.MEDIUM: 1.4}.get(respondent.size_class, 1.0)
    scale = size if drawn.grows_with_firm else 1.0
    return round(_within(asked.item, drawn.median * scale * float(np.exp(generator.normal(0, drawn.spread)))), 1)


def _integer(asked: RouteItem, respondent: Respondent, generator: Generator) -> int:
    return round(_number(asked, respondent, generator))


def _percentage(asked: RouteItem, respondent: Respondent, generator: Generator) -> int:
    return round(_within(asked.item, 100 * float(generator.beta(2.0, 2.5))))


def _comment(asked: RouteItem, respondent: Respondent, generator: Generator) -> str | None:
    return str(generator.choice(demonstration_recipe().comments)) if generator.random() < 0.15 else None


ANSWERS: dict[ItemType, Callable[[RouteItem, Respondent, Generator], Any]] = {
    ItemType.SEVERITY: _severity,
    ItemType.YES_NO: lambda asked, respondent, generator: "yes" if generator.random() < 0.55 else "no",
    ItemType.SINGLE: _single,
    ItemType.MULTIPLE: _multiple,
    ItemType.RANKING: _ranking,
    ItemType.INTEGER: _integer,
    ItemType.DECIMAL: _number,
    ItemType.MONEY: _number,
    ItemType.PERCENTAGE: _percentage,
    ItemType.LONG_TEXT: _comment,
}
