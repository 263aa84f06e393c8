import numpy as np
import pytest

from survey.methods.arrays import Floats, Ints
from survey.methods.errors import EmptyDomain
from survey.methods.extract import Coded
from survey.methods.nonresponse.representativity import Representativity, representativity

# 200 firms of weight 2: 100 small of which 40 responded, 100 large of which 80 did.
SIZE = Coded(np.repeat([0, 1], 100), ("small", "large"))
RESPONDED = np.concatenate([np.arange(100) < 40, np.arange(100) < 80])
WEIGHT = np.full(200, 2.0)


def test_r_is_one_less_twice_the_spread_of_the_propensities() -> None:
    found = representativity({"size": SIZE}, RESPONDED, WEIGHT)
    assert found.response == pytest.approx(0.6, abs=1e-4)
    assert found.r == pytest.approx(1 - 2 * np.sqrt(0.04 * 400 / 399), abs=1e-4)


def test_bias_is_the_error_of_the_propensities_less_that_of_their_mean() -> None:
    found = representativity({"size": SIZE}, RESPONDED, WEIGHT)
    estimation = (0.4 * 0.6 / 100 + 0.8 * 0.2 / 100) / 2
    of_mean = (1 / 200 - 1 / 400) * 0.04 * 200 / 199
    assert found.bias == pytest.approx(estimation - of_mean, rel=1e-3)
    spread = 0.04 * 400 / 399
    assert found.r_adjusted == pytest.approx(1 - 2 * np.sqrt(spread - found.bias), abs=1e-4)
    assert found.largest_bias == pytest.approx(np.sqrt(spread - found.bias) / 0.6, abs=1e-4)


def test_unconditional_part_of_a_category_is_below_zero_where_it_responds_less() -> None:
    (size,) = representativity({"size": SIZE}, RESPONDED, WEIGHT).variables
    assert [row.category for row in size.categories] == ["small", "large"]
    assert [row.unconditional for row in size.categories] == pytest.approx(
        [-np.sqrt(0.5) * 0.2, np.sqrt(0.5) * 0.2], abs=1e-4
    )
    assert [row.propensity for row in size.categories] == pytest.approx([0.4, 0.8], abs=1e-4)


def test_variable_that_only_follows_another_has_no_conditional_part() -> None:
    copy = Coded(SIZE.codes, ("a", "b"))
    flag = Coded(np.tile([0, 1], 100), ("x", "y"))
    found = {
        one.variable: one
        for one in representativity({"size": SIZE, "copy": copy, "flag": flag}, RESPONDED, WEIGHT).variables
    }
    assert found["size"].unconditional > 0.18
    assert found["size"].conditional == pytest.approx(0, abs=1e-6)
    assert found["flag"].unconditional == pytest.approx(0, abs=1e-3)


def test_response_unrelated_to_everything_is_representative() -> None:
    flag = Coded(np.tile([0, 1], 100), ("x", "y"))
    even = np.repeat(np.tile([True, False], 50), 2)
    found = representativity({"flag": flag}, even, WEIGHT)
    assert found.r == pytest.approx(1, abs=1e-6)
    assert found.r_adjusted == 1


def test_everybody_responding_leaves_nothing_to_model() -> None:
    with pytest.raises(EmptyDomain, match="Everybody or nobody"):
        representativity({"size": SIZE}, np.ones(200, bool), WEIGHT)


def test_rows_that_stand_for_firms_alike_give_the_figures_of_the_firms() -> None:
    rng = np.random.default_rng(5)
    size, flag, stratum = rng.integers(0, 2, 400), rng.integers(0, 3, 400), rng.integers(0, 4, 400)
    responded, weight = rng.random(400) < 0.3 + 0.2 * size + 0.1 * flag, np.asarray(1.0 + stratum, np.float64)

    def found(rows: Ints, weights: Floats, firms: Ints | None = None) -> Representativity:
        columns = {"size": Coded(size[rows], ("small", "large")), "flag": Coded(flag[rows], ("x", "y", "z"))}
        return representativity(columns, responded[rows], weights, stratum[rows], firms)

    every = found(np.arange(400), weight)
    alike = np.stack([size, flag, stratum, responded], axis=1)
    _distinct, first, firms = np.unique(alike, axis=0, return_index=True, return_counts=True)
    together = found(first, weight[first] * firms, firms)
    assert len(first) < 60
    assert (together.se, together.cv_se, together.bias) == pytest.approx((every.se, every.cv_se, every.bias), rel=1e-9)
    assert together.r_adjusted == pytest.approx(every.r_adjusted, rel=1e-9)
    for one, other in zip(every.variables, together.variables, strict=True):
        assert (other.unconditional, other.conditional, other.se) == pytest.approx(
            (one.unconditional, one.conditional, one.se), rel=1e-9
        )
        for part, again in zip(one.categories, other.categories, strict=True):
            assert (again.propensity, again.unconditional_se, again.conditional_se) == pytest.approx(
                (part.propensity, part.unconditional_se, part.conditional_se), rel=1e-9
            )
