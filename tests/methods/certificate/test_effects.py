"""What each firm adds to a figure, by hand: four firms of which the last is out of scope."""

import numpy as np

from survey.methods.certificate.effects import effects_of
from survey.methods.estimates.statistics import NumericStatistic, QuantileStatistic, count, share_of
from survey.methods.extract import Coded, Extract

FIRMS = Extract(
    stratum=np.zeros(4, int),
    strata=("all",),
    weight=np.array([2.0, 3, 5, 7]),
    items={"q": Coded(np.array([0, 1, -1, 0]), ("yes", "no"))},
    values={"sales": np.array([10.0, np.nan, 30, 40]), "staff": np.array([1.0, 2, 3, 4])},
    respondents=3,
)


def _added(asked: object) -> tuple[list[float], list[float] | None, list[bool]]:
    found = effects_of(FIRMS, asked)  # type: ignore[arg-type]
    assert found is not None
    return found.above.tolist(), None if found.below is None else found.below.tolist(), found.counts.tolist()


def test_share_rests_on_the_firms_of_its_base() -> None:
    base = [True, True, False, False]
    assert _added(share_of("q", ["yes"], ["yes", "no"])) == ([2, 0, 0, 0], [2, 3, 0, 0], base)
    assert _added(count("q", ["no"], ["yes", "no"])) == ([0, 3, 0, 0], None, base)


def test_mean_ratio_and_total_rest_on_the_firms_that_gave_every_amount() -> None:
    gave = [True, False, True, False]
    assert _added(NumericStatistic(item="sales", name="mean")) == ([20, 0, 150, 0], [2, 0, 5, 0], gave)
    ratio = NumericStatistic(item="staff", name="ratio", denominator="sales")
    assert _added(ratio) == ([2, 0, 15, 0], [20, 0, 150, 0], gave)
    assert _added(NumericStatistic(item="sales", name="total", total=True)) == ([20, 0, 150, 0], None, gave)


def test_median_is_no_ratio_of_sums() -> None:
    assert effects_of(FIRMS, QuantileStatistic("sales")) is None
