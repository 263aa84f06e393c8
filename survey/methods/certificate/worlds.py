"""Other data sets that give the same figures: a walk over the answers to one item, from what was really answered.

A step changes the answer of one firm, or lets two firms of one group change places. It is taken where every figure
stays inside what is told of it. Started from the truth and symmetric, the walk has the uniform distribution over the
worlds that it can reach (Metropolis 1953): what somebody knows who knows all that was told and nothing more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.certificate.board import WALK_CHANCES, Board, Worlds
from survey.methods.certificate.item_question import ItemQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """`chains` walks side by side, of `sweeps` steps for each firm before the first of `looks` worlds is kept, and half
    as many between two. Where odds are too high, up to `returns` times so many `rounds` follow of walks that may leave
    what is told (see `tempered`). For those who know their own answer, so many `halves` in two of all firms, each of
    which stands still once, and so many `aims` at each firm that is left out still (see `insiders`)."""

    chains: int = 64
    sweeps: float = 16.0
    looks: int = 4
    returns: int = 8
    rounds: int = 250
    halves: int = 12
    aims: int = 16


class Walk:
    """T worlds of one question, changed step by step. `free` (T, n) are the firms whose answers may change."""

    def __init__(self, question: ItemQuestion, free: Bools, rng: np.random.Generator) -> None:
        self.question, self.rng, self.board = question, rng, board_of(question)
        above = np.moveaxis(question.sums(question.truth[None, :])[0], 1, 2)
        # From the truth, the only world that is known to give all that is told; the first sweeps are thrown away.
        # Of one type whatever the question has, or the loops would be compiled once for each.
        answers = np.repeat(question.truth[None, :].astype(np.int32), len(free), axis=0)
        self.worlds = Worlds(
            answers=answers,
            above=np.repeat(above, len(free), axis=0),
            free=np.ascontiguousarray(free),
            moved=np.zeros((3, above.shape[2])),
            which=np.zeros(above.shape[2], np.intp),
        )

    def run(self, steps: int) -> Ints:
        """(T, n) the worlds after so many steps more of all movable firms."""
        from survey.methods.certificate.stepping import walk_worlds

        movable = self.question.movable
        for chance in self._chances(steps if len(movable) else 0):
            walk_worlds(self.board, self.worlds, movable, chance)
        return self.worlds.answers.copy()

    def _chances(self, steps: int) -> Iterator[Floats]:
        for begin in range(0, steps, STEPS):
            # In portions: the uniform numbers of all steps would take more memory than the worlds.
            yield self.rng.random((len(self.worlds.answers), min(STEPS, steps - begin), WALK_CHANCES))

    def first(self, effort: Effort) -> Ints:
        """(W, n) worlds, all of them checked anew; W = chains x looks."""
        steps = int(effort.sweeps * len(self.question.movable))
        found = [self.run(steps)]
        # Half as far: these walks have left the truth behind already.
        found += [self.run(steps // 2) for _ in range(effort.looks - 1)]
        return checked(self.question, np.concatenate(found))


def walk_of(question: ItemQuestion, effort: Effort, rng: np.random.Generator) -> Walk:
    """Walks from what was really answered.

    In every second one a half of the firms, drawn anew for each, keeps its answers: such worlds serve against insiders
    of that half.
    """
    free = np.ones((effort.chains, question.firms), bool)
    # An insider knows an answer of its own: a world serves against it only if it leaves that answer as it is.
    free[1::2] = rng.random((len(free[1::2]), question.firms)) < 0.5
    return Walk(question, free, rng)


def checked(question: ItemQuestion, worlds: Ints) -> Ints:
    """Those worlds whose figures, added up from nothing, are as told: a walk carries its sums along step by step."""
    # Part by part, so that memory stays small.
    parts = [question.holds(worlds[start : start + PART]) for start in range(0, len(worlds), PART)]
    return np.asarray(worlds[np.concatenate([np.empty(0, bool), *parts])])


@lru_cache(maxsize=1)
def board_of(question: ItemQuestion) -> Board:
    """The question as a walk reads it: figures of one domain side by side."""
    order, start, size = (
        np.stack(each) for each in zip(*(_members(column, question) for column in question.place.T), strict=True)
    )
    options, choices = (np.stack(each) for each in zip(*_choices(question), strict=True))
    below = question.sums(question.truth[None, :])[1][0]
    # A little inside the interval: what lies on its edge could be rounded to either side.
    edge = 1e-9 * np.abs(below)
    return Board(
        kind=np.ascontiguousarray(question.kind, np.intp),
        # Firms and domains first: a step reads all figures of one firm, which then lie side by side in memory.
        scale=np.ascontiguousarray(question.scale.T),
        place=np.ascontiguousarray(question.place, np.intp),
        above=np.ascontiguousarray(np.moveaxis(question.above, 0, 2)),
        least=np.ascontiguousarray((question.low * below + edge).T),
        most=np.ascontiguousarray((question.high * below - edge).T),
        alike=np.ascontiguousarray(question.alike),
        options=options,
        choices=choices,
        order=order,
        start=start,
        size=size,
    )


def _members(column: Ints, question: ItemQuestion) -> tuple[Ints, Ints, Ints]:
    """All firms ordered by their domain, and for each firm where its domain begins there and how many it has."""
    # Stable: where equals stand in numpy's other sorts hangs on the processor, and chance would pick other firms there.
    order = np.argsort(column, kind="stable")
    count = np.bincount(column, minlength=question.domains + 1)
    start = np.concatenate([[0], np.cumsum(count)[:-1]])
    return order, start[column], count[column]


def _choices(question: ItemQuestion) -> list[tuple[Ints, Ints]]:
    """Twice (S, K, K), the answers that may stand in place of each, the first (S, K) of them: all, and those that
    differ in two options at most, which an item of many options needs."""
    near = question.distance <= NEAR
    return [
        (np.argsort(~each, axis=-1, kind="stable"), each.sum(axis=-1))
        for each in (question.alike, question.alike & near)
    ]


NEAR = 2
"""Options in which two answers of an item of many options are near."""

PART = 256
"""Worlds whose figures are worked out at once."""
STEPS = 4096
"""For which chance is drawn at once, so that memory stays small."""
