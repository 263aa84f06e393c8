"""Steps of worlds that may leave what is told, each at a price of its own: compiled loops (see `stepping`).

Steps that keep to everything at once hardly ever let a firm of much weight answer otherwise. Where leaving costs
little it does so at once, and others follow while it costs more and more.
"""

from survey.methods.arrays import Floats, Ints
from survey.methods.certificate.board import Board, Worlds
from survey.methods.certificate.stepping import SAME, change, inlined, machine_code, note_moved, proposed


@machine_code
def temper(
    board: Board, worlds: Worlds, movable: Ints, unit: Floats, steep: Floats, off: Floats, chance: Floats
) -> None:
    """As many steps in each world as `chance` (T, steps, 6) has; in place, with `off` (T,) after them.

    `unit` (D + 1, M) is the reciprocal of what counts as one step off in a figure. A step that leads so much further
    off is taken with probability exp(-steep x that), `steep` (T,), so that each world comes to have the distribution
    in which a set of answers is as likely as exp(-steep x how far it is off) (Metropolis 1953).
    """
    for w in range(len(worlds.answers)):
        off[w] = how_far_off(board, worlds, w, unit)
        for t in range(chance.shape[1]):
            firm = movable[int(chance[w, t, 0] * len(movable))]
            other, then = proposed(board, worlds, w, firm, chance[w, t])
            if then < 0:
                continue
            count = note_moved(board, worlds, firm, other, worlds.answers[w, firm], then)
            # -log u of a uniform number is exponential: the most that this step may lead off.
            most = chance[w, t, 5] / steep[w]
            more = _further_off(board, worlds, w, firm, other, unit, most + off[w], count)
            if more <= most:
                change(board, worlds, w, firm, other, then, count)
                off[w] = max(off[w] + more, 0.0)
        # Added up anew, so that the dust of many steps is no part of it.
        off[w] = how_far_off(board, worlds, w, unit)


@inlined
def how_far_off(board: Board, worlds: Worlds, w: int, unit: Floats) -> float:
    """How far the figures of a world are from what is told, in steps, all of them together."""
    total = 0.0
    for domain in range(len(board.least) - 1):
        for m in range(board.least.shape[1]):
            total += (
                _outside(worlds.above[w, domain, m], board.least[domain, m], board.most[domain, m]) * unit[domain, m]
            )
    return total


@inlined
def _further_off(
    board: Board,
    worlds: Worlds,
    w: int,
    firm: int,
    other: int,
    unit: Floats,
    most: float,
    count: int,
) -> float:
    """How much further off a change leads; no more than a part of it where that is beyond `most` already."""
    nowhere, total = len(board.least) - 1, 0.0
    # The smallest groups stand last; what leads furthest off is seen first.
    for p in range(board.place.shape[1] - 1, -1, -1):
        one = board.place[firm, p]
        two = board.place[other, p] if other >= 0 else nowhere
        if one != nowhere:
            total += _more_off(board, worlds, w, one, 2 if one == two else 0, count, unit)
        if two != nowhere and two != one:
            total += _more_off(board, worlds, w, two, 1, count, unit)
        # The groups that are left can bring back no more than the whole world is off, which is a part of `most`.
        if total > most:
            break
    return total


@inlined
def _more_off(board: Board, worlds: Worlds, w: int, domain: int, side: int, count: int, unit: Floats) -> float:
    total = 0.0
    for k in range(count):
        # A figure that nothing moves is as far off as before.
        if abs(worlds.moved[side, k]) > SAME:
            m = worlds.which[k]
            above, least, most = worlds.above[w, domain, m], board.least[domain, m], board.most[domain, m]
            total += (_outside(above + worlds.moved[side, k], least, most) - _outside(above, least, most)) * unit[
                domain, m
            ]
    return total


@inlined
def _outside(above: float, least: float, most: float) -> float:
    return max(least - above, above - most, 0.0)


@machine_code
def exchange(steep: Floats, off: Floats, rung: Ints, first: int, chance: Floats) -> None:
    """Let worlds on neighbouring rungs change places, those of rungs `first`, `first` + 2, ... with the next; in place.

    `rung` (T,) is the world that stands on each, `steep` (T,) and `off` (T,) are by world, `chance` (T,) exponential.
    Taken as often as keeps the distribution of all worlds together (Geyer 1991).
    """
    for r in range(first, len(rung) - 1, 2):
        one, two = rung[r], rung[r + 1]
        # What both are off at their own price, less what they were at each other's.
        if (steep[one] - steep[two]) * (off[two] - off[one]) <= chance[r]:
            rung[r], rung[r + 1] = two, one
            steep[one], steep[two] = steep[two], steep[one]
