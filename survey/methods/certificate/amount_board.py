"""What a walk over worlds of amounts reads and changes, as plain arrays that compiled steps take."""

from typing import NamedTuple

from survey.methods.arrays import Bools, Floats, Ints

AMOUNT_CHANCES = 2
"""Uniform numbers that a step takes."""


# Named tuples, since steps compiled by Numba take these and no dataclasses.
class MedianBoard(NamedTuple):
    """What is told of medians, by domain (D + 1,), of which the last is that of firms in none.

    told, ends             whether its median is told, and whether the ends of its interval are
    unit, steps (3, D + 1) the step of the median and of both ends, and in how many of them each lies
    sizes (2, D + 1)       between which its error is told to lie
    reach, freedom         of the share below it: half of its interval, and the quantile of Student's t
    """

    told: Bools
    ends: Bools
    unit: Floats
    steps: Floats
    sizes: Floats
    reach: Floats
    freedom: Floats


class AmountBoard(NamedTuple):
    """What does not change on a walk: n rows, K levels, M sums, P combinations of groups with D domains in all; the
    last domain is that of rows in none, of which nothing is told.

    A row is a firm's amount in one of C columns, those of the second behind all of the first, and a domain is of one
    column as well. An answer of a firm is one of J combinations of levels of its rows.

    joint (J, C), possible (n/C, J)  the levels of each answer, and whether a firm could have given it
    values (K, n)                    the amount of each level
    place (n, P), weight (n,)        of each row; its own domains, and those of rows filled in from its amount
    part (n, P, 2)                   how many times what a firm adds counts in each of these, of figures and of errors;
                                     of errors 1 in its own domains and 0 in others
    errors (M,)                      which sums are those of errors
    above, below (n, K, M)           what a firm adds to the sums
    low, high, width (D + 1, M)      where their ratio is told to lie, and what counts as one step away from there
    first, rows, whole (D + 1,)      where the firms of a domain stand in the order of amounts, how many these are, and
                                     what they weigh together
    """

    joint: Ints
    possible: Bools
    values: Floats
    place: Ints
    weight: Floats
    part: Floats
    errors: Ints
    above: Floats
    below: Floats
    low: Floats
    high: Floats
    width: Floats
    first: Ints
    rows: Ints
    whole: Floats
    medians: MedianBoard


class AmountWorlds(NamedTuple):
    """T worlds as they are now: answers of firms (T, n/C), levels of rows (T, n), sums of every domain (T, D + 1, M),
    the rows of each domain in order of amounts (T, ordered), how far the figures of a domain are from what is told (T,
    D + 1; 0 = they are as told), and which firms may change; `tried` (T, C P) is for the steps themselves."""

    answers: Ints
    levels: Ints
    above: Floats
    below: Floats
    order: Ints
    off: Floats
    free: Bools
    tried: Floats
