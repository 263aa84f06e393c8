"""Proof that protected tables give nothing away: by rank, by bounds, and by the firms under every difference."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from scipy.optimize import linprog

from survey.methods.protection.disclosure import DisclosureRule
from survey.methods.protection.figures import Address, FigureSet, addresses_of, figures_of
from survey.methods.protection.suppression import Relation, connected_parts, determined
from survey.methods.tables.table import ProtectedTable, Statistic, Table

# Means, medians and balances may be negative, so no bound holds for what is behind them.
BOUNDED_BELOW = frozenset({*(one for one in Statistic if one.is_fraction), Statistic.COUNT, Statistic.TOTAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrow:
    """A withheld figure that the shown ones bound to [low, high], closer than the tolerance."""

    address: Address
    low: float
    high: float


def determined_figures(protected: Sequence[ProtectedTable]) -> tuple[Address, ...]:
    """Withheld figures that follow from what the tables show, by the rank of all sums over domains and options."""
    figures = figures_of(protected)
    hidden = [number for number, cell in enumerate(figures.cells) if cell.is_withheld]
    return tuple(figures.addresses[number] for number in determined(figures.relations, hidden))


def thin_differences(
    tables: Sequence[Table], protected: Sequence[ProtectedTable], rule: DisclosureRule
) -> tuple[Address, ...]:
    """Shown domains whose shown parts leave, when subtracted, a figure on fewer firms than the threshold."""
    figures, hidden = figures_of(tables), _withheld(protected)
    thin = []
    for relation in figures.relations:
        if relation.whole is None or not relation.of_firms or figures.addresses[relation.whole] in hidden:
            continue
        # The whole less its shown parts is a figure of its own: that of the firms in the withheld parts.
        left = sum(figures.cells[part].n or 0 for part in relation.parts if figures.addresses[part] in hidden)
        if 0 < left < rule.threshold:
            thin.append(figures.addresses[relation.whole])
    return tuple(thin)


def narrow_figures(
    tables: Sequence[Table], protected: Sequence[ProtectedTable], *, tolerance: float = 1e-6
) -> tuple[Narrow, ...]:
    """Withheld shares, counts and totals, neither 0 nor 1, bounded to less than `tolerance` of their base.

    The totals behind the figures are unknowns of a linear programme, at least 0 and for shares at most their base;
    every relation between them is a constraint. About 0 and 1 see `implied`. `tables` come before protection.
    """
    figures, withheld = figures_of(tables), _withheld(protected)
    hidden = {number for number, address in enumerate(figures.addresses) if address in withheld}
    hidden = {number for number in hidden if figures.addresses[number].statistic in BOUNDED_BELOW}
    found: list[Narrow] = []
    for unknown, relations in connected_parts(figures.relations, hidden):
        found += _narrow_in_part(figures, unknown, relations, tolerance)
    return tuple(found)


def _narrow_in_part(
    figures: FigureSet, unknown: list[int], relations: list[Relation], tolerance: float
) -> list[Narrow]:
    matrix, known = np.zeros((len(relations), len(unknown))), np.zeros(len(relations))
    column = {number: k for k, number in enumerate(unknown)}
    for row, relation in enumerate(relations):
        # A relation without a whole adds up to a figure that nobody prints, such as all firms of the base. What it
        # adds up to is taken from the true figures, since an intruder knows it anyway.
        known[row] = sum(_total(figures, part) for part in relation.parts) if relation.whole is None else 0.0
        for number, sign in relation.signed_members:
            if number in column:
                matrix[row, column[number]] += sign
            else:
                known[row] -= sign * _total(figures, number)
    # A share is a total over its base: the programme counts in firms, where sums of shares are linear.
    bounds = [(0.0, _size(figures, number) if _is_fraction(figures, number) else None) for number in unknown]
    found = []
    for k, number in enumerate(unknown):
        if _is_extreme(figures, number):
            continue
        base = _size(figures, number)
        low, high = (_extreme(matrix, known, bounds, k, sign) / base for sign in (1.0, -1.0))
        if high - low < tolerance:
            found.append(Narrow(address=figures.addresses[number], low=low, high=high))
    return found


def _extreme(
    matrix: np.ndarray, known: np.ndarray, bounds: list[tuple[float, float | None]], k: int, sign: float
) -> float:
    """The least (sign 1) or greatest (sign -1) value of unknown `k`; without a bound it is infinite."""
    goal = np.zeros(len(bounds))
    goal[k] = sign
    solution = linprog(goal, A_eq=matrix, b_eq=known, bounds=bounds)
    # Anything but an optimum is taken as unbounded: the true figures solve the system, so a solution exists.
    return float(solution.fun) * sign if solution.status == 0 else -sign * float("inf")


def _is_fraction(figures: FigureSet, number: int) -> bool:
    return figures.addresses[number].statistic.is_fraction


def _is_extreme(figures: FigureSet, number: int) -> bool:
    estimate = figures.cells[number].estimate or 0.0
    return estimate == 0 or (_is_fraction(figures, number) and estimate == 1)


def _size(figures: FigureSet, number: int) -> float:
    """The base of a share in firms; 1 for a count or total, whose interval is then in its own unit."""
    cell = figures.cells[number]
    return float(cell.weighted_count or cell.n or 1) if _is_fraction(figures, number) else 1.0


def _total(figures: FigureSet, number: int) -> float:
    return float(figures.cells[number].estimate or 0.0) * _size(figures, number)


def _withheld(protected: Sequence[ProtectedTable]) -> set[Address]:
    return {
        address
        for table in protected
        for address, (_row, _column, cell) in zip(chain(*addresses_of(table)), table.walk(), strict=True)
        if cell.is_withheld
    }
