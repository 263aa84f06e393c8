"""The steps of a walk over worlds, one world after another: loops over single firms, compiled by Numba.

What takes millions of small steps, each of which depends on the one before, has no form in whole arrays. Chance
comes in from outside as arrays of uniform numbers, so that a walk is the same on every machine.

Numba is loaded with this module, which is imported where a walk is run: no page waits for it.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import numpy as np
from numba import njit

from survey.methods.arrays import Floats, Ints
from survey.methods.certificate.board import Board, Worlds

SAME = 1e-12
"""Below which a sum has not moved, and a distance has not grown."""


Of = ParamSpec("Of")
Gives = TypeVar("Gives")


def machine_code(function: Callable[Of, Gives]) -> Callable[Of, Gives]:
    """The function as machine code, made at its first call and kept beside the module or in the user's cache."""
    try:
        return njit(cache=True)(function)
    except RuntimeError:
        # Neither place can be written to: each process then compiles for itself, which takes seconds.
        return njit()(function)


@machine_code
def walk_worlds(board: Board, worlds: Worlds, movable: Ints, chance: Floats) -> None:
    """As many steps in each world as `chance` (T, steps, 5) has, each taken where all stays as told."""
    moved, which = _nothing_moved(board)
    for w in range(len(worlds.answers)):
        for t in range(chance.shape[1]):
            u = chance[w, t]
            firm = movable[int(u[0] * len(movable))]
            other, then, may = _proposed(board, worlds, w, firm, u[1:])
            # Nearly all steps are refused, so that each is tried before any sum is touched.
            if may and _leaves_as_told(board, worlds, w, firm, other, then, moved, which):
                _change(board, worlds, w, firm, other, then)


@machine_code
def change_answer(board: Board, worlds: Worlds, w: int, firm: int, then: int) -> None:
    """Let a firm of a world give another answer, whether all stays as told or not; in place."""
    _shift(board, worlds, w, firm, then)


@machine_code
def _proposed(board: Board, worlds: Worlds, w: int, firm: int, u: Floats) -> tuple[int, int, bool]:
    """Another answer of a firm, or one with which it changes places (-1 = none); and whether that is a move at all."""
    now = worlds.answers[w, firm]
    if now < 0 or not worlds.free[w, firm]:
        return -1, now, False
    if u[0] < 0.5:
        which = int(u[1] * 2)
        number = board.choices[which, board.kind[firm], now]
        then = board.options[which, board.kind[firm], now, int(u[2] * number)]
        # Answers have neighbours in different number: so many come back as go (Hastings 1970).
        fair = u[3] * board.choices[which, board.kind[firm], then] <= number
        return -1, then, fair and then != now
    combination = int(u[1] * board.place.shape[1])
    begin = board.start[combination, firm] + int(u[2] * board.size[combination, firm])
    other = board.order[combination, begin]
    then = worlds.answers[w, other]
    if then < 0 or then == now or not worlds.free[w, other]:
        return -1, now, False
    return other, then, _may_change(board, firm, other, now, then)


@machine_code
def _may_change(board: Board, firm: int, other: int, now: int, then: int) -> bool:
    one, two = board.kind[firm], board.kind[other]
    if board.alike[one, now, then] and board.alike[two, now, then]:
        return True
    # Two firms that share every group, add alike and count alike change places without any number of firms changing,
    # and without any weight under a figure.
    same = (board.place[firm] == board.place[other]).all() and (board.scale[firm] == board.scale[other]).all()
    return one == two and bool(same)


@machine_code
def _change(board: Board, worlds: Worlds, w: int, firm: int, other: int, then: int) -> None:
    now = worlds.answers[w, firm]
    _shift(board, worlds, w, firm, then)
    if other >= 0:
        _shift(board, worlds, w, other, now)


