"""The steps of a walk over worlds of amounts, compiled by Numba (see `stepping`, which is loaded as late).

A firm answers another of its levels where no more figures of its groups than before are then told otherwise. From the
truth that never leaves what is told; from a world in which one firm was put elsewhere it leads back to it.
"""

from survey.methods.arrays import Floats, Ints
from survey.methods.certificate.amount_board import AmountBoard, AmountWorlds
from survey.methods.certificate.stepping import machine_code

NEAR = 1e-12
"""By which a share reaches another, and a value is not below one."""
LEAST_PART = 0.01
"""Of itself, to which a figure is told at the closest."""
FIVE = 5
"""Neighbours that a told median is the mean of."""


@machine_code
def walk_amounts(
    board: AmountBoard, worlds: AmountWorlds, movable: Ints, levels: int, chance: Floats, back: bool
) -> None:
    """As many steps in each world as `chance` (T, steps, 2) has, each to one of the first so many levels; where they
    are to lead `back` no further than to all that is told."""
    for w in range(len(worlds.levels)):
        left = worlds.off[w].sum()
        for t in range(chance.shape[1]):
            if back and left == 0:
                break
            firm = movable[int(chance[w, t, 0] * len(movable))]
            then = int(chance[w, t, 1] * levels)
            now = worlds.levels[w, firm]
            if then == now or not worlds.free[w, firm] or not board.possible[firm, then]:
                continue
            left += _try_amount(board, worlds, w, firm, then)


@machine_code
def _try_amount(board: AmountBoard, worlds: AmountWorlds, w: int, firm: int, then: int) -> int:
    """Let a firm answer another level where no more figures than before are told otherwise by that; how many more."""
    now, nowhere, combinations = worlds.levels[w, firm], len(board.low) - 1, board.place.shape[1]
    before, after = 0, 0
    for p in range(combinations):
        if board.place[firm, p] != nowhere:
            before += worlds.off[w, board.place[firm, p]]
    worlds.levels[w, firm] = then
    for p in range(combinations):
        d = board.place[firm, p]
        if d == nowhere:
            continue
        _move(board, worlds, w, d, firm, now, then)
        worlds.tried[w, p] = _off(board, worlds, w, d)
        after += worlds.tried[w, p]
        if after > before:
            # Nearly all steps are refused by one of the first groups, so that the others are not looked at.
            worlds.levels[w, firm] = now
            for q in range(p + 1):
                if board.place[firm, q] != nowhere:
                    _move(board, worlds, w, board.place[firm, q], firm, then, now)
            return 0
    for p in range(combinations):
        if board.place[firm, p] != nowhere:
            worlds.off[w, board.place[firm, p]] = worlds.tried[w, p]
    return after - before


@machine_code
def _move(board: AmountBoard, worlds: AmountWorlds, w: int, d: int, firm: int, now: int, then: int) -> None:
    """What a change of one firm does to a domain."""
    for m in range(board.low.shape[1]):
        worlds.above[w, d, m] += board.above[firm, then, m] - board.above[firm, now, m]
        worlds.below[w, d, m] += board.below[firm, then, m] - board.below[firm, now, m]
    if board.medians.told[d]:
        _sort(board, worlds, w, d, firm)


@machine_code
def put_amount(board: AmountBoard, worlds: AmountWorlds, w: int, firm: int, then: int) -> None:
    """Let a firm of a world answer another level, whether all stays as told or not; in place."""
    now, nowhere = worlds.levels[w, firm], len(board.low) - 1
    worlds.levels[w, firm] = then
    for p in range(board.place.shape[1]):
        d = board.place[firm, p]
        if d == nowhere:
            continue
        _move(board, worlds, w, d, firm, now, then)
        worlds.off[w, d] = _off(board, worlds, w, d)


@machine_code
def count_off(board: AmountBoard, worlds: AmountWorlds) -> None:
    """How many figures of every domain are not as told, in place."""
    for w in range(len(worlds.levels)):
        for d in range(len(board.low) - 1):
            worlds.off[w, d] = _off(board, worlds, w, d)


@machine_code
def _sort(board: AmountBoard, worlds: AmountWorlds, w: int, d: int, firm: int) -> None:
    """Move a firm to its place in the order of its domain; all others are in order."""
    start, end = board.first[d], board.first[d] + board.rows[d]
    order, at = worlds.order[w], start
    while order[at] != firm:
        at += 1
    value = board.values[worlds.levels[w, firm], firm]
    while at > start and board.values[worlds.levels[w, order[at - 1]], order[at - 1]] > value:
        order[at] = order[at - 1]
        at -= 1
    while at < end - 1 and board.values[worlds.levels[w, order[at + 1]], order[at + 1]] < value:
        order[at] = order[at + 1]
        at += 1
    order[at] = firm


