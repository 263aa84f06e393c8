"""Whether worlds serve every firm against every insider: one in which it answered otherwise and the insider did not."""

import numpy as np
from numpy.typing import NDArray

from survey.methods.arrays import Bools, Ints
from survey.methods.certificate.item_question import ItemQuestion

Signs = NDArray[np.uint64]
BITS = 64
ROWS = 1024
"""Firms that are compared with all others at once, so that memory stays small."""


def served(question: ItemQuestion, worlds: Ints) -> Bools:
    """(A, n) for each part of an answer and each firm: whether for every other firm g some world has another code there
    and the whole answer of g as it was. False for firms without an answer."""
    changed = worlds != question.truth
    signs = _signs(changed)
    found = np.zeros((len(question.parts), question.firms), bool)
    given = np.flatnonzero(question.truth >= 0)
    for part, codes in enumerate(question.codes):
        # A world differs in a part only where it differs at all, so a part's signs are among those of the answer.
        otherwise = changed & (codes[worlds] != codes[question.truth])
        found[part, given] = _against_all(_signs(otherwise)[given], signs, given)
    return found


def _signs(changed: Bools) -> Signs:
    """(n, words) the worlds in which each firm changed, as bits."""
    worlds = np.packbits(changed, axis=0, bitorder="little")
    # Filled up to whole words with worlds in which nobody changed, which serve nobody.
    missing = -len(worlds) % (BITS // 8)
    padded = np.vstack([worlds, np.zeros((missing, worlds.shape[1]), np.uint8)])
    return np.ascontiguousarray(padded.T).view(np.uint64)


def _against_all(own: Signs, others: Signs, firms: Ints) -> Bools:
    fine = np.zeros(len(firms), bool)
    for start in range(0, len(firms), ROWS):
        part = own[start : start + ROWS]
        # Worlds in which the firm differs and the other does not; none at all means that the other is not served.
        left = np.zeros((len(part), len(others)), bool)
        for word in range(own.shape[1]):
            left |= (part[:, word, None] & ~others[None, :, word]) != 0
        left[np.arange(len(part)), firms[start : start + ROWS]] = True
        fine[start : start + ROWS] = left.all(axis=1) & (part != 0).any(axis=1)
    return fine
