"""Worlds for the amounts of a column, or of several that are tied: of every firm one in which it answered more, and one
in which it answered less, against every other firm that knows its own amounts and those of its enterprise group.

First walks in which half of the firms stand still. Then, for those that are left, walks that begin where one firm has
answered otherwise already and stays so, while others come back to what is told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np

from survey.methods.arrays import Bools, Ints
from survey.methods.certificate.amount_board import AMOUNT_CHANCES
from survey.methods.certificate.amount_check import WorldCheck
from survey.methods.certificate.amount_question import AmountQuestion
from survey.methods.certificate.worlds import Effort

FEW_LEVELS = 5
"""Levels of the first walks: changes that protect an answer, and twice these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountEffort:
    """`chains` walks side by side of `sweeps` steps for each firm; `looks` at the first of them, and up to `rounds` of
    others that are about single firms, `aims` at once, as long as of `patience` one after another some serve anybody
    more; of the last few answers for longer."""

    chains: int = 64
    sweeps: float = 8.0
    looks: int = 1
    rounds: int = 32
    aims: int = 96
    patience: int = 4

    @classmethod
    def of(cls, effort: Effort, *, hurried: bool = False) -> "AmountEffort":
        """As much as a search over answers takes; when ``hurried`` with little patience."""
        return cls(chains=effort.chains, rounds=2 * effort.aims, patience=1 if hurried else 4)


class Unproved:
    """Against which insiders no world serves yet: for each part (more and less of each column) and firm the other firms
    (2 C, n, n)."""

    def __init__(self, question: AmountQuestion) -> None:
        self.signs = question.given.signs
        self.left = question.sensitive[:, :, None] & question.asked[None, None, :]
        self.knowing = question.knowing
        # Nobody has to be served against itself, nor against those that know its amount anyway.
        self.left[:, self.knowing.same(np.arange(question.firms))] = False

    def helping(self, worlds: Ints, least: int = 1) -> Ints:
        """The numbers of those worlds (W, n) by which most are served: each time the one that serves the most of those
        who are left by the others, as long as these are ``least`` at least."""
        from survey.methods.certificate.amount_serving import count_served, strike_served

        left, chosen, (sign, noticed) = self.left.copy(), [], self._seen(worlds)
        # What a world adds only becomes less by others, so that most need not be looked at again (Minoux 1978).
        waiting = [(-count_served(left, sign[w], noticed[w]), w) for w in range(len(worlds))]
        heapify(waiting)
        while waiting:
            known, w = heappop(waiting)
            now = -count_served(left, sign[w], noticed[w])
            if -now < least:
                continue
            if waiting and now > waiting[0][0] and now != known:
                heappush(waiting, (now, w))
                continue
            strike_served(left, sign[w], noticed[w])
            chosen.append(w)
        return np.array(chosen, np.intp)

    def serve(self, worlds: Ints) -> Ints:
        """(W,) how many of those who are left each world (W, n) serves."""
        from survey.methods.certificate.amount_serving import count_served

        return np.array([count_served(self.left, *one) for one in zip(*self._seen(worlds), strict=True)], np.intp)

    def take(self, worlds: Ints) -> None:
        """Strike out whom worlds (W, n) serve."""
        from survey.methods.certificate.amount_serving import strike_served

        for sign, noticed in zip(*self._seen(worlds), strict=True):
            strike_served(self.left, sign, noticed)

    def _seen(self, worlds: Ints) -> tuple[Ints, Bools]:
        """(W, C, n) to which side each firm answered otherwise in each column, and (W, n) whether it knows of anybody
        who did."""
        sign = self.signs[:, worlds, np.arange(worlds.shape[1])]
        noticed = np.ascontiguousarray(self.knowing.noticed(worlds > 0))
        return np.ascontiguousarray(np.moveaxis(sign, 0, 1), np.intp), noticed

    def rows(self) -> list[tuple[int, int]]:
        """The parts and firms that are left, those that lack the fewest insiders first."""
        lacking = self.left.sum(axis=2)
        return sorted(
            ((int(part), int(firm)) for part, firm in np.argwhere(lacking > 0)), key=lambda row: (lacking[row], row)
        )


