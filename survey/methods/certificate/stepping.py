"""The steps of a walk over worlds, one world after another: loops over single firms, compiled by Numba.

What takes millions of small steps, each of which depends on the one before, has no form in whole arrays. Chance
comes in from outside as arrays of uniform numbers, so that a walk is the same on every machine.

Numba is loaded with this module, which is imported where a walk is run: no page waits for it.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import numpy as np
from numba import njit

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.certificate.board import NEARLY, Board, Worlds

SAME = 1e-12
"""Below which a sum has not moved, and a distance has not grown."""


Of = ParamSpec("Of")
Gives = TypeVar("Gives")


def compiled(function: Callable[Of, Gives]) -> Callable[Of, Gives]:
    """The function as machine code, made at its first call and kept beside the module or in the user's cache."""
    try:
        return njit(cache=True)(function)
    except RuntimeError:
        # Neither place can be written to: each process then compiles for itself, which takes seconds.
        return njit()(function)


@compiled
def walk(board: Board, worlds: Worlds, movable: Ints, chance: Floats) -> None:
    """As many steps in each world as `chance` (T, steps, 5) has, each taken where all stays as told."""
    for w in range(len(worlds.answers)):
        for t in range(chance.shape[1]):
            u = chance[w, t]
            firm = movable[int(u[0] * len(movable))]
            other, then, may = _proposed(board, worlds, w, firm, u[1:])
            # Nearly all steps are refused, so that each is tried before any sum is touched.
            if may and _leaves_as_told(board, worlds, w, firm, other, then):
                _change(board, worlds, w, firm, other, then)


@compiled
def climb(board: Board, worlds: Worlds, movable: Ints, goal: tuple[int, int, float], chance: Floats) -> None:
    """As `walk`, but no step leads a figure back: `goal` is its domain, its statistic, and 1 for up or -1 for down."""
    domain, m, sign = goal
    for w in range(len(worlds.answers)):
        for t in range(chance.shape[1]):
            u = chance[w, t]
            firm = movable[int(u[0] * len(movable))]
            other, then, may = _proposed(board, worlds, w, firm, u[1:])
            if not may or not _leaves_as_told(board, worlds, w, firm, other, then):
                continue
            now, before = worlds.answers[w, firm], worlds.above[w, domain, m]
            _change(board, worlds, w, firm, other, then)
            if sign * (worlds.above[w, domain, m] - before) < -SAME:
                _change(board, worlds, w, firm, other, now)


@compiled
def repair(board: Board, worlds: Worlds, firms: Ints, has: Bools, left: Floats, chance: Floats) -> None:
    """Steps that lead worlds back to what is told, of which `left` (T,) says how far they are; in place.

    `firms` (T,) is the one that answered otherwise, `has` (T, K) which answers have what it gave up; `chance`
    (T, steps, 8).
    """
    for w in range(len(firms)):
        for t in range(chance.shape[1]):
            if not 0 < left[w] < np.inf:
                break
            u = chance[w, t]
            # Somebody of one of its groups, since these are what it has moved.
            combination = int(u[0] * board.place.shape[1])
            begin = board.start[combination, firms[w]] + int(u[1] * board.size[combination, firms[w]])
            near = board.order[combination, begin]
            # Half of the steps hand on what the firm gave up, which brings a share back at once; the other half are
            # free, for what no single hand-over mends.
            if u[2] < 0.5:
                other = -1
                then, may = _towards(board, worlds, w, near, has[w], u[3])
            else:
                other, then, may = _proposed(board, worlds, w, near, u[4:])
            if not may:
                continue
            now = worlds.answers[w, near]
            before = _distance(board, worlds, w, near, other)
            _change(board, worlds, w, near, other, then)
            gain = before - _distance(board, worlds, w, near, other)
            if gain < -SAME:
                _change(board, worlds, w, near, other, now)
                continue
            left[w] = max(left[w] - gain, 0.0)
            if left[w] < NEARLY:
                left[w] = 0.0


@compiled
def put(board: Board, worlds: Worlds, w: int, firm: int, then: int) -> float:
    """Let a firm of a world give another answer; how far that leaves its domains from what is told."""
    _shift(board, worlds, w, firm, then)
    return _distance(board, worlds, w, firm, -1)


@compiled
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


@compiled
def _may_change(board: Board, firm: int, other: int, now: int, then: int) -> bool:
    one, two = board.kind[firm], board.kind[other]
    if board.alike[one, now, then] and board.alike[two, now, then]:
        return True
    # Two firms that share every group and add alike change places without any number of firms changing.
    return one == two and bool((board.place[firm] == board.place[other]).all())


