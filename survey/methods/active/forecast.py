"""When a number of answers will be reached, if they go on arriving as they did of late.

Answers are taken for a Poisson process of unknown pace. After k of them in d days, the days until m more arrive are
d m / (k + 1/2) times a quantile of F with 2m and 2k + 1 degrees of freedom (Nelson 1982, *Applied Life Data Analysis*,
ch. 6; the 1/2 is Jeffreys'). Neither the weekday, nor a reminder, nor the last days before a deadline are in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from scipy import special

from survey.methods.errors import OutOfRange

WINDOW = 7
"""Days that the pace is taken from: a week, so that every weekday is in it once."""
TAIL = 0.1
"""Probability beyond each end of the interval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """``missing`` answers at ``pace`` a day: days until they are there, with the ends of an 80 % interval.

    Days are None where no answer came within the window, and 0 where nothing is missing.
    """

    missing: int
    pace: float
    days: float | None
    earliest: float | None
    latest: float | None


def forecast(daily: Sequence[int], missing: int) -> Forecast:
    """From the answers of each past day, the last one at the end. Raises `OutOfRange` for a negative number."""
    if missing < 0 or any(count < 0 for count in daily):
        raise OutOfRange(missing, "Answers cannot be counted below 0.")
    # Fewer days where the wave is younger than a week.
    window = list(daily[-WINDOW:])
    arrived, days = sum(window), len(window)
    pace = arrived / days if days else 0.0
    if missing == 0:
        return Forecast(missing=0, pace=pace, days=0.0, earliest=0.0, latest=0.0)
    # The formula would give days all the same, with an upper end that says nothing.
    if arrived == 0:
        return Forecast(missing=missing, pace=pace, days=None, earliest=None, latest=None)
    scale = days * missing / (arrived + 0.5)
    earliest, median, latest = (
        float(scale * special.fdtri(2 * missing, 2 * arrived + 1, share)) for share in (TAIL, 0.5, 1 - TAIL)
    )
    return Forecast(missing=missing, pace=pace, days=median, earliest=earliest, latest=latest)
