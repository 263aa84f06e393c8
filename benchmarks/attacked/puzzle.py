"""What the adversary holds of one share: who is in its groups, what each firm counts, what is told of each group."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.certificate.effects import effects_of
from survey.methods.certificate.known_figures import KnownFigure, View
from survey.methods.estimates.statistics import CodedStatistic
from survey.methods.tables.domain import Domain
from survey.methods.tables.filtering import firms_within


@dataclass(frozen=True, eq=False, kw_only=True)
class Puzzle:
    """One yes-or-no of the firms of a release, over D groups.

    domains  (D,) the groups
    firms    (n,) numbers of the firms that answered, `weight` (n,) what they count
    inside   (D, n) who is in a group
    low, high (D,) what is told of the share of yes, 0 and 1 where nothing is
    withheld (D,) whether a figure is there that is not told
    truth    (n,) what they said: for the score alone
    step, edge (D,) of the bands in which exact shares are told, 0 = exactly
    """

    name: str
    domains: tuple[Domain, ...]
    firms: Ints
    weight: Floats
    inside: Bools
    low: Floats
    high: Floats
    withheld: Bools
    truth: Bools
    step: Floats
    edge: Floats

    @property
    def size(self) -> Ints:
        """(D,) firms of each group."""
        return np.asarray(self.inside.sum(axis=1))

    @property
    def total(self) -> Floats:
        """(D,) what the firms of each group count together."""
        return np.asarray(self.inside @ self.weight)

    @property
    def middle(self) -> Floats:
        """(D,) the share that is told, by the middle of its interval."""
        return np.asarray((self.low + self.high) / 2)

    def without(self, firm: int) -> tuple[Bools, Floats]:
        """(D,) the groups of a firm of which anything is told, and the shares as they were told without the firm."""
        weight = self.weight.copy()
        weight[firm] = 0.0
        groups = self.inside[:, firm] & ~self.withheld & (self.size > 1)
        total = self.inside @ weight
        exact = np.divide(self.inside @ (weight * self.truth), total, out=np.full(len(total), 0.5), where=total > 0)
        low, high = told_bounds(exact, self.step, self.edge)
        return groups, (low + high) / 2


def told_bounds(exact: Floats, step: Floats, edge: Floats) -> tuple[Floats, Floats]:
    """(D,) the interval in which a share is told to lie: a band at either end, a step elsewhere, or itself."""
    width = np.where(step > 0, step, 1.0)
    nearest = np.floor(exact / width + 0.5 + 1e-9) * width
    low = np.where(exact < edge, 0.0, np.where(exact > 1 - edge, 1 - edge, nearest - width / 2))
    high = np.where(exact < edge, edge, np.where(exact > 1 - edge, 1.0, nearest + width / 2))
    return np.where(step > 0, low, exact), np.where(step > 0, high, exact)


def puzzles_of(view: View, key: Sequence[str], number: dict[str, int]) -> Iterator[Puzzle]:
    """The shares of firms that a view tells; `number` gives each firm, by its key, one number for all releases."""
    firms = np.array([number.setdefault(one, len(number)) for one in key], np.intp)
    known: dict[Domain, Bools] = {}
    for ones in view.by_statistic():
        asked = ones[0].asked
        if isinstance(asked, CodedStatistic) and asked.proportion:
            for domain in {one.domain for one in ones} - known.keys():
                known[domain] = firms_within(view.extract, domain)
            yield _puzzle(view, ones, asked, firms, known)


def _puzzle(
    view: View, told: Sequence[KnownFigure], asked: CodedStatistic, firms: Ints, known: dict[Domain, Bools]
) -> Puzzle:
    effects = effects_of(view.extract, asked)
    assert effects is not None
    assert effects.below is not None
    rows = np.flatnonzero(effects.counts)
    weight = effects.below[rows]
    low = np.array([max(one.low, 0.0) if one.shown else 0.0 for one in told])
    high = np.array([min(one.high, 1.0) if one.shown else 1.0 for one in told])
    return Puzzle(
        name=told[0].statistic,
        domains=tuple(one.domain for one in told),
        firms=firms[rows],
        weight=weight,
        inside=np.array([known[one.domain][rows] for one in told]).reshape(len(told), len(rows)),
        low=low,
        high=high,
        withheld=np.array([not one.shown for one in told]),
        truth=np.asarray(effects.above[rows] > 0),
        step=np.array([one.step for one in told]),
        edge=np.array([one.edge for one in told]),
    )
