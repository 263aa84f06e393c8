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
    above (S, K + 1, M)                       what an answer adds to the sums above the line, per unit of scale
    least, most (D + 1, M)                    between which the sums lie where all is as told
    alike (S, K, K)                           answers in the same bases
    options (2, S, K, K), choices (2, S, K)   the answers that may follow each: all, and near ones alone
    order, start, size (P, n)                 firms ordered by domain, where that of each firm begins, and how many
    """

    kind: Ints
    scale: Floats
    place: Ints
    above: Floats
    least: Floats
    most: Floats
    alike: Bools
    options: Ints
    choices: Ints
    order: Ints
    start: Ints
    size: Ints


class Worlds(NamedTuple):
    """T worlds as they are now: answers (T, n), the sums above the line of every domain (T, D + 1, M), and who may
    change. The sums below it are the same in all worlds, since every answer stays in its bases.

    `moved` (3, M) and `which` (M,) are room for what a step moves.
    """

    answers: Ints
    above: Floats
    free: Bools
    moved: Floats
    which: Ints
