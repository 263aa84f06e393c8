"""Withheld figures that bounds give away: where shares that cannot be negative add up to 0, each of them is 0.

That a group of enough firms has nobody with an answer may be shown, and with it that none of its members has. But a
figure fixed to 0 in this way is no longer unknown in its other sums, and may so fix a withheld figure that is not 0.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_array

from survey.methods.errors import NotConverged
from survey.methods.protection.figures import Address
from survey.methods.protection.suppression import Relation, connected_parts, determined, smallest_companion
from survey.methods.tables.table import Cell, Statistic

Floats = NDArray[np.float64]

NOT_NEGATIVE = frozenset({*(one for one in Statistic if one.is_fraction), Statistic.COUNT, Statistic.TOTAL})


def implied_companion(
    addresses: Sequence[Address], cells: Sequence[Cell], relations: Sequence[Relation], hidden: set[int]
) -> int | None:
    """A shown figure to withhold because some withheld one, not 0 or 1, follows from the others; None if none does."""
    firms = [cell.n or 0 for cell in cells]
    for figures, rows in connected_parts(relations, hidden):
        if len(rows) == 1:
            # A single sum of several unknowns is fixed at its bounds or not at all.
            continue
        known = fixed_at_bounds(addresses, cells, figures, rows)
        fixed = set(determined(rows, set(figures) - known)) if known else set()
        companion = smallest_companion(rows, fixed, hidden, firms) if fixed else None
        if companion is not None:
            return companion
    return None


def fixed_at_bounds(
    addresses: Sequence[Address], cells: Sequence[Cell], figures: Sequence[int], relations: Sequence[Relation]
) -> set[int]:
    """Which of the connected withheld `figures` cannot leave their bound: 0, or 1 for a share.

    A figure can leave it if some direction d solves all relations, points inwards (d >= 0 at 0, d <= 0 at 1) at every
    figure on a bound, and is not 0 there. One linear programme finds a direction that leaves as many bounds as any
    can: maximise sum(z), d = +-(z + s) at the bounds, 0 <= z <= 1, s >= 0.
    """
    # Signs turn every bound into "at least 0", so that one form of programme serves both.
    inward = {k: sign for k, figure in enumerate(figures) if (sign := _inward(addresses[figure], cells[figure]))}
    if not inward:
        return set()
    bound, count = list(inward), len(figures)
    position = {figure: k for k, figure in enumerate(figures)}
    entries = [
        (row, position[figure], sign)
        for row, relation in enumerate(relations)
        for figure, sign in relation.signed_members
        if figure in position
    ]
    # z alone is capped at 1, which keeps the goal finite; s takes up what a direction needs beyond that.
    extra = {k: count + number for number, k in enumerate(bound)}
    entries = [(row, k, value * inward.get(k, 1.0)) for row, k, value in entries]
    entries += [(row, extra[k], value) for row, k, value in entries if k in extra]
    leaving = _most_leaving(entries, (len(relations), count + len(bound)), bound)
    return {figures[k] for k, leaves in zip(bound, leaving, strict=True) if not leaves}


def _inward(address: Address, cell: Cell) -> float:
    """1 for a figure at 0, -1 for a share at 1, 0 for any other."""
    if address.statistic not in NOT_NEGATIVE:
        return 0.0
    if cell.estimate == 0:
        return 1.0
    return -1.0 if address.statistic.is_fraction and cell.estimate == 1 else 0.0


def _most_leaving(
    entries: Sequence[tuple[int, int, float]], shape: tuple[int, int], bound: Sequence[int]
) -> list[bool]:
    rows, columns, values = (np.array(each) for each in zip(*entries, strict=True))
    goal, limits = np.zeros(shape[1]), np.tile([-np.inf, np.inf], (shape[1], 1))
    goal[bound] = -1.0
    # By default every unknown is free: figures off their bounds may move either way.
    limits[bound] = (0.0, 1.0)
    limits[shape[1] - len(bound) :] = (0.0, np.inf)
    matrix = coo_array((values.astype(float), (rows, columns)), shape=shape).tocsr()
    solution = linprog(goal, A_eq=matrix, b_eq=np.zeros(shape[0]), bounds=limits)
    if solution.status != 0:
        raise NotConverged(solution.message, "The bounds of the withheld figures could not be computed.")
    # Directions can be added and scaled, so at the optimum z is 1 wherever it can be above 0: 0.5 parts them safely.
    return [bool(solution.x[k] > 0.5) for k in bound]