@machine_code
def _shift(board: Board, worlds: Worlds, w: int, firm: int, then: int) -> None:
    now, nowhere = worlds.answers[w, firm], len(board.low) - 1
    for domain in board.place[firm]:
        if domain == nowhere:
            continue
        for m in range(board.low.shape[1]):
            up, down = _moved(board, firm, m, now, then)
            worlds.above[w, domain, m] += up
            worlds.below[w, domain, m] += down
    worlds.answers[w, firm] = then


@machine_code
def _leaves_as_told(
    board: Board, worlds: Worlds, w: int, firm: int, other: int, then: int, moved: Floats, which: Ints
) -> bool:
    """Whether every figure that a change moves stays inside what is told of it."""
    now, nowhere = worlds.answers[w, firm], len(board.low) - 1
    count = _note_moved(board, firm, other, now, then, moved, which)
    for p in range(board.place.shape[1]):
        one = board.place[firm, p]
        two = board.place[other, p] if other >= 0 else nowhere
        if one != nowhere and not _stays(board, worlds, w, one, moved, which[:count], True, one == two):
            return False
        if two not in (nowhere, one) and not _stays(board, worlds, w, two, moved, which[:count], False, True):
            return False
    return True


@machine_code
def _stays(
    board: Board, worlds: Worlds, w: int, domain: int, moved: Floats, which: Ints, own: bool, others: bool
) -> bool:
    """Whether the figures of a domain stay as told by what was noted of a firm, of its ``other``, or of both."""
    for k in range(len(which)):
        up, down = _moved_by(moved, k, own, others)
        # A figure that nothing moves may lie on the edge of what is told of it, where rounding would put it outside.
        if abs(up) <= SAME and abs(down) <= SAME:
            continue
        m = which[k]
        above, below = worlds.above[w, domain, m] + up, worlds.below[w, domain, m] + down
        if _outside(above, below, board.low[domain, m], board.high[domain, m]) > 0:
            return False
    return True


@machine_code
def _nothing_moved(board: Board) -> tuple[Floats, Ints]:
    """Room for `_note_moved`: what moves in each figure (4, M), and which do (M,)."""
    statistics = board.low.shape[1]
    return np.zeros((4, statistics)), np.zeros(statistics, np.intp)


@machine_code
def _note_moved(board: Board, firm: int, other: int, now: int, then: int, moved: Floats, which: Ints) -> int:
    """Note what a change adds above and below in all statistics that it moves, by the firm and by the ``other``, which
    takes the answer of before; how many these are.

    Once for each step and not for each group: most statistics of an item are moved by few of its answers.
    """
    count = 0
    for m in range(board.low.shape[1]):
        up, down = _moved(board, firm, m, now, then)
        back_up, back_down = _moved(board, other, m, then, now) if other >= 0 else (0.0, 0.0)
        if max(abs(up), abs(down), abs(back_up), abs(back_down)) > SAME:
            moved[0, count], moved[1, count], moved[2, count], moved[3, count] = up, down, back_up, back_down
            which[count] = m
            count += 1
    return count


@machine_code
def _moved_by(moved: Floats, k: int, own: bool, others: bool) -> tuple[float, float]:
    """What was noted k-th of the firm, of the other or of both."""
    if own and others:
        return moved[0, k] + moved[2, k], moved[1, k] + moved[3, k]
    return (moved[0, k], moved[1, k]) if own else (moved[2, k], moved[3, k])


@machine_code
def _moved(board: Board, firm: int, m: int, now: int, then: int) -> tuple[float, float]:
    kind, scale = board.kind[firm], board.scale[firm, m]
    up = (board.above[kind, then, m] - board.above[kind, now, m]) * scale
    return up, (board.below[kind, then, m] - board.below[kind, now, m]) * scale


@machine_code
def _outside(above: float, below: float, low: float, high: float) -> float:
    """How far a figure is from what is told of it, in units of its sum below the line; 0 inside."""
    # A little inside the interval: what lies on its edge could be rounded to either side.
    edge = 1e-9 * abs(below)
    return max(low * below + edge - above, above - high * below + edge, 0.0)
