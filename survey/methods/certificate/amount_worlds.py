"""Worlds for the amounts of one column: of every firm one in which it answered more and one in which it answered less,
against every other firm that knows its own amount, and with it those of its enterprise group.

First walks in which half of the firms stand still. Then, for those that are left, walks that begin where one firm has
answered otherwise already and stays so, while others come back to what is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Bools, Ints
from survey.methods.certificate.amount_board import AMOUNT_CHANCES
from survey.methods.certificate.amount_figures import worlds_of
from survey.methods.certificate.amount_levels import MULTIPLES
from survey.methods.certificate.amount_question import AmountQuestion, cleared_alike
from survey.methods.certificate.worlds import Effort

FEW_LEVELS = 5
"""Levels of the first walks: changes that protect an answer, and twice these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountEffort:
    """`chains` walks side by side of `sweeps` steps for each firm; `looks` at the first of them, and up to `rounds` of
    others that are about single firms, `aims` at once."""

    chains: int = 64
    sweeps: float = 8.0
    looks: int = 3
    rounds: int = 32
    aims: int = 96

    @classmethod
    def of(cls, effort: Effort) -> "AmountEffort":
        """As much as a search over answers takes."""
        return cls(chains=effort.chains, looks=max(effort.looks - 1, 1), rounds=2 * effort.aims)


class Unproved:
    """Against which insiders no world serves yet: for each part (more, less) and firm the other firms (2, n, n)."""

    def __init__(self, question: AmountQuestion) -> None:
        asked = question.levels.asked
        self.signs = np.sign(np.array([*MULTIPLES, 0]))
        self.left = question.sensitive[:, :, None] & asked[None, None, :]
        self.knowing = question.knowing
        # Nobody has to be served against itself, nor against those that know its amount anyway.
        self.left[:, self.knowing.same(np.arange(question.firms))] = False

    def helping(self, worlds: Ints) -> Ints:
        """The numbers of those worlds (W, n) that serve somebody who is left, each of them more than those before it
        would."""
        left = self.left.copy()
        return np.array([w for w in range(len(worlds)) if self._strike(left, worlds[w])], np.intp)

    def take(self, worlds: Ints) -> None:
        """Strike out whom worlds serve."""
        for world in worlds:
            self._strike(self.left, world)

    def _strike(self, left: Bools, world: Ints) -> bool:
        sign, found = self.signs[world], False
        still = np.flatnonzero(~self.knowing.noticed(sign[None, :] != 0)[0])
        for part, side in enumerate((1, -1)):
            moved = np.flatnonzero(sign == side)
            place = np.ix_(moved, still)
            found |= bool(left[part][place].any())
            left[part][place] = False
        return found

    def rows(self) -> list[tuple[int, int]]:
        """The parts and firms that are left, those that lack the fewest insiders first."""
        lacking = self.left.sum(axis=2)
        return sorted(
            ((int(part), int(firm)) for part, firm in np.argwhere(lacking > 0)), key=lambda row: (lacking[row], row)
        )


def amount_worlds(
    question: AmountQuestion, effort: AmountEffort, rng: np.random.Generator, *, quick: bool = False
) -> tuple[Ints, Unproved]:
    """(W, n) worlds, all of them cleared anew, and who is left without one; when ``quick`` no further than to who
    cannot be served in some rounds."""
    unproved = Unproved(question)
    found: list[Ints] = [np.empty((0, question.firms), np.intp)]
    for worlds in _candidates(question, unproved, effort, rng, quick=quick):
        helping = worlds[unproved.helping(worlds)]
        fine = helping[cleared_alike(question.amounts, question.told, worlds_of(question.levels.values, helping))]
        unproved.take(fine)
        found.append(fine)
    return np.concatenate(found), unproved


def _candidates(
    question: AmountQuestion, unproved: Unproved, effort: AmountEffort, rng: np.random.Generator, *, quick: bool
) -> Iterator[Ints]:
    from survey.methods.certificate.amount_stepping import put_amount, walk_amounts

    movable = np.flatnonzero(question.levels.movable)
    if not len(movable):
        return
    steps = int(effort.sweeps * len(movable))
    for _ in range(effort.looks):
        worlds = question.worlds(question.knowing.alike(rng.random((effort.chains, question.firms)) < 0.5))
        walk_amounts(question.board, worlds, movable, FEW_LEVELS, _chance(rng, effort.chains, steps), False)
        yield question.answers(worlds)
    lacking: list[int] = []
    for turn in range(effort.rounds):
        rows = unproved.rows()
        lacking.append(int(unproved.left.sum()))
        # Of a cut that will be tightened anyway so many are a matter of what is told, not of the search.
        hopeless = quick and turn == LOOKS and len(rows) > HOPELESS * question.sensitive.sum()
        stuck = turn >= PATIENCE and lacking[-1] == lacking[-1 - PATIENCE]
        if not rows or hopeless or stuck:
            return
        for start in range(0, len(rows), effort.aims):
            part = rows[start : start + effort.aims]
            worlds = question.worlds(question.knowing.alike(rng.random((len(part), question.firms)) < 0.5))
            for w, (side, firm) in enumerate(part):
                insiders = unproved.left[side, firm]
                # All that are left at once, where these are few enough to leave others to make up for it.
                if insiders.sum() <= FEW:
                    worlds.free[w, insiders] = False
                level = _level(question, side, firm)
                put_amount(question.board, worlds, w, firm, level)
                worlds.free[w, firm] = False
            walk_amounts(question.board, worlds, movable, len(MULTIPLES), _chance(rng, len(part), 2 * steps), True)
            yield question.answers(worlds)[worlds.off.sum(axis=1) == 0]


LOOKS, HOPELESS = 1, 0.05
"""After so many rounds about single firms a column goes no further of which more than this part of the answers is
left."""
PATIENCE = 6
"""Rounds after which a search that has served nobody goes no further."""
FEW = 20
"""Insiders that may all stand still at once."""


def _level(question: AmountQuestion, part: int, firm: int) -> int:
    """The nearest level of a firm that is more, or less."""
    sign = (1, -1)[part]
    return next(k for k, one in enumerate(MULTIPLES) if np.sign(one) == sign and question.levels.possible[firm, k])


def _chance(rng: np.random.Generator, chains: int, steps: int) -> np.ndarray:
    return rng.random((chains, steps, AMOUNT_CHANCES))
