"""The steps that cleared figures are rounded to: they leave open how many firms stand behind."""

import math
from typing import NamedTuple

SHARE_STEPS = ((30, 0.10), (100, 0.05), (200, 0.02))
"""Below so many answers shares are told in such steps, from there on in `FINEST`."""
FINEST = 0.01
LADDER = (0.01, 0.02, 0.05, 0.10, 0.20)
"""All steps of shares, each of which divides 1."""
MOST_HEAVY = 0.45
"""What the two heaviest firms may carry at most of all weights: beyond it a share is theirs, not that of a group."""
FIRMS_STEP = 5
"""Numbers of firms are told to a multiple of this."""
FEWEST_FOR_ENDS = 30
"""Answers from which on the ends of an interval are told."""


def share_step(answers: float) -> float:
    """The step of shares on so many answers, or as many equal ones as they are worth by their weights."""
    return next((step for below, step in SHARE_STEPS if answers < below - 1e-9), FINEST)


def coarser_step(step: float, width: float) -> float:
    """The least step that is neither finer than ``step`` nor narrower than ``width``; the coarsest where none is."""
    # From the ladder alone: by a step that does not divide 1, all firms would be told as less or more than 100 %.
    return next((one for one in LADDER if one >= max(step, width) - 1e-12), LADDER[-1])


def band_edge(step: float, heaviest: float) -> float:
    """How far the band reaches that is told at either end in place of a share.

    It holds the end and the step beside it, and all that the two heaviest firms, which carry ``heaviest`` of all
    weights, can move a share by: so that two firms more or less may have said so, and no firm learns from its own
    answer that all others said the same.
    """
    # Rounding itself hides half a step, which is what is taken off before counting whole ones.
    steps = max(math.ceil(heaviest / step - 0.5 - 1e-9), 1)
    return plain((steps + 0.5) * step)


def nice_step(size: float) -> float:
    """The largest of 1, 2, 5 x 10^k that is not above ``size``, which is positive."""
    power = 10.0 ** math.floor(math.log10(size))
    return next(power * leading for leading in (5, 2, 1) if power * leading <= size * (1 + 1e-12))


class Coarser(NamedTuple):
    """How much less is told of amounts than their errors bear: so many `digits`, in powers of ten times the `leading`
    digit 1, 2 or 5. Bands of errors end elsewhere by each: at 2, 5 or 1. Nothing less is not true."""

    digits: int = 0
    leading: int = 1

    def __bool__(self) -> bool:
        return self.digits > 0


AS_BORNE = Coarser()
"""Amounts are told as their errors bear."""


def amount_step(fine: float, coarser: Coarser) -> float:
    """The step that an amount is told in where its error bears the step ``fine``, which is positive: this one, or where
    less is told the least power of ten (times the leading digit) that is not finer, and ten times that for each further
    rung."""
    if not coarser:
        return fine
    power = math.ceil(math.log10(fine / coarser.leading) - 1e-9) + coarser.digits - 1
    return plain(coarser.leading * 10.0**power)


def sizes_behind(step: float, coarser: Coarser) -> tuple[float, float]:
    """Between which sizes the error of an amount lies that is told in a step; the second is told in its place."""
    if not coarser:
        return step, next_nice(step)
    # Three steps of 1, 2 and 5 are told as the last of them, so that no more is known of an error than ten times what
    # it is at least.
    most = next_nice(plain(step / 10.0 ** (coarser.digits - 1)))
    return plain(most / 10), most


def to_step(value: float, step: float) -> float:
    """The nearest multiple of ``step``, halves upwards, without the dust of binary fractions."""
    # Not round(): it takes halves to the even neighbour, so that equal figures would move in different directions.
    return plain(math.floor(value / step + 0.5 + 1e-9) * step)


def next_nice(step: float) -> float:
    """The next of 1, 2, 5 x 10^k after a step that is one."""
    return plain(step * (2.5 if f"{step:e}"[0] == "2" else 2))


def decimals_of(step: float) -> int:
    """The digits after the point that multiples of a step are written with."""
    return max(0, math.ceil(-math.log10(step) - 1e-9))


def two_digits(value: float) -> float:
    """The value with two significant digits."""
    if value == 0 or not math.isfinite(value):
        return value
    return plain(to_step(value, 10.0 ** (math.floor(math.log10(abs(value))) - 1)))


def firms_to_base(firms: float) -> int:
    """A number of firms to the multiple of 5 below it, so that limits on numbers of firms hold of what is told, too."""
    return FIRMS_STEP * math.floor(firms / FIRMS_STEP + 1e-9)


def plain(value: float) -> float:
    """The value without the dust of binary fractions: 3 x 0.1 would print as 0.30000000000000004."""
    # Twelve digits: of doubles some fifteen hold, and no figure that leaves has as many.
    return float(f"{value:.12g}")
