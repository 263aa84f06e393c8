from dataclasses import replace

import numpy as np
import pytest

from survey.methods.calibrated.auxiliaries import Margin, auxiliaries
from survey.methods.calibrated.calibration import calibrate
from survey.methods.errors import OutOfRange, WrongShape
from survey.methods.estimates.estimation import mean, ratio, total
from survey.methods.replication.bootstrap import (
    BootstrapInterval,
    BootstrapPlan,
)
from survey.methods.replication.replicates import (
    ReplicateDesign,
    counts_drawn,
    replicate_table,
    replicate_weights,
    weights_from_counts,
)
from tests.methods.made_design import make_design
from tests.methods.replication.drawn import bootstrap, bootstrap_mean

STRATUM = np.array([0, 0, 0, 1, 1, 2, 2, 3])
POPULATION = np.array([12.0, 8.0, 2.0, 1.0])
WEIGHT = np.array([4.0] * 3 + [4.0] * 2 + [1.0] * 3)
SMALL = ReplicateDesign(stratum=STRATUM, population=POPULATION, weight=WEIGHT)


def test_weight_moves_by_the_root_of_what_is_left_out() -> None:
    counts = np.array([[2.0, 0, 0, 1, 0, 1, 0, 1]])
    a, b = np.sqrt(0.75), np.sqrt(0.75)
    assert weights_from_counts(SMALL, counts)[0] == pytest.approx(
        [4 * (1 + 2 * a), 4 * (1 - a), 4 * (1 - a), 4 * (1 + b), 4 * (1 - b), 1, 1, 1]
    )


def test_take_all_and_lonely_strata_keep_their_weights_and_none_falls_below_zero() -> None:
    weights = replicate_weights(SMALL, 200, np.random.default_rng(1))
    assert (weights[:, 5:] == 1).all()
    assert weights.min() >= 0
    assert weights[:, :3].sum(axis=1) == pytest.approx(np.full(200, 12.0))


def test_counts_add_up_to_one_less_than_the_units_of_a_stratum() -> None:
    counts = counts_drawn(SMALL, 50, np.random.default_rng(2))
    assert set(counts[:, :3].sum(axis=1)) == {2.0}


def test_same_generator_gives_the_same_replicates() -> None:
    first, second = (replicate_weights(SMALL, 5, np.random.default_rng(9)) for _ in range(2))
    assert (first == second).all()


