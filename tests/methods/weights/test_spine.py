"""From fieldwork to weights, worked by hand."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from survey.methods.calibrated.to_frame import CalibrationPlan
from survey.methods.comparison.joint import joint_estimates
from survey.methods.errors import EmptyDomain, EmptyStratum, UnknownColumn
from survey.methods.estimates.estimation import count, mean, total
from survey.methods.estimates.statistics import NumericStatistic, share_of
from survey.methods.extract import Coded
from survey.methods.weights.eligibility import EligibilityChoice
from survey.methods.weights.fieldwork import FrameTotals
from survey.methods.weights.final import Weights
from survey.methods.weights.plan import WeightingPlan
from survey.methods.weights.spine import weigh_as
from survey.weighting_terms import EligibilityRule, Nonresponse
from tests.methods.made_design import make_design
from tests.methods.tabulating import tabulate
from tests.methods.weights.fieldworks import fieldwork

UNCALIBRATED = WeightingPlan(calibration=None)


def values(weights: Weights, answers: Sequence[float]) -> np.ndarray:
    return np.append(np.array(answers, float), np.full(len(weights.rows) - weights.respondents, np.nan))


def test_respondents_answer_for_the_eligible_of_their_stratum() -> None:
    weights = weigh_as(fieldwork({"A1": "RRn", "B1": "RRxn"}, {"A1": 2, "B1": 3}), UNCALIBRATED)
    assert weights.weight.tolist() == [3, 3, 4.5, 4.5, 3]
    assert weights.strata == ("A1", "B1", "B1 (out of scope)")
    assert weights.population.tolist() == [6, 9, 3]


def test_certainty_firms_keep_weight_1_beside_a_stratum_that_is_merged() -> None:
    weights = weigh_as(fieldwork({"A3": "R", "B3": "Rnn", "D3": "RRn"}, {"A3": 1, "B3": 5, "D3": 5}), UNCALIBRATED)
    assert weights.weight.tolist() == [1, 10, 10, 10]
    assert weights.closed == ("A3",)
    assert [(one.code, one.into) for one in weights.merges] == [("B3", "D3")]


def test_firms_that_stand_for_a_little_more_than_themselves_take_in_a_neighbour() -> None:
    weights = weigh_as(fieldwork({"A3": "RR", "B3": "Rnn", "D3": "RRn"}, {"A3": 1.5, "B3": 5, "D3": 5}), UNCALIBRATED)
    assert weights.closed == ()
    assert [(one.code, one.into) for one in weights.merges] == [("B3", "A3")]


def test_class_of_firms_with_different_labels_bears_its_number() -> None:
    firms = fieldwork({"A1": "RRn", "B1": "RRn"}, {"A1": 2, "B1": 2})
    mixed = replace(firms, categories={"size": Coded(np.array([0, 0, 0, 0, 0, 1]), ("small", "micro"))})
    assert [one.label for one in weigh_as(firms, UNCALIBRATED).eligibility.classes] == ["1"]
    assert [one.label for one in weigh_as(mixed, UNCALIBRATED).eligibility.classes] == ["size 0"]


FEW_AND_MANY = fieldwork({"A1": "Rn", "B1": "RRRRRRRR"}, {"A1": 9, "B1": 2}, frame=True)


def test_stratum_of_few_answers_is_weighted_with_its_neighbour() -> None:
    """18 and 16 firms over answers of 9 and 16: a factor of 1.36."""
    weights = weigh_as(FEW_AND_MANY, replace(UNCALIBRATED, least_respondents=3))
    np.testing.assert_allclose(weights.weight, [12.24, *[2.72] * 8], rtol=1e-12)
    assert weights.trimming is None


def test_fewer_answers_in_all_than_a_stratum_is_to_have_are_weighed_together() -> None:
    weights = weigh_as(FEW_AND_MANY, replace(UNCALIBRATED, least_respondents=10))
    np.testing.assert_allclose(weights.weight, [12.24, *[2.72] * 8], rtol=1e-12)


def test_weight_above_the_limit_is_shared_by_the_others_of_the_merged_stratum() -> None:
    """The mean is 34/9, so that no answer counts more than 68/9; the other eight share what is left of 34."""
    limited = replace(UNCALIBRATED, least_respondents=3, largest_weight=2.0)
    weights = weigh_as(FEW_AND_MANY, limited)
    np.testing.assert_allclose(weights.weight, [68 / 9, *[238 / 72] * 8], rtol=1e-12)
    assert weights.population.tolist() == [34]
    assert weights.trimming is not None
    assert (weights.trimming.cut, weights.trimming.above) == (1, 0)
    assert weights.trimming.moved == pytest.approx((12.24 - 68 / 9) / 34)


def test_stratum_of_a_large_factor_is_merged_by_the_limit_of_a_plan() -> None:
    """Factors are 4 and 1, and 1.6 together."""
    field = fieldwork({"A1": "RRnnnnnn", "B1": "RRRRRRRR"}, {"A1": 2, "B1": 2})
    factors = [
        [one.factor for one in weigh_as(field, replace(UNCALIBRATED, largest_factor=times)).classes]
        for times in (None, 2.6, 2.4)
    ]
    assert factors == [[4.0, 1.0], [4.0, 1.0], [1.6]]


TWO_SIZES = fieldwork({"A1": "RRRRR", "A2": "RRRRR"}, {"A1": 6, "A2": 2})


def test_calibration_brings_no_weight_above_the_limit() -> None:
    """The frame has 50 firms, which is 7.5 and 2.5 for an answer; of the mean 4 the limit is 6.4, with 3.6 left."""
    field = replace(TWO_SIZES, frame=FrameTotals(counts={"industry": {"A": 50.0}}))
    free, limited = (weigh_as(field, WeightingPlan(largest_weight=times)) for times in (None, 1.6))
    assert free.weight.tolist() == pytest.approx([7.5] * 5 + [2.5] * 5)
    assert limited.weight.tolist() == pytest.approx([6.4] * 5 + [3.6] * 5)
    assert limited.trimming is not None
    assert (limited.trimming.cut, limited.trimming.above) == (0, 0)


def test_weights_are_above_the_limit_where_the_frame_could_not_be_met_otherwise() -> None:
    """38 of the first size are 7.6 for each of its answers."""
    field = replace(TWO_SIZES, frame=FrameTotals(counts={"size": {"1": 38.0, "2": 12.0}}))
    weights = weigh_as(field, WeightingPlan(largest_weight=1.6))
    assert weights.weight.tolist() == pytest.approx([7.6] * 5 + [2.4] * 5)
    assert weights.trimming is not None
    assert (weights.trimming.cut, weights.trimming.above) == (0, 5)


def test_factor_above_three_is_reported() -> None:
    weights = weigh_as(fieldwork({"A1": "RRnnnnnn", "B1": "RRn"}, {"A1": 2, "B1": 2}), UNCALIBRATED)
    assert [(one.code, one.factor, one.members) for one in weights.notable] == [("A1", 4.0, ("A1",))]


def test_factor_of_three_itself_is_not_reported() -> None:
    weights = weigh_as(fieldwork({"A1": "RRnnnn", "B1": "RRn"}, {"A1": 2, "B1": 2}), UNCALIBRATED)
    assert ([one.factor for one in weights.classes], weights.notable) == ([3.0, 1.5], ())


def test_class_counts_its_eligible_firms_and_those_that_answered() -> None:
    """The firm out of scope counts in neither."""
    (one,) = weigh_as(fieldwork({"A1": "RRnx"}, {"A1": 2}), UNCALIBRATED).classes
    assert (one.eligible, one.respondents, one.weight_eligible, one.weight_responding) == (3, 2, 6.0, 4.0)


def test_response_model_with_a_variable_that_the_frame_lacks_is_refused() -> None:
    plan = WeightingPlan(calibration=None, nonresponse=Nonresponse.PROPENSITY, propensity=("size", "colour"))
    with pytest.raises(UnknownColumn, match="no variable 'colour' for the response model"):
        weigh_as(fieldwork({"A1": "RRn", "B2": "RRn"}, {"A1": 2, "B2": 2}), plan)


def test_full_response_has_the_variance_of_a_domain_with_zeros_outside() -> None:
    weights = weigh_as(fieldwork({"A1": "RRRxx", "B1": "RRx"}, {"A1": 4, "B1": 2}), UNCALIBRATED)
    rows = make_design([4.0] * 5 + [2.0] * 3, stratum=list("aaaaabbb"), population=[20.0] * 5 + [6.0] * 3)
    inside = np.array([1, 1, 1, 0, 0, 1, 1, 0], bool)
    for estimator, answers in ((total, [5, 1, 9, 4, 8]), (mean, [5, 1, 9, 4, 8]), (count, [1.0, 0, 1, 1, 0])):
        y = np.full(8, np.nan)
        y[inside] = answers
        mine, reference = estimator(weights.design, values(weights, answers)), estimator(rows, y)
        assert mine.estimate == pytest.approx(reference.estimate, rel=1e-14)
        assert mine.se == pytest.approx(reference.se, rel=1e-13)
        assert (mine.df, mine.n) == (reference.df, reference.n)


def test_number_of_eligible_firms_rests_on_all_firms_of_known_outcome() -> None:
    # 10 firms of weight 10: 4 responded, 4 refused, 2 closed. N = 80, V = 100^2 (1 - 10/100) 0.8 x 0.2 / 9
    weights = weigh_as(fieldwork({"A1": "RRRRnnnnxx"}, {"A1": 10}), UNCALIBRATED)
    found = count(weights.design, values(weights, [1, 1, 1, 1]))
    assert found.estimate == 80
    assert found.se == pytest.approx(np.sqrt(100**2 * 0.9 * 0.16 / 9))


def test_nobody_out_of_scope_gives_the_ordinary_design() -> None:
    weights = weigh_as(fieldwork({"A1": "RRRn"}, {"A1": 5}), UNCALIBRATED)
    assert weights.phases is None
    assert weights.population.tolist() == [20]


def test_unknown_firms_count_by_e_and_the_rest_stays_as_a_row_of_zero() -> None:
    plan = WeightingPlan(calibration=None, eligibility=EligibilityChoice(least_resolved=1))
    weights = weigh_as(fieldwork({"A1": "RRRxu"}, {"A1": 4}), plan)
    assert weights.eligibility.classes[0].e == 0.75
    assert weights.weight.tolist() == [5, 5, 5, 4, 1]
    assert weights.weight.sum() == 20
    # the split rests on the four resolved firms: 20^2 (1 - 4/20) 0.75 x 0.25 / 3
    assert count(weights.design, values(weights, [1, 1, 1])).se == pytest.approx(np.sqrt(400 * 0.8 * 0.1875 / 3))


def test_error_of_e_from_a_follow_up_counts() -> None:
    rule = EligibilityChoice(rule=EligibilityRule.FOLLOW_UP, least_resolved=1)
    outcomes = {"A1": "RRRR" + "nnxx" + "uuuu"}
    followed = np.isin(np.arange(12), [4, 5, 6, 7])
    weights = weigh_as(
        fieldwork(outcomes, {"A1": 5}, followed_up=followed), WeightingPlan(calibration=None, eligibility=rule)
    )
    found = count(weights.design, values(weights, [1, 1, 1, 1]))
    # in scope 5 x (6 + 4/2) = 40 of 60; e = 1/2 with variance 1/4 (1/3 + 1/4) on 20 unknown firms
    first = 60**2 * (1 - 12 / 60) * (2 / 3) * (1 / 3) / 11
    assert found.estimate == pytest.approx(40)
    assert found.se == pytest.approx(np.sqrt(first + 20**2 * 0.25 * (1 / 3 + 1 / 4)))


def test_weights_add_up_to_the_frame_whatever_the_outcomes() -> None:
    outcomes = {"A1": "RRnxu", "A2": "Rnnxu", "B1": "RRRuu", "B2": "RRRRR"}
    field = fieldwork(outcomes, {"A1": 3, "A2": 2, "B1": 7, "B2": 1})
    for nonresponse in Nonresponse:
        weights = weigh_as(field, WeightingPlan(calibration=None, nonresponse=nonresponse))
        assert weights.weight.sum() == pytest.approx(field.design_weight.sum())
        assert weights.weight[weights.in_scope].sum() == pytest.approx(
            float(field.design_weight @ weights.eligibility.share)
        )


def test_fewer_than_two_answers_are_refused() -> None:
    with pytest.raises(EmptyDomain, match="Fewer than two"):
        weigh_as(fieldwork({"A1": "Rn"}, {"A1": 2}))


def test_calibration_brings_the_frame_back_exactly() -> None:
    employees = np.array([5.0, 9, 7, 12, 6, 30, 80, 55, 60, 41, 7, 8, 9, 10, 11, 33, 44, 55, 70, 48])
    outcomes = {"A1": "RRRnx", "A2": "RRRRn", "B1": "RRRRu", "B2": "RRRRR"}
    field = fieldwork(
        outcomes, {"A1": 6, "A2": 2, "B1": 5, "B2": 1}, frame=True, employees=employees, employees_total=1260.0
    )
    weights = weigh_as(field, WeightingPlan(calibration=CalibrationPlan(least_units=2)))
    assert weights.report is not None
    assert weights.report.problem is None
    for row in weights.report.frame:
        assert row.after == pytest.approx(row.frame, rel=1e-9)
    assert weights.weight[weights.rows >= 15].tolist() == [1] * 5
    assert weights.calibration is not None
    factors = weights.calibration.g
    assert (weights.report.smallest, weights.report.largest) == (factors.min(), factors.max())
    assert 0.3 <= factors.min() < 1 < factors.max() <= 3


def test_no_firm_weighs_less_than_itself_after_calibration() -> None:
    employees = np.array([1.0, 1, 1, 9, 9, 20, 5, 5, 5, 5])
    field = fieldwork(
        {"A1": "RRRRRR", "A2": "RRRR"}, {"A1": 1.2, "A2": 4}, frame=True, employees=employees, employees_total=122.4
    )
    weights = weigh_as(field, WeightingPlan(calibration=CalibrationPlan(least_units=2)))
    assert weights.report is not None
    assert (weights.report.problem, weights.report.below_one) == (None, 0)
    assert weights.weight.min() == pytest.approx(1, abs=1e-5)
    assert weights.weight @ employees == pytest.approx(122.4)


@pytest.mark.parametrize("scope", ["", "x"])
def test_single_firm_beside_take_all_strata_is_measured_from_the_mean_of_all(scope: str) -> None:
    weights = weigh_as(fieldwork({"A1": f"Rnn{scope}", "A2": "RRRR"}, {"A1": 10, "A2": 1}))
    assert weights.weight[:5].tolist() == [30, 1, 1, 1, 1]
    row = mean(weights.design, values(weights, [8.0, 2, 2, 2, 2]))
    score = 30 * (8 - row.estimate) / 34
    assert row.se >= np.sqrt(1 - 1 / 30) * score * (1 - 1e-9)


def test_only_firms_that_stand_for_themselves_give_no_weights() -> None:
    field = fieldwork({"A1": "nnn", "A2": "RRRR"}, {"A1": 10, "A2": 1})
    assert not field.can_be_weighed
    with pytest.raises(EmptyStratum):
        weigh_as(field)
    assert fieldwork({"A1": "xxx", "A2": "RRRR"}, {"A1": 10, "A2": 1}).can_be_weighed
    assert fieldwork({"A1": "Rnn", "A2": "RRRR"}, {"A1": 10, "A2": 1}).can_be_weighed
    assert not fieldwork({"A1": "Rnn"}, {"A1": 10}).can_be_weighed


def test_calibration_that_cannot_be_made_leaves_the_weights_and_says_why() -> None:
    employees = np.array([5.0, 9, 7, 12, 6, 30, 80])
    field = fieldwork(
        {"A1": "RRRR", "B1": "RRR"}, {"A1": 6, "B1": 2}, frame=True, employees=employees, employees_total=1e6
    )
    weights = weigh_as(field)
    assert weights.report is not None
    assert weights.report.problem is not None
    assert weights.report.problem.code == "not_converged"
    assert weights.weight.tolist() == [6] * 4 + [2] * 3


@pytest.mark.parametrize("calibrated", [False, True])
def test_tables_and_joint_estimates_have_the_error_of_the_units(calibrated: bool) -> None:
    outcomes = {"A1": "RRRRxun" * 3, "A2": "RRnxu" * 3, "B1": "RRRRu" * 3, "B2": "RRRRR"}
    field = fieldwork(outcomes, {"A1": 6, "A2": 2, "B1": 5, "B2": 1}, frame=calibrated)
    weights = weigh_as(field, WeightingPlan())
    assert (weights.calibration is not None) is calibrated
    answers = np.arange(weights.respondents) % 3
    money = np.arange(weights.respondents) * 1.5
    extract = weights.extract(
        {"q": Coded(answers, ("0", "1", "2"))},
        {"money": money},  # type: ignore[dict-item]
        {"industry": field.categories["industry"]},
    )
    design, inside = extract.design, np.append(field.categories["industry"].codes[field.respondents] == 0, np.zeros(99))
    domain = inside[: design.rows].astype(bool)
    rows = {
        (row.statistic, row.domain_value): row
        for row in tabulate(
            extract, [share_of("q", ["1"], ["0", "1", "2"]), NumericStatistic(item="money", name="total", total=True)]
        )
    }
    chosen = np.where(design.rows and np.arange(design.rows) < weights.respondents, 0.0, np.nan)
    chosen[: weights.respondents] = answers == 1
    for value, where in (("", None), ("A", domain)):
        units = mean(design, chosen, where), total(design, values(weights, money.tolist()), where)
        for name, unit in zip(("share", "total"), units, strict=True):
            row = rows[name, value]
            assert (row.estimate, row.se) == pytest.approx((unit.estimate, unit.se), rel=1e-9)
            assert row.df == unit.df
    joint = joint_estimates(extract, [share_of("q", ["1"], ["0", "1", "2"]), share_of("q", ["2"], ["0", "1", "2"])])
    assert np.sqrt(joint.covariance[0, 0]) == pytest.approx(rows["share", ""].se, rel=1e-9)
