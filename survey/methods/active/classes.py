"""What a list of calls is made from: the classes in which answers stand for firms, and the firms that may be called."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.errors import OutOfRange, WrongShape

PART_AT_RANDOM = 0.1
"""Chances of an answer are learned from calls that no score chose (0048)."""
MOST_CALLS = 3
"""A firm that was called in vain so often waits with its class, or a few would take every list (0048)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallingRule:
    """How a list is made; fixed before the first one.

    ``size``       calls on a list
    ``at_random``  part of them drawn at random of all that may be called
    ``dominance``  a firm taken with certainty comes first where its own expected squared error is this part of a target
                   squared or more; 0 puts every such firm first
    ``imbalance``  correlation that the response propensities by frame variables and a key figure are taken to have left
                   after calibration
    ``leaning``    standard deviations by which silent firms are taken to differ from those like them that answered
    ``most_calls`` to a firm that comes first, before it waits for its class like any other
    """

    size: int = 50
    at_random: float = PART_AT_RANDOM
    dominance: float = 0.015
    imbalance: float = 0.08
    leaning: float = 0.04
    most_calls: int = MOST_CALLS

    def __post_init__(self) -> None:
        if self.size < 1:
            raise OutOfRange(self.size, "A list needs at least one call.")
        for name, part in (("at_random", self.at_random), ("imbalance", self.imbalance), ("leaning", self.leaning)):
            if not 0 <= part <= 1:
                raise OutOfRange(part, f"'{name}' is a part between 0 and 1.")
        # 0 is allowed, and puts every firm that stands for itself alone first.
        if self.dominance < 0:
            raise OutOfRange(self.dominance, "A firm's part of an error is not below 0.")


@dataclass(frozen=True, eq=False, kw_only=True)
class CallClasses:
    """K classes of like weight. Spread and error are in targets of the F key figures, so that they can be added.

    ``stands_for``  (K,) firms of the population that the answers of the class stand for (their final weights)
    ``answered``    (K,) answers, ``spread`` (K, F) squared residual that is expected of a firm
    ``chance``      (K,) chance that a call brings an answer, ``minutes`` (K,) that it takes
    """

    labels: tuple[str, ...]
    stands_for: Floats
    answered: Ints
    spread: Floats
    chance: Floats
    minutes: Floats

    def __post_init__(self) -> None:
        # Checked here: numpy would stretch a single value over all classes without a word.
        for part in (self.stands_for, self.answered, self.spread, self.chance, self.minutes):
            if len(part) != len(self.labels):
                raise WrongShape(part.shape, f"{len(part)} values for {len(self.labels)} classes.")


@dataclass(frozen=True, eq=False, kw_only=True)
class CallFirms:
    """The m sampled firms in scope.

    ``klass``, ``weight``  (m,) class and design weight
    ``answered``, ``open`` (m,) whether it counts as a response, and whether it may be called
    ``calls``   (m,) calls made, ``number`` (m,) random number that orders the firms of a class
    ``own``     (m,) squared error in targets that is expected where it does not answer and others stand for it
    ``frame``   (m,) category of each frame variable by which answers are to be like the sample
    """

    klass: Ints
    weight: Floats
    answered: Bools
    open: Bools
    calls: Ints
    number: Floats
    own: Floats
    frame: Mapping[str, Ints]

    @property
    def certain(self) -> Bools:
        """(m,) taken with certainty: the firm stands for itself alone."""
        # Weights come out of products and quotients, which may miss 1 by a hair.
        return np.asarray(self.weight < 1 + 1e-6, bool)
