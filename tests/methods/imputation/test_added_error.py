import numpy as np
import pytest

from survey.methods.estimates.estimation import mean, total
from survey.methods.imputation.added_error import added_variance
from survey.methods.imputation.filled import fill_by_ratio
from survey.methods.imputation.nearest import fill_from_nearest
from tests.methods.imputation.filled_estimates import filled_mean, filled_total
from tests.methods.made_design import make_design

NAN = np.nan


def test_census_with_mean_filled_in_has_the_error_of_its_respondents() -> None:
    # 4 of 4 firms, 2 answered 2 and 4: N^2 (1 - 2/4) S^2/2 = 16 x 0.5 x 2/2
    design = make_design([1.0] * 4, population=[4.0] * 4)
    filled = fill_by_ratio(np.array([2.0, 4, NAN, NAN]), design.weight, np.zeros(4, np.intp))
    row = filled_total(design, filled)
    assert (row.estimate, row.n) == (12, 2)
    assert row.se == pytest.approx(np.sqrt(8))
    assert filled_mean(design, filled).se == pytest.approx(np.sqrt(8) / 4)


def test_neighbour_that_gives_k_times_in_a_census_adds_k_squared_and_k() -> None:
    # donors with spread 2; the first gives twice, the second once: (4 + 2) x 2 + (1 + 1) x 2
    design = make_design([1.0] * 5, population=[5.0] * 5)
    places = np.array([[1.0], [5.0], [1.1], [1.2], [5.1]])
    filled = fill_from_nearest(np.array([2.0, 4, NAN, NAN, NAN]), np.zeros(5, np.intp), places)
    assert filled.uses.tolist() == [2, 1, 0, 0, 0]
    assert added_variance(design.weight, filled, np.ones(5, bool)) == pytest.approx(16)


def test_nothing_filled_adds_nothing() -> None:
    design = make_design([3.0] * 5, population=[15.0] * 5)
    y = np.array([1.0, 4, 2, 8, 5])
    for filled in (
        fill_by_ratio(y, design.weight, np.zeros(5, np.intp), np.arange(1.0, 6)),
        fill_from_nearest(y, np.zeros(5, np.intp), np.arange(5.0)[:, None]),
    ):
        assert filled_total(design, filled).se == pytest.approx(total(design, y).se)
        assert filled_mean(design, filled).se == pytest.approx(mean(design, y).se)


def test_domain_that_takes_from_donors_outside_has_their_error() -> None:
    design = make_design([1.0] * 4, population=[4.0] * 4)
    filled = fill_from_nearest(np.array([2.0, 4, NAN, NAN]), np.zeros(4, np.intp), np.array([[1.0], [5], [1.1], [5.1]]))
    outside = np.array([False, False, True, True])
    assert added_variance(design.weight, filled, outside) == pytest.approx(8)


@pytest.mark.parametrize("method", ["ratio", "nearest"])
def test_standard_error_is_that_of_repeated_samples_and_answers(method: str) -> None:
    """2,000 samples of 100 from 1,000 firms, of which 60 % answer: the error within 10 % of the true one."""
    rng = np.random.default_rng(11)
    x = rng.lognormal(1, 0.6, 1000)
    y = 3 * x + rng.normal(0, 1, 1000) * np.sqrt(x)
    estimates, variances = [], []
    for _ in range(2000):
        rows = rng.choice(1000, 100, replace=False)
        value = np.where(rng.random(100) < 0.6, y[rows], NAN)
        design = make_design([10.0] * 100, population=[1000.0] * 100)
        klass = np.zeros(100, np.intp)
        filled = (
            fill_by_ratio(value, design.weight, klass, x[rows])
            if method == "ratio"
            else fill_from_nearest(value, klass, x[rows][:, None])
        )
        row = filled_total(design, filled)
        estimates.append(row.estimate)
        variances.append(row.se**2)
    assert np.sqrt(np.mean(variances)) == pytest.approx(np.std(estimates), rel=0.10)
