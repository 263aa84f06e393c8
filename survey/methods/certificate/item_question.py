"""One item with everything that is told of it: which answers there are, and what each would add to every figure."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.certificate.knowing import Knowing

UNBOUNDED = 1e15
"""In place of infinity, so that a bound times an empty base is 0."""


@dataclass(frozen=True, eq=False, kw_only=True)
class ItemQuestion:
    """n firms, K different answers, M statistics of D domains.

    truth       (n,) the answer of each firm, -1 = none: such a firm is left as it is
    parts       names of what is sensitive of an answer: the code, or whether each option was chosen
    codes       (A, K) code of each part in each answer
    scale       (M, n) what a firm counts for in a statistic: its weight, or weight times size
    kind        (n,) firms of one kind add alike, but for their scale
    above       (M, S, K + 1) what an answer of a firm of kind S adds to the sum above the line, per unit of scale; the
                last is no answer, which the number -1 reaches
    below       (M, S, K + 1) and to the sum below it; `plain` (M,) statistics have 1 there
    place       (n, P) number of the domain of each firm by each combination of groups, D = in none
    low, high   (M, D + 1) what is told
    keeps       (M, D + 1) the width that a withheld figure is to keep, 0 of all others
    offset      (M, D + 1) what a figure is beside the ratio of its sums, such as the other parts of an index; None =
                nothing
    unit        (n,) firms of one number know one another's answers; None = every firm its own alone
    names       of the statistics (M,) and the groups (D,), as a certificate calls them; `tables` (M,) show them
    """

    item: str
    truth: Ints
    parts: tuple[str, ...]
    codes: Ints
    scale: Floats
    kind: Ints
    above: Floats
    below: Floats
    plain: Bools
    place: Ints
    low: Floats
    high: Floats
    keeps: Floats
    names: tuple[tuple[str, ...], tuple[str, ...]]
    tables: tuple[tuple[str, ...], ...]
    unit: Ints | None = None
    offset: Floats | None = None

    @property
    def firms(self) -> int:
        return len(self.truth)

    @property
    def domains(self) -> int:
        return int(self.low.shape[1]) - 1

    @cached_property
    def knowing(self) -> Knowing:
        """Who knows whose answers."""
        return Knowing.alone(self.firms) if self.unit is None else Knowing(self.unit)

    @cached_property
    def movable(self) -> Ints:
        """The firms that answered and could have answered otherwise without another base of any figure."""
        answered: Ints = np.flatnonzero(self.truth >= 0)
        same = self.alike[self.kind[answered], self.truth[answered]]
        return np.asarray(answered[same.sum(axis=1) > 1])

    @cached_property
    def alike(self) -> Bools:
        """(S, K, K) which two answers of a firm of a kind stand in the same bases, and count alike in them.

        Numbers of firms under figures stay what they are when only such answers change, and their weights, and with
        them every decision of clearing, which rests on these numbers, the frame and the weights.
        """
        below = np.ascontiguousarray(np.moveaxis(self.below[:, :, : self.codes.shape[1]], 0, -1))
        return np.asarray((below[:, :, None, :] == below[:, None, :, :]).all(axis=-1), bool)

    @cached_property
    def to_keep(self) -> Bools:
        """(M, D + 1) the withheld figures on firms of which any answer that keeps its bases could move them.

        A figure of the bases themselves, such as how many an item applies to, is taken to be known.
        """
        possible = np.broadcast_to(self.alike[None], (len(self.above), *self.alike.shape))
        units = self.above[:, :, : self.codes.shape[1]]
        moves = (possible & (units[:, :, :, None] != units[:, :, None, :])).any(axis=(1, 2, 3))
        # A group in which nobody answered has no figure that could be kept open.
        held = self.sums(self.truth[None, :])[1][0] > 0
        return np.asarray((self.keeps > 0) & moves[:, None] & held)

    @cached_property
    def distance(self) -> Ints:
        """(K, K) in how many parts two answers differ."""
        return np.asarray((self.codes[:, :, None] != self.codes[:, None, :]).sum(axis=0))

    def sums(self, answers: Ints) -> tuple[Floats, Floats]:
        """(T, M, D + 1) sums above and below the line of each statistic and domain in T worlds (T, n).

        This is the figure as production makes it: the sum of weighted points over the sum of weights of the base.
        """
        each = np.ascontiguousarray(answers, np.int32)
        above = self._added_up(each, self._tables[0])
        below = np.repeat(self._below_in_truth, len(each), axis=0)
        # Where every firm keeps its bases, and counts in them as it did, they add up to the same number for number.
        moved = np.flatnonzero(~self._keeps_bases(each))
        below[moved] = self._added_up(each[moved], self._tables[1])
        # Totals have no base to divide by; with 1 there bounds and sums compare as they do for shares.
        below[:, self.plain] = 1.0
        if self.offset is not None:
            above += self.offset * below
        return above, below

    @cached_property
    def _tables(self) -> tuple[Floats, Floats]:
        """What answers add above and below, figures last: those of one answer side by side in memory."""
        above, below = (np.ascontiguousarray(np.moveaxis(each, 0, 2)) for each in (self.above, self.below))
        return above, below

    def _added_up(self, answers: Ints, table: Floats) -> Floats:
        """(T, M, D + 1)."""
        from survey.methods.certificate.adding import add_up

        sums = np.zeros((len(answers), self.domains + 1, len(self.scale)))
        add_up(answers, self._kind, self._place, self._scale, table, sums)
        return np.moveaxis(sums, 1, 2)

    @cached_property
    def _below_in_truth(self) -> Floats:
        return self._added_up(np.ascontiguousarray(self.truth[None, :], np.int32), self._tables[1])

    def _keeps_bases(self, answers: Ints) -> Bools:
        """(T,) whether in a world (T, n) every firm answered as in truth, or what counts alike in the same bases."""
        alike = self.alike[self.kind, self.truth, answers] & (self.truth >= 0) & (answers >= 0)
        return np.asarray((alike | (answers == self.truth)).all(axis=1))

    @cached_property
    def _kind(self) -> Ints:
        return np.ascontiguousarray(self.kind, np.intp)

    @cached_property
    def _scale(self) -> Floats:
        return np.ascontiguousarray(self.scale.T)

    @cached_property
    def _place(self) -> Ints:
        return np.ascontiguousarray(self.place, np.intp)

    def holds(self, answers: Ints) -> Bools:
        """(T,) whether each world gives everything that is told."""
        above, below = self.sums(answers)
        # Production adds up in another order, so that a figure on the edge of its interval may lie a hair outside.
        slack = 1e-9 * np.maximum(np.abs(below), 1e-6)
        fine = (above >= self.low * below - slack) & (above <= self.high * below + slack)
        return np.asarray(fine[:, :, : self.domains].all(axis=(1, 2)), bool)
