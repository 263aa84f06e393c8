"""Where an amount counts that others were filled in from: in the domains of these as well as in its own."""

import numpy as np

from survey.methods.arrays import Floats, Ints
from survey.methods.imputation.added_error import GIVEN
from survey.methods.imputation.filled import Filled


def in_given_domains(filled: Filled | None, weight: Floats, place: Ints, size: int) -> tuple[Ints, Floats]:
    """(n, P) the domains in which a firm changes figures when it answers otherwise, its own first, and (n, P, 2) how
    many times its answer counts there: of figures with the rows that were ``filled`` in from it (None: none was), and
    of errors without.

    ``place`` (n, Q) are the domains of each row, of which there are so many (``size`` = in none), ``weight`` (n,) is
    that of each.
    """
    own = np.ones((*place.shape, 2))
    if filled is None:
        return np.ascontiguousarray(place), own
    given = _given(filled, weight, place, size)
    own[:, :, 0] += np.take_along_axis(given, place, axis=1)
    np.put_along_axis(given, place, 0.0, axis=1)
    others = np.argsort(given <= 0, axis=1, kind="stable")[:, : int((given > 0).sum(axis=1).max())]
    times = np.take_along_axis(given, others, axis=1)
    places = np.hstack([place, np.where(times > 0, others, size)])
    part = np.concatenate([own, np.stack([times, np.zeros_like(times)], axis=2)], axis=1)
    return np.ascontiguousarray(places), np.ascontiguousarray(part)


def _given(filled: Filled, weight: Floats, place: Ints, size: int) -> Floats:
    """(n, D + 1) how many times its own weight each row gives away to rows of each domain."""
    found, rows = np.zeros((len(place), size + 1)), len(filled.filled)
    # Filled rows are of respondents, who stand before the firms out of scope. Of firms in no domain nothing is told.
    for d in np.setdiff1d(place[:rows][filled.filled], size):
        taken = filled.filled & (place[:rows] == d).any(axis=1)
        found[:rows, d] = GIVEN[filled.method](weight[:rows], filled, taken) / weight[:rows]
    return found