@machine_code
def _off(board: AmountBoard, worlds: AmountWorlds, w: int, d: int) -> int:
    found = 0
    for m in range(board.low.shape[1]):
        above, below = worlds.above[w, d, m], worlds.below[w, d, m]
        edge = 1e-9 * abs(below)
        if above < board.low[d, m] * below + edge or above > board.high[d, m] * below - edge:
            # A figure of which nothing is told has bounds that no sum comes near.
            found += 1
    return found + _medians_off(board, worlds, w, d) if board.medians.told[d] else found


@machine_code
def _medians_off(board: AmountBoard, worlds: AmountWorlds, w: int, d: int) -> int:
    middle, after, share = _middle(board, worlds, w, d)
    median, found = _mean_of_five(board, worlds, w, d, middle), 0
    low, high = middle, middle
    if board.medians.reach[d] > 0:
        low = _before(board, worlds, w, d, middle, after, share)
        high = _after(board, worlds, w, d, middle, after, share)
    if not _is_told(board, d, 0, median):
        found += 1
    if board.medians.ends[d]:
        found += 0 if _is_told(board, d, 1, _mean_of_five(board, worlds, w, d, low)) else 1
        found += 0 if _is_told(board, d, 2, _mean_of_five(board, worlds, w, d, high)) else 1
    error = 0.0
    if board.medians.reach[d] > 0:
        error = (_value(board, worlds, w, high) - _value(board, worlds, w, low)) / (2 * board.medians.freedom[d])
    size = max(error, LEAST_PART * abs(median))
    if size < board.medians.sizes[0, d] or size >= board.medians.sizes[1, d]:
        found += 1
    return found


@machine_code
def _is_told(board: AmountBoard, d: int, which: int, value: float) -> bool:
    return int(value / board.medians.unit[d] + 0.5 + 1e-9 + 1e6) == int(board.medians.steps[which, d] + 1e6)


@machine_code
def _value(board: AmountBoard, worlds: AmountWorlds, w: int, at: int) -> float:
    firm = worlds.order[w, at]
    return float(board.values[worlds.levels[w, firm], firm])


@machine_code
def _middle(board: AmountBoard, worlds: AmountWorlds, w: int, d: int) -> tuple[int, int, float]:
    """Where the first of the answers stands up to which half is reached, where those after it begin, and the share that
    is reached."""
    at, end, sum_ = board.first[d], board.first[d] + board.rows[d], 0.0
    half = (0.5 - NEAR) * board.whole[d]
    while at < end:
        first, value = at, _value(board, worlds, w, at)
        while at < end and _value(board, worlds, w, at) == value:
            sum_ += board.weight[worlds.order[w, at]]
            at += 1
        if sum_ >= half:
            return first, at, sum_ / board.whole[d]
    return board.first[d], end, 1.0


@machine_code
def _before(board: AmountBoard, worlds: AmountWorlds, w: int, d: int, first: int, after: int, share: float) -> int:
    """Where the first answer stands up to which the lower end of the interval of that share is reached."""
    least = (share - board.medians.reach[d] - NEAR) * board.whole[d]
    sum_ = share * board.whole[d]
    for at in range(first, after):
        sum_ -= board.weight[worlds.order[w, at]]
    # What is reached before an answer is what is reached up to those before it.
    while first > board.first[d] and sum_ >= least:
        first -= 1
        value = _value(board, worlds, w, first)
        sum_ -= board.weight[worlds.order[w, first]]
        while first > board.first[d] and _value(board, worlds, w, first - 1) == value:
            first -= 1
            sum_ -= board.weight[worlds.order[w, first]]
    return first


@machine_code
def _after(board: AmountBoard, worlds: AmountWorlds, w: int, d: int, first: int, after: int, share: float) -> int:
    """And where the upper end is, or the last answer."""
    end, most = board.first[d] + board.rows[d], (share + board.medians.reach[d] - NEAR) * board.whole[d]
    sum_ = share * board.whole[d]
    while sum_ < most and after < end:
        first, value = after, _value(board, worlds, w, after)
        while after < end and _value(board, worlds, w, after) == value:
            sum_ += board.weight[worlds.order[w, after]]
            after += 1
    return first


@machine_code
def _mean_of_five(board: AmountBoard, worlds: AmountWorlds, w: int, d: int, at: int) -> float:
    """The mean of the five about an answer, of fewer of all."""
    start, number = board.first[d], board.rows[d]
    rows = min(FIVE, number)
    first = max(min(at - start - FIVE // 2, number - FIVE), 0)
    found = 0.0
    for k in range(start + first, start + first + rows):
        found += _value(board, worlds, w, k)
    return float(found / rows)
