"""Who knows whose answers: a firm its own, and an enterprise group, which is one insider, those of all its firms."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from survey.methods.arrays import Bools, Ints


@dataclass(frozen=True, eq=False)
class Knowing:
    """Which of n firms know one another's answers.

    unit  (n,) firms of one number do, as clearing counts them as one (`clearing.behind.Units`)
    """

    unit: Ints

    @classmethod
    def alone(cls, firms: int) -> "Knowing":
        """Each of so many firms knows its own answer and no other."""
        return cls(np.arange(firms))

    @cached_property
    def first(self) -> Ints:
        """(n,) the first firm of the unit of each, which is itself where it is alone."""
        _, first, number = np.unique(self.unit, return_index=True, return_inverse=True)
        return np.asarray(first[number.reshape(-1)])

    @cached_property
    def _grouped(self) -> Ints:
        """The firms that are not alone, those of one unit side by side."""
        together = np.flatnonzero(np.bincount(self.first, minlength=len(self.first))[self.first] > 1)
        return np.asarray(together[np.argsort(self.first[together], kind="stable")])

    def noticed(self, changed: Bools) -> Bools:
        """(W, n) whether the answer of any firm that each firm knows of has ``changed`` (W, n)."""
        firms = self._grouped
        if not len(firms):
            return changed
        home = self.first[firms]
        starts = np.flatnonzero(np.append(True, home[1:] != home[:-1]))
        found = changed.copy()
        any_of = np.logical_or.reduceat(changed[:, firms], starts, axis=1)
        found[:, firms] = np.repeat(any_of, np.diff(np.append(starts, len(firms))), axis=1)
        return found

    def alike(self, chosen: Bools) -> Bools:
        """(..., n) the same choice for all firms of a unit, that of the first of them."""
        return np.asarray(chosen[..., self.first])

    def same(self, firms: Ints) -> Bools:
        """(F, n) which firms know the answer of each of these ``firms`` (F,): itself and those of its unit."""
        return np.asarray(self.first[firms][:, None] == self.first[None, :])
