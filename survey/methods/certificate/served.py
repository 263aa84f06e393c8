"""Whether worlds serve every firm against every insider: one in which it answered otherwise and the insider did not.

An insider is another firm that knows its own answer, or the enterprise group of one, which knows those of all its
firms. Firms of one group are no insiders against one another: they know each other's answers, and are told of as one.
"""

import numpy as np
from numpy.typing import NDArray

from survey.methods.arrays import Bools, Ints
from survey.methods.certificate.item_question import ItemQuestion
from survey.methods.certificate.knowing import Knowing

Signs = NDArray[np.uint64]
BITS = 64
"""Worlds whose signs one unsigned integer holds: firms are compared word by word, not world by world."""
ROWS = 1024
"""Firms that are compared with all others at once, so that memory stays small."""


def served(question: ItemQuestion, worlds: Ints) -> Bools:
    """(A, n) for each part of an answer and each firm: whether for every firm g that does not know it some world has
    another code there and the whole answers that g knows as they were. False for firms without an answer."""
    changed = worlds != question.truth
    signs = _signs(question.knowing.noticed(changed))
    found = np.zeros((len(question.parts), question.firms), bool)
    given = np.flatnonzero(question.truth >= 0)
    for part, codes in enumerate(question.codes):
        # A world differs in a part only where it differs at all, so a part's signs are among those of the answer.
        otherwise = changed & (codes[worlds] != codes[question.truth])
        found[part, given] = _against_all(_signs(otherwise)[given], signs, given, question.knowing)
    return found


def _signs(changed: Bools) -> Signs:
    """(n, words) the worlds in which each firm changed, as bits."""
    worlds = np.packbits(changed, axis=0, bitorder="little")
    # Filled up to whole words with worlds in which nobody changed, which serve nobody.
    missing = -len(worlds) % (BITS // 8)
    padded = np.vstack([worlds, np.zeros((missing, worlds.shape[1]), np.uint8)])
    return np.ascontiguousarray(padded.T).view(np.uint64)


def _against_all(own: Signs, others: Signs, firms: Ints, knowing: Knowing) -> Bools:
    fine = np.zeros(len(firms), bool)
    for start in range(0, len(firms), ROWS):
        part = own[start : start + ROWS]
        # Worlds in which the firm differs and the other does not; none at all means that the other is not served.
        left = np.zeros((len(part), len(others)), bool)
        for word in range(own.shape[1]):
            left |= (part[:, word, None] & ~others[None, :, word]) != 0
        left |= knowing.same(firms[start : start + ROWS])
        fine[start : start + ROWS] = left.all(axis=1) & (part != 0).any(axis=1)
    return fine


class Unserved:
    """Against which insiders no world serves yet, by part and firm; it shrinks with every world that is taken."""

    def __init__(self, question: ItemQuestion, worlds: Ints) -> None:
        self.question = question
        noticed = question.knowing.noticed(worlds != question.truth)
        self.left: dict[tuple[int, int], Bools] = {}
        for part in range(len(question.parts)):
            # One part after another, and what is left of each alone: all pairs of all parts would fill the memory.
            firms = question.movable
            left = np.ones((len(firms), question.firms), bool)
            left[:, question.truth < 0] = False
            left &= ~question.knowing.same(firms)
            _serve(left, self._otherwise(part, firms, worlds), noticed)
            self.left.update({(part, int(firm)): row for firm, row in zip(firms, left, strict=True) if row.any()})

    def take(self, worlds: Ints) -> Ints:
        """(V, n) those of the worlds (W, n) that serve somebody who was left, in their order."""
        noticed = self.question.knowing.noticed(worlds != self.question.truth)
        helping = np.zeros(len(worlds), bool)
        for part, rows in self._by_part().items():
            firms = np.array([firm for _part, firm in rows], np.intp)
            left = np.stack([self.left[row] for row in rows])
            otherwise = self._otherwise(part, firms, worlds)
            # From the last on: it is the furthest from the truth.
            for w in range(len(worlds))[::-1]:
                serves = otherwise[w][:, None] & ~noticed[w][None, :] & left
                helping[w] |= serves.any()
                left &= ~serves
            for row, still in zip(rows, left, strict=True):
                self.left[row] = still
        self.left = {row: still for row, still in self.left.items() if still.any()}
        return worlds[helping]

    def rows(self) -> list[tuple[int, int]]:
        """The parts and firms that are left, those that lack the fewest insiders first."""
        return sorted(self.left, key=lambda row: (int(self.left[row].sum()), row))

    def firms(self) -> Ints:
        """The firms that are left in some part."""
        return np.array(sorted({firm for _part, firm in self.left}), np.intp)

    def insiders(self, part: int, firm: int) -> Bools:
        """(n,) the firms against which no world serves a firm in a part of its answer."""
        return self.left.get((part, firm), np.zeros(self.question.firms, bool))

    def _by_part(self) -> dict[int, list[tuple[int, int]]]:
        found: dict[int, list[tuple[int, int]]] = {}
        for row in self.left:
            found.setdefault(row[0], []).append(row)
        return found

    def _otherwise(self, part: int, firms: Ints, worlds: Ints) -> Bools:
        """(W, F) where firms differ in a part of their answer."""
        codes = self.question.codes[part]
        return np.asarray(codes[worlds[:, firms]] != codes[self.question.truth[firms]])


def _serve(left: Bools, otherwise: Bools, noticed: Bools) -> None:
    """Strike out insiders (F, n) against whom some world has a firm otherwise (W, F) of which they noticed nothing
    (W, n)."""
    # As sums of products: the number of such worlds, by far the quickest way to it.
    left &= (otherwise.T.astype(np.float32) @ (~noticed).astype(np.float32)) < 0.5
