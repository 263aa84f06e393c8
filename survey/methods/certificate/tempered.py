"""Worlds for firms that plain walks leave out: walks side by side, of which all but the first may leave what is told.

A firm of much weight moves its figures further than their steps are wide, so that it answers otherwise only together
with several others, in all of its groups at once. Such a step is too rare to be found by trying. Here a ladder of walks
asks a price for leaving what is told, each rung a lower one, and neighbours change places (replica exchange, Geyer
1991). Wherever a walk of any rung is at a world in which all is as told, that world is one of all of them with the same
probability: the price is nothing there.
"""

from collections.abc import Iterator
from math import ceil, sqrt

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.certificate.item_question import UNBOUNDED, ItemQuestion
from survey.methods.certificate.worlds import Walk, checked

NEVER = 1e6
"""The price of the first rung, which never leaves what is told but by the dust of sums."""
CHEAPEST = 5.5
"""The price of the last rung, per step of rounding: there firms of much weight answer otherwise with ease."""
APART = 0.47
"""Between two rungs, in 1 / sqrt(price), times the root of the number of figures: so neighbours change places in about
every second try, as was seen on the demonstration."""
LEAST_RUNGS = 4
NO_FIRM = np.empty(0, np.intp)
"""No firm of which more steps are to be."""
DUST = 1e-5
"""Steps off, below which a world is as told: it is checked from nothing afterwards, so that this decides nothing."""


class TemperedWalk:
    """Walks on a ladder of prices, all of one question; firms that are `free` (n,) may change, which is every firm if
    nothing is said. Rungs are so many times as far ``apart`` as worlds of all firms need."""

    def __init__(
        self, question: ItemQuestion, rng: np.random.Generator, free: Bools | None = None, *, apart: int = 1
    ) -> None:
        self.question, self.rng = question, rng
        self.free = np.ones(question.firms, bool) if free is None else free
        self.steep = prices(int(_told(question).sum()), apart)
        self.rung = np.arange(len(self.steep))
        self.walk = Walk(question, np.repeat(self.free[None, :], len(self.steep), axis=0), rng)
        self.unit = _units(question)
        self.off, self.turn = np.zeros(len(self.steep)), 0

    def put(self, firm: int, answer: int) -> None:
        """Let a firm give another answer in all walks; what is told is left by that, and found again at its price."""
        from survey.methods.certificate.stepping import change_answer

        for world in range(len(self.steep)):
            change_answer(self.walk.board, self.walk.worlds, world, firm, answer)

    def run(self, rounds: int, left: Ints) -> Ints:
        """(W, n) the worlds in which all is as told after each of so many rounds, all of them checked anew (see
        `rounds`)."""
        return np.concatenate([self._none(), *self.found(rounds, left, rounds)])

    def found(self, rounds: int, left: Ints, portion: int) -> Iterator[Ints]:
        """The worlds (W, n) of `run` in portions of so many rounds, for whoever needs no more than some of them."""
        answers = self.walk.worlds.answers
        taken = [self._none()]
        for number, _answers in enumerate(self.rounds(rounds, left), 1):
            taken.append(answers[self.off <= DUST])
            if number % portion == 0 or number == rounds:
                yield checked(self.question, np.concatenate(taken))
                taken = [self._none()]

    def _none(self) -> Ints:
        return np.empty((0, self.question.firms), self.walk.worlds.answers.dtype)

    def rounds(self, number: int, left: Ints) -> Iterator[Ints]:
        """So many times the answers (R, n) of the walks after a round, which change with the next one.

        A round has as many steps as firms may move; half of them are of those that are ``left`` out. Who takes how many
        steps does not change what a walk comes to in the end.
        """
        from survey.methods.certificate.tempering import exchange, temper

        board, worlds = self.walk.board, self.walk.worlds
        movable, left = (each[self.free[each]] for each in (self.question.movable, left))
        often = np.concatenate([movable, np.repeat(left, len(movable) // max(len(left), 1))])
        for _ in range(number if len(movable) else 0):
            chance = self.rng.random((len(self.off), len(movable), CHANCES))
            chance[:, :, -1] = self.rng.exponential(size=chance.shape[:2])
            temper(board, worlds, often, self.unit, self.steep, self.off, chance)
            exchange(self.steep, self.off, self.rung, self.turn, self.rng.exponential(size=len(self.off)))
            self.turn = 1 - self.turn
            yield worlds.answers


CHANCES = 6
"""Numbers that a step takes: uniform ones, and an exponential one at last."""


def prices(figures: int, apart: int = 1) -> Floats:
    """(R,) the prices of all rungs of a ladder for so many figures, the highest first; of rungs so many times as far
    ``apart``."""
    # The more figures there are, the less may a rung differ from the next, since all of them have to follow at once.
    between = apart * APART / sqrt(max(figures, 1))
    number = max(ceil(1 / sqrt(CHEAPEST) / between), LEAST_RUNGS)
    return np.append(NEVER, (np.linspace(0, 1, number + 1)[1:] / sqrt(CHEAPEST)) ** -2.0)


def _told(question: ItemQuestion) -> Bools:
    return (question.low > -UNBOUNDED) | (question.high < UNBOUNDED)


def _units(question: ItemQuestion) -> Floats:
    """(D + 1, M) one over the width of what is told of each figure, times the sum below it.

    Of a figure that has one bound alone, as next to a band, the width is that of others of its group.
    """
    is_between = (question.low > -UNBOUNDED) & (question.high < UNBOUNDED) & (question.high > question.low)
    width = np.where(is_between, question.high - question.low, np.nan)
    number = is_between.sum(axis=0)
    usual = np.nansum(width, axis=0) / np.maximum(number, 1)
    # A group of bands alone, or of figures that are told exactly: a step as coarse as those of few firms.
    filled = np.where(is_between, width, np.where(number > 0, usual, FEW)[None, :])
    below = question.sums(question.truth[None, :])[1][0]
    return np.ascontiguousarray((1 / np.maximum(filled * np.abs(below), DUST)).T)


FEW = 0.1
"""A step of shares on few answers."""
