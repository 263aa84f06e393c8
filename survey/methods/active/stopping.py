"""When to stop calling: a rule that is fixed before the first call and looks at a forecast alone.

A rule on the error that was reached stops where chance made it look small, and so makes estimates and intervals too
good (optional stopping; Anscombe 1953, J. Royal Statistical Society B 15). What the next calls are expected to gain is
known from design, spread and chances before any of their answers, and depends on no answer's value but through the
spread (Rao, Glickman and Glynn 2008, Statistics in Medicine 27, on stopping by what further follow-up would change).
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from survey.methods.arrays import Floats
from survey.methods.errors import OutOfRange


class Advice(StrEnum):
    """What the rule says of the next list of calls."""

    CALL = "call"
    ENOUGH = "enough"
    TOO_LITTLE = "too_little"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoppingRule:
    """``least_gain`` is the part by which the next list must be expected to lower the overall error; below it, calling
    ends. ``enough`` is the overall error in targets that is expected to do."""

    least_gain: float = 0.01
    enough: float = 1.0

    def __post_init__(self) -> None:
        if not 0 <= self.least_gain < 1:
            raise OutOfRange(self.least_gain, "The least gain is a part between 0 and 1.")
        if not self.enough > 0:
            raise OutOfRange(self.enough, "The error that is enough is above 0.")

    def advice(self, error: float, expected: float) -> Advice:
        """Of the overall error forecast now and after the next list."""
        # First: an error that does is no reason to go on, however much the next list would gain.
        if error <= self.enough:
            return Advice.ENOUGH
        return Advice.TOO_LITTLE if expected > error * (1 - self.least_gain) else Advice.CALL


def overall(error: Floats) -> float:
    """Root mean square of the errors of the key figures in targets (F,): 1 is as wanted."""
    # By squares: a figure far from its target weighs more than several that are nearly there.
    return float(np.sqrt((error**2).mean())) if len(error) else 0.0
