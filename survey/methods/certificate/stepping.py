"""The steps of a walk over worlds, one world after another: loops over single firms, compiled by Numba.

What takes millions of small steps, each of which depends on the one before, has no form in whole arrays. Chance
comes in from outside as arrays of uniform numbers, so that a walk is the same on every machine.

Numba is loaded with this module, which is imported where a walk is run: no page waits for it.
"""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from numba import njit

from survey.methods.arrays import Floats, Ints
from survey.methods.certificate.board import Board, Worlds

SAME = 1e-12
"""Below which a sum has not moved."""


HELD_OUTSIDE: dict[str, Any] = {"_nrt": False}
"""So Numba does not count who holds an array. Counting took three quarters of a step, which reads a dozen of them."""


Of = ParamSpec("Of")
Gives = TypeVar("Gives")


def machine_code(function: Callable[Of, Gives]) -> Callable[Of, Gives]:
    """The function as machine code, made at its first call and kept beside the module or in the user's cache.

    It makes no arrays: whoever calls it holds all that it reads and changes.
    """
    return _compiled(function, HELD_OUTSIDE)


def making_arrays(function: Callable[Of, Gives]) -> Callable[Of, Gives]:
    """The same of a function that makes arrays of its own: it is counted who holds each, which is little beside long
    loops."""
    return _compiled(function, {})


def _compiled(function: Callable[Of, Gives], options: dict[str, Any]) -> Callable[Of, Gives]:
    try:
        made: Callable[Of, Gives] = njit(cache=True, **options)(function)
    except RuntimeError:
        # Neither place can be written to: each process then compiles for itself, which takes seconds.
        made = njit(**options)(function)
    return made


def inlined(function: Callable[Of, Gives]) -> Callable[Of, Gives]:
    """The function as a part of the machine code of whatever calls it: handing over a board with all its arrays takes
    longer than most steps."""
    made: Callable[Of, Gives] = njit(inline="always", **HELD_OUTSIDE)(function)
    return made


@machine_code
def walk_worlds(board: Board, worlds: Worlds, movable: Ints, chance: Floats) -> None:
    """As many steps in each world as `chance` (T, steps, 5) has, each taken where all stays as told."""
    for w in range(len(worlds.answers)):
        for t in range(chance.shape[1]):
            firm = movable[int(chance[w, t, 0] * len(movable))]
            other, then = proposed(board, worlds, w, firm, chance[w, t])
            if then < 0:
                continue
            count = note_moved(board, worlds, firm, other, worlds.answers[w, firm], then)
            # Nearly all steps are refused, so that each is tried before any sum is touched.
            if _leaves_as_told(board, worlds, w, firm, other, count):
                change(board, worlds, w, firm, other, then, count)


@machine_code
def change_answer(board: Board, worlds: Worlds, w: int, firm: int, then: int) -> None:
    """Let a firm of a world give another answer, whether all stays as told or not; in place."""
    count = note_moved(board, worlds, firm, -1, worlds.answers[w, firm], then)
    change(board, worlds, w, firm, -1, then, count)


@inlined
def proposed(board: Board, worlds: Worlds, w: int, firm: int, u: Floats) -> tuple[int, int]:
    """Another firm with which a firm changes places (-1 = none), and the answer that it comes to; that is -1 where the
    firm stays as it is."""
    now = worlds.answers[w, firm]
    other, then = -1, -1
    if now >= 0 and worlds.free[w, firm]:
        if u[1] < 0.5:
            side = int(u[2] * 2)
            number = board.choices[side, board.kind[firm], now]
            found = board.options[side, board.kind[firm], now, int(u[3] * number)]
            # Answers have neighbours in different number: so many come back as go (Hastings 1970).
            if found != now and u[4] * board.choices[side, board.kind[firm], found] <= number:
                then = found
        else:
            p = int(u[2] * board.place.shape[1])
            other = board.order[p, board.start[p, firm] + int(u[3] * board.size[p, firm])]
            found = worlds.answers[w, other]
            if found >= 0 and found != now and worlds.free[w, other] and _may_change(board, firm, other, now, found):
                then = found
    return other, then


@inlined
def _may_change(board: Board, firm: int, other: int, now: int, then: int) -> bool:
    one, two = board.kind[firm], board.kind[other]
    may = bool(board.alike[one, now, then] and board.alike[two, now, then])
    if not may and one == two:
        # Two firms that share every group, add alike and count alike change places without any number of firms
        # changing, and without any weight under a figure.
        may = True
        for p in range(board.place.shape[1]):
            may = may and board.place[firm, p] == board.place[other, p]
        for m in range(board.scale.shape[1]):
            may = may and board.scale[firm, m] == board.scale[other, m]
    return may


@inlined
def note_moved(board: Board, worlds: Worlds, firm: int, other: int, now: int, then: int) -> int:
    """Note what a change adds to the sums of all statistics that it moves: in groups of the firm alone, in those of the
    ``other``, which takes the answer of before, and in those of both; how many statistics these are.

    Once for each step and not for each group: most statistics of an item are moved by few of its answers.
    """
    one, count = board.kind[firm], 0
    two = board.kind[other] if other >= 0 else one
    for m in range(board.above.shape[2]):
        there = (board.above[one, then, m] - board.above[one, now, m]) * board.scale[firm, m]
        back = (board.above[two, now, m] - board.above[two, then, m]) * board.scale[other, m] if other >= 0 else 0.0
        if max(abs(there), abs(back)) > SAME:
            worlds.moved[0, count], worlds.moved[1, count], worlds.moved[2, count] = there, back, there + back
            worlds.which[count] = m
            count += 1
    return count


@inlined
def _leaves_as_told(board: Board, worlds: Worlds, w: int, firm: int, other: int, count: int) -> bool:
    """Whether every figure that a change moves stays inside what is told of it."""
    nowhere, fine = len(board.least) - 1, True
    # The smallest groups stand last; they are left first.
    for p in range(board.place.shape[1] - 1, -1, -1):
        one = board.place[firm, p]
        two = board.place[other, p] if other >= 0 else nowhere
        if one != nowhere:
            fine = _stays(board, worlds, w, one, 2 if one == two else 0, count)
        if fine and two != nowhere and two != one:
            fine = _stays(board, worlds, w, two, 1, count)
        if not fine:
            break
    return fine


@inlined
def _stays(board: Board, worlds: Worlds, w: int, domain: int, side: int, count: int) -> bool:
    fine = True
    for k in range(count):
        m = worlds.which[k]
        above = worlds.above[w, domain, m] + worlds.moved[side, k]
        # A figure that nothing moves may lie on the edge of what is told of it, where rounding would put it outside.
        if abs(worlds.moved[side, k]) > SAME and (above < board.least[domain, m] or above > board.most[domain, m]):
            fine = False
            break
    return fine


@inlined
def change(board: Board, worlds: Worlds, w: int, firm: int, other: int, then: int, count: int) -> None:
    """Make a change of which was noted what it moves; in place."""
    nowhere = len(board.least) - 1
    for p in range(board.place.shape[1]):
        one = board.place[firm, p]
        two = board.place[other, p] if other >= 0 else nowhere
        for k in range(count):
            if one != nowhere:
                worlds.above[w, one, worlds.which[k]] += worlds.moved[0, k]
            if two != nowhere:
                worlds.above[w, two, worlds.which[k]] += worlds.moved[1, k]
    if other >= 0:
        worlds.answers[w, other] = worlds.answers[w, firm]
    worlds.answers[w, firm] = then
