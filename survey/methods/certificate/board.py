"""What a walk over worlds reads and changes, as plain arrays that compiled steps take."""

from typing import NamedTuple

from survey.methods.arrays import Bools, Floats, Ints

WALK_CHANCES = 5
"""Uniform numbers that a step takes."""


# Named tuples, since steps compiled by Numba take these and no dataclasses.
class Board(NamedTuple):
    """What does not change on a walk: n firms, K answers, S kinds of firms, M statistics, P combinations of groups with
    D domains in all; the last domain is that of firms in none, of which nothing is told.

    kind (n,), scale (n, M), place (n, P)     of each firm
    above, below (S, K + 1, M)                what an answer adds to the sums, per unit of scale
    low, high (D + 1, M)                      what is told
    alike (S, K, K)                           answers in the same bases; `distance` (K, K) between them
    options (2, S, K, K), choices (2, S, K)   the answers that may follow each: all, and near ones alone
    order, start, size (P, n)                 firms ordered by domain, where that of each firm begins, and how many
    """

    kind: Ints
    scale: Floats
    place: Ints
    above: Floats
    below: Floats
    low: Floats
    high: Floats
    alike: Bools
    distance: Ints
    options: Ints
    choices: Ints
    order: Ints
    start: Ints
    size: Ints


class Worlds(NamedTuple):
    """T worlds as they are now: answers (T, n), the sums of every domain (T, D + 1, M), and who may change."""

    answers: Ints
    above: Floats
    below: Floats
    free: Bools
