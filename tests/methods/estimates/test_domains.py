"""Figures of domains: their own degrees of freedom, no error known of a single firm, none at all in a census."""

import numpy as np
import pytest

from survey.methods.calibrated.auxiliaries import auxiliaries
from survey.methods.calibrated.calibration import calibrate
from survey.methods.estimates.domains import census_domains, domain_precision, row_by_domain
from survey.methods.estimates.estimation import Estimate, mean, share, total
from survey.methods.estimates.intervals import IntervalRule, Proportion, proportion_interval
from survey.methods.estimates.linearisation import linear_mean
from survey.methods.estimates.quantiles import quantile
from survey.methods.estimates.statistics import Asked, NumericStatistic, QuantileStatistic, share_of
from survey.methods.estimates.variance import score_df
from survey.methods.extract import Coded, Extract
from survey.methods.tables.quality import DEFAULT
from survey.methods.tables.table import Cell
from survey.methods.tables.table import Statistic as Kind
from tests.methods.tabulating import tabulate

BY_DOMAIN = IntervalRule(by_domain=True)
MEAN, SHARE = NumericStatistic(item="money", name="mean"), share_of("q", ["yes"], ["no", "yes"])


def survey() -> Extract:
    """Strata a (5 of 50), b (5 of 20) and c (4 of 4); domains: c, one firm of a, and 2 + 2 firms of a and b."""
    stratum = np.repeat([0, 1, 2], [5, 5, 4])
    group = np.array([0, 1, 1, -1, -1, 1, 1, -1, -1, -1, 2, 2, 2, 2])
    money = np.arange(1.0, 15) ** 2
    money[2] = np.nan
    return Extract(
        stratum=stratum,
        strata=("a", "b", "c"),
        weight=np.array([10.0, 4, 1])[stratum],
        population=np.array([50.0, 20, 4]),
        items={"q": Coded(np.array([1, 0, 1, 0, 1, 1, 0, 0, 1, 0, 1, 1, 1, 1]), ("no", "yes"))},
        values={"money": money},
        domains={"group": Coded(group, ("one", "few", "census"))},
    )


def rows(statistic: Asked, rule: IntervalRule) -> dict[str, Estimate]:
    return {row.domain_value: row for row in tabulate(survey(), [statistic], ["group"], rule)}


def test_degrees_of_freedom_of_a_domain_count_rows_that_answered() -> None:
    assert {value: row.df_domain for value, row in rows(MEAN, IntervalRule()).items()} == {
        "": 10, "one": 0, "few": 1, "census": 3,
    }  # fmt: skip
    design = survey().design
    few = survey().domains["group"].codes == 1
    assert mean(design, survey().values["money"], few).df_domain == 1


@pytest.mark.parametrize(("value", "code"), [("one", 0), ("few", 1), ("census", 2)])
def test_row_of_units_by_domain_is_that_of_tables(value: str, code: int) -> None:
    table, design, money = rows(MEAN, BY_DOMAIN)[value], survey().design, survey().values["money"]
    inside = (survey().domains["group"].codes == code) & ~np.isnan(money)
    row = row_by_domain(design, mean(design, money, inside), inside)
    for field in ("estimate", "se", "ci_low", "ci_high", "df", "n_eff"):
        assert getattr(row, field) == pytest.approx(getattr(table, field), nan_ok=True), field


def test_interval_by_domain_takes_its_degrees_of_freedom() -> None:
    wide, usual = rows(MEAN, BY_DOMAIN)["few"], rows(MEAN, IntervalRule())["few"]
    assert (wide.df, usual.df) == (1, 11)
    assert wide.se == usual.se
    assert wide.ci_high - wide.estimate == pytest.approx(12.706 * wide.se, rel=1e-4)


def test_single_firm_has_no_error_and_never_the_best_grade() -> None:
    row = rows(MEAN, BY_DOMAIN)["one"]
    assert row.estimate == 1
    assert np.isnan([row.se, row.cv, row.ci_low]).all()
    cell = Cell(n=row.n, estimate=row.estimate, df=row.df)
    assert DEFAULT.grade(cell, Kind.MEAN).mark == "**"


def test_census_has_no_sampling_error_at_any_share() -> None:
    row = rows(SHARE, BY_DOMAIN)["census"]
    assert (row.estimate, row.se, row.ci_low, row.ci_high) == (1, 0, 1, 1)
    median = rows(QuantileStatistic("money"), BY_DOMAIN)["census"]
    assert (median.se, median.ci_low, median.ci_high) == (0, 144, 144)


