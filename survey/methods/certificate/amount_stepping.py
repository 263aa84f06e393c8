"""The steps of a walk over worlds of amounts, compiled by Numba (see `stepping`, which is loaded as late).

A firm answers another of its levels where the figures of its groups are then no further from what is told. From the
truth that never leaves what is told; from a world in which one firm was put elsewhere it leads back to it: by how far
figures are off, and not by how many are, since nearly no single firm brings one back by itself.
"""

from survey.methods.arrays import Floats, Ints
from survey.methods.certificate.amount_board import AmountBoard, AmountWorlds
from survey.methods.certificate.stepping import machine_code

NEAR = 1e-12
"""By which a share reaches another, and a value is not below one."""
LEAST_PART = 0.01
"""Of itself, to which a figure is told at the closest."""
OFF = 0.1
"""A figure that is not as told is so many steps off by that alone, beside what it is away."""
DUST = 1e-12
FIVE = 5
"""Neighbours that a told median is the mean of."""


@machine_code
def walk_amounts(
    board: AmountBoard, worlds: AmountWorlds, movable: Ints, answers: int, chance: Floats, back: bool
) -> None:
    """As many steps in each world as `chance` (T, steps, 2) has, each to one of the first so many answers; where they
    are to lead `back` no further than to all that is told."""
    for w in range(len(worlds.answers)):
        left = 0
        for d in range(worlds.off.shape[1]):
            left += worlds.off[w, d] > 0
        for t in range(chance.shape[1]):
            if back and left == 0:
                break
            firm = movable[int(chance[w, t, 0] * len(movable))]
            then = int(chance[w, t, 1] * answers)
            now = worlds.answers[w, firm]
            if then == now or not worlds.free[w, firm] or not board.possible[firm, then]:
                continue
            left += _try_amount(board, worlds, w, firm, then)


@machine_code
def _try_amount(board: AmountBoard, worlds: AmountWorlds, w: int, firm: int, then: int) -> int:
    """Let a firm give another answer where that brings figures no further from what is told; of how many domains more
    than before they are off."""
    now, nowhere, combinations = worlds.answers[w, firm], len(board.low) - 1, board.place.shape[1]
    columns, firms = board.joint.shape[1], len(board.possible)
    before, after, more = 0.0, 0.0, 0
    for c in range(columns):
        row = c * firms + firm
        for p in range(combinations if board.joint[now, c] != board.joint[then, c] else 0):
            if board.place[row, p] != nowhere:
                before += worlds.off[w, board.place[row, p]]
    for c in range(columns):
        row, was, is_ = c * firms + firm, board.joint[now, c], board.joint[then, c]
        if was == is_:
            continue
        worlds.levels[w, row] = is_
        for p in range(combinations):
            d = board.place[row, p]
            if d == nowhere:
                continue
            _move(board, worlds, w, p, row, was, is_)
            worlds.tried[w, c * combinations + p] = _off(board, worlds, w, d)
            after += worlds.tried[w, c * combinations + p]
            if after > before + DUST:
                # Nearly all steps are refused by one of the first groups, so that the others are not looked at.
                _take_back(board, worlds, w, firm, then, c, p)
                return 0
    for c in range(columns):
        row = c * firms + firm
        for p in range(combinations if board.joint[now, c] != board.joint[then, c] else 0):
            d = board.place[row, p]
            if d != nowhere:
                more += (worlds.tried[w, c * combinations + p] > 0) - (worlds.off[w, d] > 0)
                worlds.off[w, d] = worlds.tried[w, c * combinations + p]
    worlds.answers[w, firm] = then
    return more


@machine_code
def _take_back(board: AmountBoard, worlds: AmountWorlds, w: int, firm: int, then: int, column: int, place: int) -> None:
    """Undo what a step has moved up to a place of a column."""
    now, nowhere, firms = worlds.answers[w, firm], len(board.low) - 1, len(board.possible)
    for c in range(column + 1):
        row, was, is_ = c * firms + firm, board.joint[now, c], board.joint[then, c]
        if was == is_:
            continue
        worlds.levels[w, row] = was
        for p in range(place + 1 if c == column else board.place.shape[1]):
            if board.place[row, p] != nowhere:
                _move(board, worlds, w, p, row, is_, was)


