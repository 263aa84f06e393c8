"""Plausible answers of a fictitious firm, item by item along its route."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.random import Generator

from survey.instrument.routing.route import RouteItem, RoutePage
from survey.instrument.schema import Item
from survey.terms import ItemType, Missing, Severity, SizeClass

# Mean severity of the pain points on the five steps before what a firm's trade, size and luck add.
MEAN_SEVERITY = {
    "B1": 3.5, "B2": 3.1, "B3": 2.9, "B4": 3.7, "C1": 3.6, "C2": 2.8, "C3": 3.2, "C4": 3.0, "D1": 3.3, "D2": 3.4,
    "D3": 3.0, "E1": 2.7, "E2": 3.8, "E3": 3.1, "E4": 2.6, "F1": 3.3, "F2": 3.0, "F3": 3.2, "G1": 2.2,
}  # fmt: skip
TRADE_SHIFT = {"C": {"B": 0.5, "E": 0.1}, "I": {"C": 0.4, "D": 0.5, "F": 0.3, "B": -0.6}, "G": {"E": 0.5}}
SIZE_SHIFT = {SizeClass.LARGE: 0.3, SizeClass.MEDIUM: 0.15, SizeClass.SMALL: 0.0, SizeClass.MICRO: -0.25}
NOT_APPLICABLE_SHARE = {SizeClass.LARGE: 0.02, SizeClass.MEDIUM: 0.05, SizeClass.SMALL: 0.1, SizeClass.MICRO: 0.22}
# Median and spread (of the logarithm) of numbers whose distribution matters for the figures shown.
NUMBERS = {
    "E2_energy_ratio": (6.5, 0.35),
    "E2_cost": (18.0, 0.9),
    "B1_device_types": (12.0, 0.8),
    "B1_vendors": (8.0, 0.7),
    "B2_onboarding_days": (9.0, 0.7),
    "B3_platforms": (2.5, 0.5),
    "C1_incidents": (1.0, 0.8),
    "D1_racks_wanted": (6.0, 0.8),
    "D1_racks_obtained": (3.0, 0.8),
    "E1_latency": (60.0, 0.8),
    "F1_spend": (60.0, 1.0),
}
COMMENTS = [
    "希望尽快统一辅机接口标准,减少二次开发。",
    "园区 5G 信号不稳定,电费偏高。",
    "=先看到同行的成功案例再投入",
    "数据上云以后责任归谁,合同里最好有范本。",
    "We would join a pilot in an undemanding scenario first.",
]


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
    shift = TRADE_SHIFT.get(respondent.industry_section, {}).get(point[0], 0.0) + SIZE_SHIFT[respondent.size_class]
    felt = MEAN_SEVERITY.get(point, 3.0) + shift + respondent.shifts.get(point, 0.0) + respondent.temper
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
    median, spread = NUMBERS.get(asked.item.code, (10.0, 0.7))
    size = {SizeClass.LARGE: 2.0, SizeClass.MEDIUM: 1.4}.get(respondent.size_class, 1.0)
    # A ratio does not grow with the firm.
    scale = 1.0 if asked.item.code == "E2_energy_ratio" else size
    return round(_within(asked.item, median * scale * float(np.exp(generator.normal(0, spread)))), 1)


def _integer(asked: RouteItem, respondent: Respondent, generator: Generator) -> int:
    return round(_number(asked, respondent, generator))


def _percentage(asked: RouteItem, respondent: Respondent, generator: Generator) -> int:
    return round(_within(asked.item, 100 * float(generator.beta(2.0, 2.5))))


def _comment(asked: RouteItem, respondent: Respondent, generator: Generator) -> str | None:
    return str(generator.choice(COMMENTS)) if generator.random() < 0.15 else None


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