@dataclass(eq=False, kw_only=True)
class AmountsFound:
    """What a search has found so far: worlds (W, n), each array of which was found at once, all of them cleared anew;
    who is left without one, and what they were cleared against."""

    worlds: list[Ints]
    unproved: Unproved
    check: WorldCheck

    @property
    def number(self) -> int:
        """How many worlds there are."""
        return sum(map(len, self.worlds))

    def like(self, part: int, firm: int) -> Ints | None:
        """(n,) the last world in which a firm answered otherwise in a part."""
        for worlds in reversed(self.worlds):
            chosen = np.flatnonzero(self.unproved.signs[part // 2][worlds[:, firm], firm] == SIDES[part % 2])
            if len(chosen):
                return np.asarray(worlds[chosen[-1]])
        return None


def amount_worlds(
    question: AmountQuestion, effort: AmountEffort, rng: np.random.Generator, *, quick: bool = False
) -> AmountsFound:
    """Worlds by which as many are served as can be; when ``quick`` no further than to who cannot be served in some
    rounds."""
    check = WorldCheck(question.amounts, [one.told for one in question.columns])
    found = AmountsFound(worlds=[], unproved=Unproved(question), check=check)
    # The truth is one of the data sets between which a withheld figure lies.
    check.alike(question.reported(question.truth[None, :]))
    for worlds, least in _candidates(question, found, effort, rng, quick=quick):
        take_serving(question, found, worlds, least)
    return found


def take_serving(question: AmountQuestion, found: AmountsFound, worlds: Ints, least: int) -> None:
    """Take those of the worlds (W, n) that serve ``least`` of those who are left and give what is told, each of them
    cleared anew: first the fewest that serve all whom any does, then others in place of those that fell."""
    helping = found.unproved.helping(worlds, least)
    if _taken(question, found, worlds[helping]) < len(helping):
        # Of firms that are hard to serve most worlds fall, so that all are looked at before others are searched for.
        rest = np.delete(worlds, helping, axis=0)
        _taken(question, found, rest[found.unproved.serve(rest) >= least])


def _taken(question: AmountQuestion, found: AmountsFound, worlds: Ints) -> int:
    """Clear worlds (W, n) anew and take those that give what is told; how many these are."""
    fine = worlds[found.check.alike(question.reported(worlds))]
    found.unproved.take(fine)
    found.worlds.append(fine)
    return len(fine)


def _candidates(
    question: AmountQuestion, found: AmountsFound, effort: AmountEffort, rng: np.random.Generator, *, quick: bool
) -> Iterator[tuple[Ints, int]]:
    """Worlds as walks find them, and how many each has to serve at least."""
    from survey.methods.certificate.amount_stepping import walk_amounts

    movable, unproved = np.flatnonzero(question.movable), found.unproved
    if not len(movable):
        return
    steps, answers = int(effort.sweeps * len(movable)), int(question.sensitive.sum())
    for _ in range(effort.looks):
        worlds = question.worlds(question.knowing.alike(rng.random((effort.chains, question.firms)) < 0.5))
        walk_amounts(question.board, worlds, movable, _near(question), _chance(rng, effort.chains, steps), False)
        # Who is left over by few is served by walks about single firms.
        yield question.answers(worlds), len(movable) // LEAST
    lacking: list[int] = []
    for turn in range(effort.rounds):
        rows = unproved.rows()
        lacking.append(int(unproved.left.sum()))
        # Of a cut that will be tightened anyway so many are a matter of what is told, not of the search.
        hopeless = quick and turn == LOOKS and len(rows) > HOPELESS * answers
        # To look on for a few costs less than any other rung, which looks for all of them again.
        patience = max(effort.patience, PATIENT) if len(rows) <= FEW_ROWS else effort.patience
        stuck = turn >= patience and lacking[-1] == lacking[-1 - patience]
        if not rows or hopeless or stuck:
            return
        for start in range(0, len(rows), effort.aims):
            # Worlds about others may have served them meanwhile.
            part = [row for row in rows[start : start + effort.aims] if unproved.left[row].any()]
            if part:
                yield _about(question, found, part, 2 * steps, rng), 1


def _about(
    question: AmountQuestion,
    found: AmountsFound,
    rows: Sequence[tuple[int, int]],
    steps: int,
    rng: np.random.Generator,
) -> Ints:
    """(W, n) worlds in which single firms have answered more (part 0) or less, and others made up for it."""
    from survey.methods.certificate.amount_stepping import put_worlds, walk_amounts

    # Where few are left each is looked for several times at once.
    each = [row for row in rows for _ in range(max(SEVERAL // len(rows), 1))]
    # The fewer stand still the more can make up for a firm that has much of a figure.
    chance, knowing = rng.random((len(each), question.firms)), question.knowing
    free = knowing.alike(chance >= rng.uniform(*STILL, len(each))[:, None])
    begin = np.zeros(free.shape, np.intp)
    for w, (part, firm) in enumerate(each):
        insiders = found.unproved.left[part, firm]
        known = found.like(part, firm)
        if known is not None and rng.random() < FROM_KNOWN:
            # Where it answered so once, others who know their own amounts go back to them.
            begin[w] = np.maximum(known, 0)
            insiders = _some(insiders, rng)
        if begin[w].any() or insiders.sum() <= FEW:
            # All at once, where these are few enough to leave others to make up for it; with those of their groups.
            insiders = knowing.noticed(insiders[None, :])[0]
            free[w, insiders], begin[w, insiders] = False, 0
        begin[w, firm], free[w, firm] = _otherwise(question, part, firm, rng), False
    worlds = question.worlds(free)
    put_worlds(question.board, worlds, begin)
    movable = np.flatnonzero(question.movable)
    walk_amounts(question.board, worlds, movable, len(question.given.joint), _chance(rng, len(each), steps), True)
    return np.asarray(question.answers(worlds)[(worlds.off == 0).all(axis=1)])


def _some(firms: Bools, rng: np.random.Generator) -> Bools:
    """(n,) some of the firms, one at least: from few of them to nearly all."""
    order = rng.random(len(firms))
    return np.asarray(firms & ((order < rng.uniform(STILL[0], 1.0)) | (order == order[firms].min())))


LEAST = 8
"""A world of the first walks serves as many as this part of the firms at least."""
LOOKS, HOPELESS = 3, 0.05
"""After so many rounds about single firms a column goes no further of which more than this part of the answers is
left."""
FEW_ROWS, PATIENT = 4, 5
"""Answers that are left of which rounds go on for longer, and for how many of these without anybody being served."""
FEW = 20
"""Insiders that may all stand still at once."""
FROM_KNOWN = 0.7
"""The part of walks about a firm that begin at a world in which it answered so, where there is one."""
NEAREST = 2.0
"""An answer is near that changes a column by so many times its least change at most."""
SIDES = (1, -1)
"""More, and less."""
SEVERAL, STILL = 24, (0.1, 0.6)
"""Walks of a round at least, and the parts of the firms, at least and at most, that stand still in them."""


def _otherwise(question: AmountQuestion, part: int, firm: int, rng: np.random.Generator) -> int:
    """The nearest answer of a firm by which it differs in a part; where columns are tied any of the nearest."""
    given, column = question.given, part // 2
    can = np.flatnonzero(given.possible[firm] & (given.signs[column, :-1, firm] == SIDES[part % 2]))
    if len(question.columns) == 1:
        return int(can[0])
    values = question.columns[column].levels.values[:, firm]
    change = np.abs(values[given.joint[can, column]] - values[0])
    return int(rng.choice(can[change <= change.min() * NEAREST]))


def _near(question: AmountQuestion) -> int:
    """How many answers the first walks try: all, where an amount can only go to another column."""
    return FEW_LEVELS if len(question.columns) == 1 else len(question.given.joint)


def _chance(rng: np.random.Generator, chains: int, steps: int) -> np.ndarray:
    return rng.random((chains, steps, AMOUNT_CHANCES))
