"""The account of the weights as a release freezes it: JSON values without labels, equal on every machine."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from math import isfinite
from typing import Any

from survey.instrument.plan.weighting import RECOMMENDED, Weighting
from survey.instrument.schema import Text
from survey.methods.collected import Weighted
from survey.methods.errors import MethodsError
from survey.methods.tables.account import Account
from survey.methods.weights.final import CalibrationReport

DIGITS = 10
"""A double holds 15 or 16; the last few differ with the machine's linear algebra."""


def frozen_account(account: Account, weighted: Weighted, weighting: Weighting) -> dict[str, Any]:
    """What the plan chose, e and response by class, factors, calibration, likeness and what was done to numbers.

    It holds every number that ``exchange/figures/weighting.py`` prints; merged strata stand beside it.
    """
    weights = weighted.weights
    return {
        "plan": _plan(weighting),
        "response": {"plain": as_json(account.plain), "weighted": as_json(account.weighted)},
        "eligibility": as_json(account.classes),
        "factors": as_json(weights.classes),
        "closed": as_json(weights.closed),
        "calibration": None if weights.report is None else _calibration(weights.report),
        "likeness": as_json(account.likeness),
        "numbers": {
            item: {"filled": 0 if one.filled is None else int(one.filled.filled.sum()), "effect": as_json(one.effect)}
            for item, one in weighted.numbers.items()
        },
    }


def _plan(weighting: Weighting) -> dict[str, Any]:
    """The choices; limits that a version after those releases brought only where they are set, so that a release of
    before is recomputed to the same content."""
    chosen, usual = as_json(weighting), as_json(RECOMMENDED)
    return {name: value for name, value in chosen.items() if name not in LATER or value != usual[name]}


LATER = frozenset({"least_answers", "largest_factor", "largest_weight"})
"""Choices that releases with exact figures were made without."""


def _calibration(report: CalibrationReport) -> dict[str, Any]:
    # Which total is farthest off is left out: where all are met, rounding alone decides it.
    return {
        "method": report.method,
        "smallest": as_json(report.smallest),
        "largest": as_json(report.largest),
        "distance": as_json(report.distance),
        "joined": as_json(report.joined),
        "frame": as_json(report.frame),
        "problem": None if report.problem is None else _problem(report.problem),
    }


def _problem(problem: MethodsError) -> dict[str, str]:
    return {"code": problem.code, "value": str(problem.value), "message": problem.complaint.message()}


def as_json(value: Any) -> Any:
    """Values, frozen or in lists, as JSON: numbers to ten digits and ten decimals, what is no number as None."""
    # Texts and enums before mappings and lists: both are strings or dataclasses too.
    if isinstance(value, Text):
        return value.to_dict()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Mapping):
        return {str(as_json(name)): as_json(part) for name, part in value.items()}
    if isinstance(value, tuple | list):
        return [as_json(part) for part in value]
    if is_dataclass(value):
        return {part.name: as_json(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, float):
        # The decimals too: a difference of nothing comes out as 1e-17 here and as 3e-17 there.
        return round(float(f"{value:.{DIGITS}g}"), DIGITS) + 0.0 if isfinite(value) else None
    return value
