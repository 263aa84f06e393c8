import numpy as np
import pytest

from survey.methods.certificate.amount_order import means_around, reaching
from survey.methods.clearing.medians import mean_around
from survey.methods.estimates.quantiles import distribution, smallest_reaching

RNG = np.random.default_rng(4)
VALUES = np.round(RNG.normal(0, 3, (5, 60)))
VALUES[:, ::9] = np.nan
PLACE, WEIGHT = RNG.integers(-1, 3, 60), RNG.uniform(0.5, 4, 60)
ORDER = np.argsort(VALUES, axis=1, kind="stable")


def inside(w: int, d: int) -> np.ndarray:
    """The rows of a domain that have a value, in the order of these."""
    return np.array([row for row in ORDER[w] if PLACE[row] == d and not np.isnan(VALUES[w, row])])


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 0.9, 1.0, 1.2])
def test_a_share_is_reached_where_the_distribution_of_the_domain_reaches_it(share: float) -> None:
    found = reaching(VALUES, ORDER, PLACE, WEIGHT, np.full((5, 3), share))
    for w, d in np.ndindex(5, 3):
        rows = inside(w, d)
        assert found[w, d] == smallest_reaching(*distribution(VALUES[w, rows], WEIGHT[rows]), share)


def test_nothing_is_reached_in_a_domain_without_values() -> None:
    nobody = np.full((1, 60), np.nan)
    assert np.isnan(reaching(nobody, ORDER[:1], PLACE, WEIGHT, np.full((1, 3), 0.5))).all()


@pytest.mark.parametrize("unit", [np.arange(60), np.arange(60) // 4, np.zeros(60, int)])
def test_mean_is_that_of_five_units_about_a_value(unit: np.ndarray) -> None:
    at = RNG.normal(0, 3, (2, 5, 3))
    at[1, 0, 0] = np.nan
    found = means_around(VALUES, ORDER, PLACE, unit, at)
    assert np.isnan(found[1, 0, 0])
    for end, w, d in np.ndindex(2, 5, 3):
        if not np.isnan(at[end, w, d]):
            rows = inside(w, d)
            assert found[end, w, d] == pytest.approx(mean_around(VALUES[w, rows], float(at[end, w, d]), unit[rows]))
