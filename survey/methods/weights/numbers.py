"""Numeric answers as a plan wants them: gaps filled, large values weighed down, with the account of both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Bools, Floats, followed
from survey.methods.errors import UnknownColumn
from survey.methods.extract import Coded
from survey.methods.imputation.filled import Filled, among_all_rows
from survey.methods.imputation.filling import fill
from survey.methods.outliers.winsorising import Effect, Winsorised, winsorise
from survey.methods.weights.fieldwork import Fieldwork
from survey.methods.weights.final import Weights
from survey.methods.weights.plan import WeightingPlan


@dataclass(frozen=True, eq=False, kw_only=True)
class PreparedNumber:
    """An item of the r rows of the design: its `value` for estimators (nan = none), what was `filled` (what this adds
    to a variance is in `imputation.added_error`), what was cut, and the `effect` of the cut on all firms."""

    value: Floats
    filled: Filled | None = None
    winsorised: Winsorised | None = None
    effect: Effect | None = None


def prepared_numbers(
    fieldwork: Fieldwork,
    weights: Weights,
    plan: WeightingPlan,
    values: Mapping[str, Floats],
    key: Sequence[str] | None = None,
    asked: Mapping[str, Bools] | None = None,
) -> dict[str, PreparedNumber]:
    """The numeric answers of the respondents (n,) as the plan says; items that it does not name stay as they are.

    `key` (n,) are credit codes, by which donors are served; `asked` by item (n,) the firms whose gap is filled, all
    where an item has no entry: others stay without a value. Gaps are filled from what was reported, and large values
    weighed down afterwards, filled ones included. Raises `UnknownColumn` for an item that the answers lack.
    """
    lacking = [item for item in (*plan.filling, *plan.winsorised) if item not in values]
    if lacking:
        raise UnknownColumn(lacking[0], f"There is no numeric item '{lacking[0]}' to fill or to weigh down.")
    wanted = asked or {}
    return {
        item: _prepared(item, value, fieldwork, weights, plan, key, wanted.get(item)) for item, value in values.items()
    }


def _prepared(
    item: str,
    value: Floats,
    fieldwork: Fieldwork,
    weights: Weights,
    plan: WeightingPlan,
    key: Sequence[str] | None,
    asked: Bools | None,
) -> PreparedNumber:
    filled = _filled(item, value, fieldwork, weights, plan, key, asked)
    given = followed(value if filled is None else filled.value, np.nan, len(weights.rows) - weights.respondents)
    if item not in plan.winsorised:
        return PreparedNumber(value=given, filled=filled)
    # Filled values are cut like reported ones: a donor's large value counts as often as it was given.
    design = weights.design
    cut = winsorise(design, given, limit=plan.winsorised[item])
    return PreparedNumber(value=cut.value, filled=filled, winsorised=cut, effect=cut.effect(design, given))


def _filled(
    item: str,
    value: Floats,
    fieldwork: Fieldwork,
    weights: Weights,
    plan: WeightingPlan,
    key: Sequence[str] | None,
    asked: Bools | None,
) -> Filled | None:
    gaps = np.isnan(value)
    wanted = gaps if asked is None else gaps & asked
    # With gaps only there is no donor and no ratio to fill from.
    if item not in plan.filling or not wanted.any() or gaps.all():
        return None
    # Donors are all who reported, receivers those who were asked; firms off the route are neither.
    inside = np.flatnonzero(wanted | ~gaps)
    rows = fieldwork.respondents[inside]
    categories = {name: Coded(one.codes[rows], one.labels) for name, one in fieldwork.categories.items()}
    numbers = {name: one[rows] for name, one in fieldwork.numbers.items()}
    codes = None if key is None else [key[k] for k in inside.tolist()]
    weight = weights.weight[: weights.respondents][inside]
    return among_all_rows(
        fill(plan.filling[item], value[inside], weight, categories, numbers, codes), inside, len(value)
    )
