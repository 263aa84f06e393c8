"""Steps of a walk that no firm could take alone: others of one of its groups make up for it.

A firm that weighs much in a small group moves its figures further than their steps are wide. Here it answers otherwise
together with several others of one of its groups, each of which answers the other way about. A step and the way back
are equally likely, so that the walk keeps its distribution.
"""

import numpy as np

from survey.methods.arrays import Floats, Ints
from survey.methods.certificate.board import MOST_OTHERS, Board, Worlds
from survey.methods.certificate.stepping import SAME, _moved, _outside, _shift, compiled

LARGEST = 64
"""Firms of a group in which others are looked for: in larger ones no firm weighs much, and to look takes longer."""


@compiled
def trade(board: Board, worlds: Worlds, firms: Ints, turned: Ints, side: Ints, chance: Floats) -> None:
    """Steps of `firms` with others, each taken where all stays as told; in place.

    `turned` (C, K) are C ways to answer otherwise, each of which undoes itself, -1 where one does not apply; firms on
    one `side` of it (C, K), 0 or 1, make up for those of the other; `chance` (T, steps, 5 + MOST_OTHERS).
    """
    members = np.empty(len(board.place) + 1, np.intp)
    for w in range(len(worlds.answers)):
        for t in range(chance.shape[1]):
            u = chance[w, t]
            firm, way = firms[int(u[0] * len(firms))], int(u[1] * len(turned))
            number = _drawn(board, worlds, w, firm, turned[way], side[way], u[2:], members)
            if not number:
                continue
            _turn(board, worlds, w, members[:number], turned[way])
            # Taken first and taken back: several firms move many figures, which a trial would have to add up twice.
            if not _as_told(board, worlds, w, members[:number], turned[way]):
                _turn(board, worlds, w, members[:number], turned[way])


@compiled
def _drawn(board: Board, worlds: Worlds, w: int, firm: int, turned: Ints, side: Ints, u: Floats, members: Ints) -> int:
    """How many firms, the first of `members`, are to change together: some others and the firm; 0 for no step."""
    nowhere, now = len(board.low) - 1, worlds.answers[w, firm]
    p, others = int(u[0] * board.place.shape[1]), 1 + int(u[1] * MOST_OTHERS)
    if not _may_turn(board, worlds, w, turned, firm) or board.place[firm, p] == nowhere:
        return 0
    if board.size[p, firm] > LARGEST:
        return 0
    found, back = 0, 0
    for place in range(board.start[p, firm], board.start[p, firm] + board.size[p, firm]):
        near = board.order[p, place]
        if near != firm and _may_turn(board, worlds, w, turned, near):
            if side[worlds.answers[w, near]] != side[now]:
                members[found] = near
                found += 1
            else:
                back += 1
    # No step at all is a step to the same world, so that the way back stays as likely.
    if found < others:
        return 0
    # As many sets of others as lead there, and as many as lead back (Hastings 1970).
    fair = 1.0
    for k in range(others):
        fair *= (found - k) / (back + others - k)
        pick = k + int(u[3 + k] * (found - k))
        members[k], members[pick] = members[pick], members[k]
    # Behind the others: it weighs most, and is the first that is looked at.
    members[others] = firm
    return others + 1 if u[2] < fair else 0


@compiled
def _may_turn(board: Board, worlds: Worlds, w: int, turned: Ints, firm: int) -> bool:
    now = worlds.answers[w, firm]
    if now < 0 or turned[now] < 0 or not worlds.free[w, firm]:
        return False
    return bool(board.alike[board.kind[firm], now, turned[now]])


@compiled
def _turn(board: Board, worlds: Worlds, w: int, firms: Ints, turned: Ints) -> None:
    for firm in firms:
        _shift(board, worlds, w, firm, turned[worlds.answers[w, firm]])


@compiled
def _as_told(board: Board, worlds: Worlds, w: int, firms: Ints, turned: Ints) -> bool:
    """Whether all figures that these firms have moved are as told; those of the last, which weighs most, first."""
    nowhere = len(board.low) - 1
    for k in range(len(firms) - 1, -1, -1):
        for domain in board.place[firms[k]]:
            for m in range(board.low.shape[1] if domain != nowhere else 0):
                above, below = worlds.above[w, domain, m], worlds.below[w, domain, m]
                is_off = _outside(above, below, board.low[domain, m], board.high[domain, m]) > 0
                if is_off and _has_moved(board, worlds, w, firms, turned, domain, m):
                    return False
    return True


@compiled
def _has_moved(board: Board, worlds: Worlds, w: int, firms: Ints, turned: Ints, domain: int, m: int) -> bool:
    """Whether firms that have turned move a figure: one that lay on its edge from the start may stay there."""
    up, down = 0.0, 0.0
    for firm in firms:
        now = worlds.answers[w, firm]
        for one in board.place[firm]:
            if one == domain:
                moved = _moved(board, firm, m, turned[now], now)
                up, down = up + moved[0], down + moved[1]
    return abs(up) > SAME or abs(down) > SAME