def skew(seed: int = 5) -> tuple[ReplicateDesign, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    stratum = np.repeat(np.arange(4), 30)
    population = np.array([300.0, 120, 60, 30])
    return (
        ReplicateDesign(stratum=stratum, population=population, weight=(population / 30)[stratum]),
        rng.lognormal(2, 1, 120),
        rng.lognormal(2, 0.5, 120),
    )


def test_variance_of_replicates_is_that_of_the_design() -> None:
    design, y, x = skew()
    units = make_design(design.weight, stratum=design.stratum.tolist(), population=design.population[design.stratum])  # type: ignore[index]
    plan = BootstrapPlan(replicates=4000)
    for made, row in (
        (bootstrap(design, y, np.random.default_rng(3), plan=plan), total(units, y)),
        (bootstrap_mean(design, y, np.random.default_rng(3), plan=plan), mean(units, y)),
        (bootstrap(design, y, np.random.default_rng(3), x, plan=plan), ratio(units, y, x)),
    ):
        assert made.estimate == pytest.approx(row.estimate)
        assert made.se == pytest.approx(row.se, rel=0.05)
        assert made.n == row.n


def test_studentised_interval_reaches_further_up_for_skew_money() -> None:
    design, y, _ = skew()
    made = bootstrap_mean(design, y, np.random.default_rng(4), design.stratum == 0)
    assert made.ci_high - made.estimate > made.estimate - made.ci_low


def test_percentile_interval_holds_its_quantiles() -> None:
    design, y, _ = skew()
    plan = BootstrapPlan(interval=BootstrapInterval.PERCENTILE)
    made = bootstrap(design, y, np.random.default_rng(4), plan=plan)
    assert made.ci_low < made.estimate < made.ci_high
    assert made.ci_high - made.ci_low == pytest.approx(2 * 1.96 * made.se, rel=0.1)


def test_census_has_no_limits_to_read() -> None:
    census = ReplicateDesign(stratum=np.zeros(5, np.intp), population=np.array([5.0]), weight=np.ones(5))
    made = bootstrap_mean(census, np.arange(5.0), np.random.default_rng(1))
    assert (made.estimate, made.se) == (2, 0)
    assert np.isnan(made.ci_low)


def test_domain_without_an_answer_has_no_estimate() -> None:
    design, y, _ = skew()
    made = bootstrap_mean(design, y, np.random.default_rng(1), np.zeros(120, bool))
    assert np.isnan([made.estimate, made.ci_low, made.ci_high]).all()
    assert (made.n, made.usable) == (0, 0)


def test_calibrated_replicates_meet_the_totals_again() -> None:
    design, y, _ = skew()
    groups = np.where(np.arange(120) % 2 == 0, "even", "odd")
    margins = auxiliaries([Margin(name="group", values=groups.tolist(), targets={"even": 280.0, "odd": 230.0})])
    made = calibrate(margins, design.weight, "raking")
    calibrated = ReplicateDesign(
        stratum=design.stratum, population=design.population, weight=design.weight, calibration=made
    )
    weights = replicate_weights(calibrated, 20, np.random.default_rng(6))
    assert weights[:, groups == "even"].sum(axis=1) == pytest.approx(np.full(20, 280.0))
    units = make_design(design.weight, design.stratum.tolist(), design.population[design.stratum], calibration=made)  # type: ignore[index]
    found = bootstrap_mean(calibrated, y, np.random.default_rng(7), plan=BootstrapPlan(replicates=400))
    assert found.estimate == pytest.approx(mean(units, y).estimate)
    assert found.se == pytest.approx(mean(units, y).se, rel=0.15)


def test_replicates_are_exported_with_declared_columns() -> None:
    weights = replicate_weights(SMALL, 3, np.random.default_rng(1))
    table = replicate_table(SMALL, list("abcdefgh"), ["h0", "h1", "h2", "h3"], weights)
    assert list(table.columns) == ["unit", "stratum", "weight", "replicate_1", "replicate_2", "replicate_3"]
    assert table["stratum"].tolist()[:4] == ["h0", "h0", "h0", "h1"]
    assert table["replicate_2"].tolist() == weights[1].tolist()


def test_wrong_number_of_keys_is_refused() -> None:
    with pytest.raises(WrongShape):
        replicate_table(SMALL, ["a"], ["h0"], np.ones((2, 8)))


def test_too_few_replicates_are_refused() -> None:
    with pytest.raises(OutOfRange):
        BootstrapPlan(replicates=10)
    with pytest.raises(OutOfRange):
        counts_drawn(SMALL, 0, np.random.default_rng(1))


def test_replicates_calibrated_at_once_are_those_of_the_linear_method() -> None:
    design, _y, x = skew()
    sizes = {"a": 260.0, "b": 250.0}
    margin = Margin(name="half", values=np.where(np.arange(120) % 2, "a", "b").tolist(), targets=sizes)
    made = calibrate(auxiliaries([margin], {"x": (x, 1.02 * float(design.weight @ x))}, 510.0), design.weight, "linear")
    calibrated = replace(design, calibration=made)
    counts = counts_drawn(design, 20, np.random.default_rng(4))
    single, together = (weights_from_counts(calibrated, counts, at_once=quick) for quick in (False, True))
    assert together == pytest.approx(single, rel=1e-9)
    assert together @ x == pytest.approx(np.full(20, 1.02 * float(design.weight @ x)))