@compiled
def _towards(board: Board, worlds: Worlds, w: int, near: int, has: Bools, u: float) -> tuple[int, bool]:
    """The nearest answer of a firm that has what another gave up; one of several by chance."""
    now = worlds.answers[w, near]
    if now < 0 or not worlds.free[w, near]:
        return now, False
    possible = board.alike[board.kind[near], now]
    nearest, number = board.distance.shape[0] + 1, 0
    for then in range(len(has)):
        if possible[then] and has[then]:
            if board.distance[now, then] < nearest:
                nearest, number = board.distance[now, then], 0
            if board.distance[now, then] == nearest:
                number += 1
    pick = int(u * number)
    for then in range(len(has)):
        if possible[then] and has[then] and board.distance[now, then] == nearest:
            if pick == 0:
                return then, then != now
            pick -= 1
    return now, False


@compiled
def _change(board: Board, worlds: Worlds, w: int, firm: int, other: int, then: int) -> None:
    now = worlds.answers[w, firm]
    _shift(board, worlds, w, firm, then)
    if other >= 0:
        _shift(board, worlds, w, other, now)


@compiled
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


@compiled
def _domain(board: Board, firm: int, other: int, k: int) -> int:
    """The k-th domain that a change of one or two firms moves, each once; -1 for one that is passed over."""
    combinations, nowhere = board.place.shape[1], len(board.low) - 1
    domain = board.place[firm, k] if k < combinations else board.place[other, k - combinations]
    # Two firms of one domain are in it by the same combination.
    twice = k >= combinations and board.place[firm, k - combinations] == domain
    return -1 if twice or domain == nowhere else int(domain)


@compiled
def _domains(board: Board, other: int) -> int:
    return int(board.place.shape[1]) * (1 if other < 0 else 2)


@compiled
def _leaves_as_told(board: Board, worlds: Worlds, w: int, firm: int, other: int, then: int) -> bool:
    """Whether every figure that a change moves stays inside what is told of it."""
    now, nowhere = worlds.answers[w, firm], len(board.low) - 1
    for p in range(board.place.shape[1]):
        one = board.place[firm, p]
        two = board.place[other, p] if other >= 0 else nowhere
        if one != nowhere and not _stays(board, worlds, w, one, firm, other if one == two else -1, now, then):
            return False
        if two not in (nowhere, one) and not _stays(board, worlds, w, two, other, -1, then, now):
            return False
    return True


@compiled
def _stays(board: Board, worlds: Worlds, w: int, domain: int, firm: int, other: int, now: int, then: int) -> bool:
    """Whether the figures of a domain stay as told when a firm answers otherwise, and another takes its answer."""
    for m in range(board.low.shape[1]):
        up, down = _moved_by(board, firm, other, m, now, then)
        # A figure that nothing moves may lie on the edge of what is told of it, where rounding would put it outside.
        if abs(up) <= SAME and abs(down) <= SAME:
            continue
        above, below = worlds.above[w, domain, m] + up, worlds.below[w, domain, m] + down
        if _outside(above, below, board.low[domain, m], board.high[domain, m]) > 0:
            return False
    return True


@compiled
def _moved_by(board: Board, firm: int, other: int, m: int, now: int, then: int) -> tuple[float, float]:
    """What a change adds to the sums of a figure; where there is an ``other`` firm, it takes the answer of before."""
    up, down = _moved(board, firm, m, now, then)
    if other >= 0:
        back = _moved(board, other, m, then, now)
        return up + back[0], down + back[1]
    return up, down


@compiled
def _moved(board: Board, firm: int, m: int, now: int, then: int) -> tuple[float, float]:
    kind, scale = board.kind[firm], board.scale[firm, m]
    up = (board.above[kind, then, m] - board.above[kind, now, m]) * scale
    return up, (board.below[kind, then, m] - board.below[kind, now, m]) * scale


@compiled
def _distance(board: Board, worlds: Worlds, w: int, firm: int, other: int) -> float:
    """How far the figures of the domains of one or two firms are from what is told."""
    total = 0.0
    for k in range(_domains(board, other)):
        domain = _domain(board, firm, other, k)
        for m in range(board.low.shape[1] if domain >= 0 else 0):
            above, below = worlds.above[w, domain, m], worlds.below[w, domain, m]
            total += _outside(above, below, board.low[domain, m], board.high[domain, m]) / max(abs(below), SAME)
    return total


@compiled
def _outside(above: float, below: float, low: float, high: float) -> float:
    """How far a figure is from what is told of it, in units of its sum below the line; 0 inside."""
    # A little inside the interval: what lies on its edge could be rounded to either side.
    edge = 1e-9 * abs(below)
    return max(low * below + edge - above, above - high * below + edge, 0.0)