@machine_code
def _move(board: AmountBoard, worlds: AmountWorlds, w: int, p: int, row: int, now: int, then: int) -> None:
    """What a change of one row does to a domain, the one in place p of the row."""
    d = board.place[row, p]
    for m in range(board.low.shape[1]):
        times = board.part[row, p, board.errors[m]]
        worlds.above[w, d, m] += times * (board.above[row, then, m] - board.above[row, now, m])
        worlds.below[w, d, m] += times * (board.below[row, then, m] - board.below[row, now, m])
    # In other domains it is rows filled in from it that change, whose place in the order is left to clearing.
    if board.medians.told[d] and board.part[row, p, 1] > 0:
        _sort(board, worlds, w, d, row)


@machine_code
def put_amount(board: AmountBoard, worlds: AmountWorlds, w: int, firm: int, then: int) -> None:
    """Let a firm of a world give another answer, whether all stays as told or not; in place."""
    now, nowhere, firms = worlds.answers[w, firm], len(board.low) - 1, len(board.possible)
    worlds.answers[w, firm] = then
    for c in range(board.joint.shape[1]):
        row, was, is_ = c * firms + firm, board.joint[now, c], board.joint[then, c]
        worlds.levels[w, row] = is_
        for p in range(board.place.shape[1] if was != is_ else 0):
            d = board.place[row, p]
            if d == nowhere:
                continue
            _move(board, worlds, w, p, row, was, is_)
            worlds.off[w, d] = _off(board, worlds, w, d)


@machine_code
def put_worlds(board: AmountBoard, worlds: AmountWorlds, answers: Ints) -> None:
    """Let the firms of each world give these answers (T, firms), whether all stays as told or not; in place."""
    for w in range(len(answers)):
        for firm in range(answers.shape[1]):
            if answers[w, firm] != worlds.answers[w, firm]:
                put_amount(board, worlds, w, firm, answers[w, firm])


@machine_code
def count_off(board: AmountBoard, worlds: AmountWorlds) -> None:
    """How far the figures of every domain are from what is told, in place."""
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
def _off(board: AmountBoard, worlds: AmountWorlds, w: int, d: int) -> float:
    found = 0.0
    for m in range(board.low.shape[1]):
        above, below = worlds.above[w, d, m], worlds.below[w, d, m]
        edge = 1e-9 * abs(below)
        # A figure of which nothing is told has bounds that no sum comes near.
        away = max(board.low[d, m] * below + edge - above, above - board.high[d, m] * below + edge)
        if away > 0:
            found += OFF + away / max(board.width[d, m] * abs(below), edge)
    return found + _medians_off(board, worlds, w, d) if board.medians.told[d] else found


@machine_code
def _medians_off(board: AmountBoard, worlds: AmountWorlds, w: int, d: int) -> float:
    middle, after, share = _middle(board, worlds, w, d)
    median = _mean_of_five(board, worlds, w, d, middle)
    low, high = middle, middle
    if board.medians.reach[d] > 0:
        low = _before(board, worlds, w, d, middle, after, share)
        high = _after(board, worlds, w, d, middle, after, share)
    found = _steps_off(board, d, 0, median)
    if board.medians.ends[d]:
        found += _steps_off(board, d, 1, _mean_of_five(board, worlds, w, d, low))
        found += _steps_off(board, d, 2, _mean_of_five(board, worlds, w, d, high))
    error = 0.0
    if board.medians.reach[d] > 0:
        error = (_value(board, worlds, w, high) - _value(board, worlds, w, low)) / (2 * board.medians.freedom[d])
    size = max(error, LEAST_PART * abs(median))
    if size < board.medians.sizes[0, d]:
        found += OFF + 1 - size / board.medians.sizes[0, d]
    elif size >= board.medians.sizes[1, d]:
        found += OFF + size / board.medians.sizes[1, d] - 1
    return found


@machine_code
def _steps_off(board: AmountBoard, d: int, which: int, value: float) -> float:
    """How many steps a value is from being rounded to the one that is told."""
    steps = value / board.medians.unit[d]
    if int(steps + 0.5 + 1e-9 + 1e6) == int(board.medians.steps[which, d] + 1e6):
        return 0.0
    return float(OFF + max(abs(steps - board.medians.steps[which, d]) - 0.5, 0.0))


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