def test_effective_number_of_answers_never_exceeds_the_answers() -> None:
    for row in rows(SHARE, BY_DOMAIN).values():
        assert 0 < row.n_eff <= row.n


def test_degrees_of_freedom_are_few_where_one_stratum_makes_most_of_the_variance() -> None:
    # f n/(n-1) sum (u - mean u)^2: a 45/50 5/4 100 1.2 = 135, b 15/20 5/4 16 1.2 = 18 (both times the same constant);
    # each with 4 degrees of freedom: (135 + 18)^2 / (135^2/4 + 18^2/4)
    assert rows(SHARE, BY_DOMAIN)[""].df == pytest.approx(153**2 / (135**2 / 4 + 18**2 / 4))


def test_degrees_of_freedom_of_one_score_are_those_of_tables() -> None:
    design, money = survey().design, survey().values["money"]
    linear = linear_mean(design, money)
    assert score_df(design, linear.score, linear.inside) == pytest.approx(rows(MEAN, BY_DOMAIN)[""].df)


def test_n_in_beta_counts_rows_that_answered() -> None:
    design = survey().design
    few = survey().domains["group"].codes == 1
    chosen = np.where(np.arange(14) == 2, np.nan, (survey().items["q"].codes == 1).astype(float))
    row = share(design, chosen, few, interval="beta")
    made = Proportion(*np.array([row.estimate, row.se, row.df, 3.0]).reshape(4, 1))
    assert row.ci_high == proportion_interval(made, "beta")[1][0]


def test_effective_size_of_korn_and_graubard_is_capped_at_the_answers() -> None:
    loose = Proportion(np.array([0.5]), np.array([0.01]), np.array([100.0]), np.array([30.0]))
    capped = Proportion(loose.estimate, loose.se, loose.df, loose.rows, capped=True)
    plain = Proportion(np.array([0.5]), np.array([np.sqrt(0.25 / 30)]), np.array([29.0]), np.array([30.0]))
    assert proportion_interval(capped, "beta")[0] == pytest.approx(proportion_interval(plain, "beta")[0])
    assert proportion_interval(capped, "beta")[0] < proportion_interval(loose, "beta")[0]


def test_census_domains_lie_in_certain_strata_only() -> None:
    inside = np.array([[2, 0, 1], [0, 0, 3], [0, 0, 0]])
    assert census_domains(inside, np.array([False, True, True])).tolist() == [False, True, False]


def test_precision_without_a_design_effect_takes_kish() -> None:
    one = np.ones(1)
    found = domain_precision(0.1 * one, 9 * one, 20, 5 * one, 7 * one, np.nan * one, np.zeros(1, bool))
    assert (found.df[0], found.n_eff[0], found.se[0]) == (5, 7, 0.1)


def test_domain_whose_calibrated_weights_do_not_add_up_has_no_estimate() -> None:
    # two firms of x = 1 and two of x = 2 calibrated to N = 4 and a total of 12: weights -2, -2, 4, 4
    x = np.array([1.0, 1, 2, 2])
    made = calibrate(auxiliaries([], {"x": (x, 12.0)}, 4.0), np.ones(4), "linear")
    assert made.weight == pytest.approx([-2, -2, 4, 4])
    extract = Extract(
        stratum=np.zeros(4, np.intp),
        strata=("a",),
        weight=made.weight,
        items={"q": Coded(np.array([1, 0, 1, 0]), ("no", "yes"))},
        values={"money": np.array([3.0, 5, 4, 6])},
        domains={"x": Coded(np.array([0, 0, 1, 1]), ("low", "high"))},
        calibration=made,
    )
    inside = x == 1
    for statistic in (
        MEAN,
        SHARE,
        QuantileStatistic("money"),
        NumericStatistic(item="money", name="total", total=True),
    ):
        low = next(row for row in tabulate(extract, [statistic]) if row.domain_value == "low")
        assert np.isnan([low.estimate, low.se, low.ci_low]).all()
    for estimator in (mean, total, quantile):
        assert np.isnan(estimator(extract.design, extract.values["money"], domain=inside).estimate)


def test_one_firm_of_a_stratum_taken_whole_is_a_census_and_nobody_is_none() -> None:
    inside = np.array([[1, 0], [0, 1], [0, 0], [1, 1]])
    assert census_domains(inside, np.array([True, False])).tolist() == [True, False, False, False]
