"""Withheld figures that bounds give away: where shares that cannot be negative add up to 0, each of them is 0.

That a group of enough firms has nobody with an answer may be shown, and with it that none of its members has. But a
figure fixed to 0 in this way is no longer unknown in its other sums, and may so fix a withheld figure that is not 0.
"""

from collections.abc import Sequence

from survey.methods.figures import Address
from survey.methods.suppression import Relation, connected_parts, determined, smallest_companion
from survey.methods.tables import Cell, Statistic

NOT_NEGATIVE = frozenset({Statistic.SHARE, Statistic.RATE, Statistic.COUNT, Statistic.TOTAL})


def implied_companion(
    addresses: Sequence[Address], cells: Sequence[Cell], relations: Sequence[Relation], hidden: set[int]
) -> int | None:
    """A shown figure to withhold because some withheld one, not 0 or 1, follows from the others; None if none does."""
    relevant = [relation for relation in relations if hidden.intersection(relation.members)]
    known = at_bounds(addresses, cells, relevant, hidden)
    if not known:
        return None
    unknown = hidden - known
    fixed = set(determined(relevant, unknown))
    firms = [cell.n or 0 for cell in cells]
    for figures, rows in connected_parts(relevant, hidden):
        if fixed.intersection(figures):
            companion = smallest_companion(rows, fixed.intersection(figures), hidden, firms)
            if companion is not None:
                return companion
    return None


def at_bounds(
    addresses: Sequence[Address], cells: Sequence[Cell], relations: Sequence[Relation], hidden: set[int]
) -> set[int]:
    """Withheld figures that a sum of 0 (or of shares that are all 1) fixes, directly or one after another."""
    known: set[int] = set()
    while True:
        found = {
            part
            for relation in relations
            if relation.whole not in hidden or relation.whole in known
            for part in _fixed_parts(addresses, cells, relation, hidden - known)
        }
        if not found:
            return known
        known |= found


def _fixed_parts(
    addresses: Sequence[Address], cells: Sequence[Cell], relation: Relation, unknown: set[int]
) -> list[int]:
    parts = [part for part in relation.parts if part in unknown]
    if not parts or addresses[parts[0]].statistic not in NOT_NEGATIVE:
        return []
    figures = [cells[part].estimate or 0.0 for part in parts]
    full = relation.of_firms and addresses[parts[0]].statistic.is_fraction and min(figures) == 1
    return parts if max(figures) == 0 or full else []
