"""The ways in which firms of two sides answer otherwise so that they make up for each other."""

from itertools import combinations

import numpy as np

from survey.methods.arrays import Ints


def turns_of(codes: Ints) -> tuple[Ints, Ints]:
    """(C, K) the answer that each becomes, -1 where a way does not apply, and the side that it is on.

    Of one code (1, K) two answers change places. Of options (A, K) one is chosen or given up, or one in place of
    another, as rankings need it. Each way undoes itself.
    """
    if len(codes) == 1:
        ways = [_exchanged(codes.shape[1], a, b) for a, b in combinations(range(codes.shape[1]), 2)]
    else:
        ways = [_changed(codes, options) for number in (1, 2) for options in combinations(range(len(codes)), number)]
    ways = [(turned, side) for turned, side in ways if (turned >= 0).any()]
    shape = (len(ways), codes.shape[1])
    turned = np.array([each for each, _side in ways], np.intp).reshape(shape)
    return turned, np.array([side for _turned, side in ways], np.intp).reshape(shape)


def _exchanged(answers: int, a: int, b: int) -> tuple[Ints, Ints]:
    turned, side = np.full(answers, -1), np.zeros(answers, int)
    turned[a], turned[b], side[b] = b, a, 1
    return turned, side


def _changed(codes: Ints, options: tuple[int, ...]) -> tuple[Ints, Ints]:
    """One option chosen or given up; of two the one that was chosen for the other."""
    number = {tuple(answer): k for k, answer in enumerate(codes.T.tolist())}
    chosen = codes[list(options)] > 0
    applies = np.ones(codes.shape[1], bool) if len(options) == 1 else chosen[0] != chosen[1]
    changed = codes.copy()
    changed[list(options)] = 1 - chosen if len(options) == 1 else codes[list(options)[::-1]]
    turned = [number.get(tuple(answer), -1) for answer in changed.T.tolist()]
    return np.where(applies, turned, -1), chosen[0].astype(int)
