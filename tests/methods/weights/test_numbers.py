import numpy as np
import pytest

from survey.methods.errors import UnknownColumn
from survey.methods.estimates.estimation import total
from survey.methods.imputation.filling import FillingPlan
from survey.methods.weights.numbers import prepared_numbers
from survey.methods.weights.plan import WeightingPlan
from survey.methods.weights.spine import weigh_as
from survey.weighting_terms import FillingRule
from tests.methods.replication.drawn import bootstrap
from tests.methods.weights.fieldworks import fieldwork

EMPLOYEES = np.array([1.0, 2, 3, 4, 9, 8, 7, 6])
FIELD = fieldwork({"A1": "RRRn", "B1": "RRRx"}, {"A1": 5, "B1": 5}, employees=EMPLOYEES)
MONEY = np.array([10.0, np.nan, 30, 90, 800, np.nan])


def plan(**changes: object) -> WeightingPlan:
    return WeightingPlan(**{"calibration": None, **changes})  # type: ignore[arg-type]


def test_item_that_the_plan_does_not_name_stays_as_it_is() -> None:
    weights = weigh_as(FIELD, plan())
    (made,) = prepared_numbers(FIELD, weights, plan(), {"money": MONEY}).values()
    np.testing.assert_array_equal(made.value, np.append(MONEY, np.nan))
    assert made.filled is made.winsorised is None  # type: ignore[comparison-overlap]


def test_gaps_are_filled_within_classes_and_flagged() -> None:
    chosen = plan(filling={"money": FillingPlan(classes=("industry",), variables=("employees",), least_donors=2)})
    weights = weigh_as(FIELD, chosen)
    made = prepared_numbers(FIELD, weights, chosen, {"money": MONEY})["money"]
    assert made.value[[1, 5]].tolist() == [30, 800]
    assert made.filled is not None
    assert made.filled.filled.tolist() == [False, True, False, False, False, True]
    assert np.isnan(made.value[6])


def test_large_values_are_cut_after_filling_with_the_effect_beside() -> None:
    chosen = plan(filling={"money": FillingPlan(method=FillingRule.RATIO)}, winsorised={"money": 100.0})
    weights = weigh_as(FIELD, chosen)
    made = prepared_numbers(FIELD, weights, chosen, {"money": MONEY})["money"]
    assert made.winsorised is not None
    assert np.flatnonzero(made.winsorised.cut).tolist() == [1, 4, 5]
    assert made.effect is not None
    assert made.effect.cut == 3
    before = np.where(np.isnan(MONEY), np.average(MONEY[[0, 2, 3, 4]], weights=weights.weight[[0, 2, 3, 4]]), MONEY)
    after = total(weights.design, made.value).estimate
    assert made.effect.total == pytest.approx(after - float(weights.weight[:6] @ before))


def test_plan_for_an_item_that_is_not_there_is_refused() -> None:
    chosen = plan(winsorised={"cost": None})
    with pytest.raises(UnknownColumn, match="cost"):
        prepared_numbers(FIELD, weigh_as(FIELD, chosen), chosen, {"money": MONEY})


def test_replicates_carry_the_firms_out_of_scope() -> None:
    weights = weigh_as(FIELD, plan())
    design = weights.replicate_design
    assert design.units.tolist() == [3, 4]
    one = np.append(np.ones(6), np.nan)
    made = bootstrap(design, one, np.random.default_rng(1))
    assert made.estimate == pytest.approx(35)
    assert made.se > 0
