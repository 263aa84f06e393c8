"""When a target will be met at the pace of late."""

import numpy as np
import pytest

from survey.methods.active.forecast import Forecast, forecast
from survey.methods.errors import OutOfRange


def test_pace_is_that_of_the_last_week() -> None:
    found = forecast([100, 100, 0, 0, 0, 7, 7, 7, 7], 28)
    assert found.pace == 4.0
    assert found.days == pytest.approx(7.0, abs=0.3)


def test_nothing_missing_needs_no_day_and_silence_has_none() -> None:
    assert forecast([3], 0) == Forecast(missing=0, pace=3, days=0, earliest=0, latest=0)
    for days in ([0, 0], []):
        assert forecast(days, 5) == Forecast(missing=5, pace=0, days=None, earliest=None, latest=None)


def test_interval_covers_the_day_four_times_out_of_five() -> None:
    generator = np.random.default_rng(8)
    inside = 0
    for _ in range(2000):
        found = forecast(generator.poisson(3.0, 7).tolist(), 20)
        days = generator.gamma(20, 1 / 3.0)
        inside += found.earliest is not None and found.latest is not None and found.earliest <= days <= found.latest
    # Binomial error of 2,000 rounds: .009.
    assert inside / 2000 == pytest.approx(0.8, abs=0.03)


def test_negative_numbers_are_refused() -> None:
    with pytest.raises(OutOfRange):
        forecast([1], -1)
