"""Which further figures must be withheld so that no withheld one can be computed: the engine of disclosure control.

Figures are numbered; a relation says that the figure `whole` is the sum of its `parts` (in a table of means or shares
the same holds for the totals behind them, with weights that an intruder may know). A relation without a whole adds up
to something known, as shares of exclusive options add up to 1.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from survey.methods.protection.determinacy import free_unknowns


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """whole = sum of parts. `of_firms`: the parts are disjoint groups of firms that make up the whole."""

    whole: int | None
    parts: tuple[int, ...]
    of_firms: bool = True

    @property
    def members(self) -> tuple[int, ...]:
        """All figures in it, the whole first."""
        return self.parts if self.whole is None else (self.whole, *self.parts)

    @property
    def signed_members(self) -> list[tuple[int, float]]:
        """The figures with their coefficients in "sum of parts - whole"."""
        whole = [] if self.whole is None else [(self.whole, -1.0)]
        return whole + [(part, 1.0) for part in self.parts]


RemainderRule = Callable[[Relation, Sequence[int]], bool]


def complete_suppression(
    firms: Sequence[int],
    primary: Iterable[int],
    relations: Sequence[Relation],
    remainder_is_safe: RemainderRule,
) -> set[int]:
    """The figures to withhold in addition to `primary`; smallest first, then in order of number.

    A relation with a shown whole gives away the sum of its withheld parts. Parts are withheld until there are at least
    two and `remainder_is_safe(relation, withheld parts)`; with none left, the whole is withheld. A withheld
    group of firms takes all its parts with it, since a shown part would bound it; another withheld whole its smallest
    part. Last, whatever all relations together still determine gets a further
    companion. Figures on 0 firms are known to be empty and never withheld. Time is linear in the size of the relations
    for each round, and every round withholds something.
    """
    live = [_without_empty(relation, firms) for relation in relations]
    touching: dict[int, list[int]] = {}
    for number, relation in enumerate(live):
        for member in relation.members:
            touching.setdefault(member, []).append(number)
    hidden = set(primary)
    waiting = sorted({number for member in hidden for number in touching.get(member, ())})
    while True:
        _settle(live, touching, waiting, hidden, firms, remainder_is_safe)
        companion = _companion_of_determined(live, hidden, firms)
        if companion is None:
            return hidden - set(primary)
        hidden.add(companion)
        # Only the relations of the new one can be out of order; all others were settled before.
        waiting = list(touching[companion])


def _without_empty(relation: Relation, firms: Sequence[int]) -> Relation:
    # Empty figures are public, so they are no unknowns that could hide a neighbour.
    return Relation(
        whole=relation.whole,
        parts=tuple(part for part in relation.parts if firms[part] > 0),
        of_firms=relation.of_firms,
    )


def _settle(
    relations: Sequence[Relation],
    touching: dict[int, list[int]],
    waiting: list[int],
    hidden: set[int],
    firms: Sequence[int],
    remainder_is_safe: RemainderRule,
) -> None:
    """Withhold figures until every relation is in order by itself; `waiting` are the relations to look at."""
    # A dict as an ordered set: the same input withholds the same figures, whatever the hash seed.
    queue = dict.fromkeys(waiting)
    while queue:
        number = next(iter(queue))
        addition = _addition(relations[number], hidden, firms, remainder_is_safe)
        if addition is None:
            del queue[number]
            continue
        hidden.add(addition)
        queue.update(dict.fromkeys(touching[addition]))


def _addition(
    relation: Relation, hidden: set[int], firms: Sequence[int], remainder_is_safe: RemainderRule
) -> int | None:
    """The next figure to withhold in this relation, or None where it is in order."""
    parts = [part for part in relation.parts if part in hidden]
    whole_hidden = relation.whole is not None and relation.whole in hidden
    if not parts and not whole_hidden:
        return None
    shown = [part for part in relation.parts if part not in hidden]
    # One withheld part alone is the whole minus the shown ones. A withheld whole of firms takes
    # all its parts along: a shown one would bound it from below.
    in_order = (not relation.of_firms or not shown) if whole_hidden and parts else len(parts) >= 2
    if in_order and (whole_hidden or remainder_is_safe(relation, parts)):
        return None
    if shown:
        # The smallest loses least information; the number decides ties, so that a page is the same each time.
        return min(shown, key=lambda part: (firms[part], part))
    return None if whole_hidden else relation.whole


def _companion_of_determined(relations: Sequence[Relation], hidden: set[int], firms: Sequence[int]) -> int | None:
    """The smallest shown figure connected with a withheld one that the relations together determine, or None."""
    fixed = set(determined(relations, hidden))
    for figures, rows in connected_parts(relations, hidden):
        if not fixed.intersection(figures):
            continue
        companion = smallest_companion(rows, fixed.intersection(figures), hidden, firms)
        if companion is not None:
            return companion
    return None


def smallest_companion(
    relations: Sequence[Relation], fixed: set[int], hidden: set[int], firms: Sequence[int]
) -> int | None:
    """The shown figure to withhold for the sake of `fixed` ones: from their own relations first, then the smallest."""
    shown = [
        (not fixed.intersection(relation.members), firms[member], member)
        for relation in relations
        for member in relation.members
        if member not in hidden and firms[member] > 0
    ]
    return min(shown)[2] if shown else None


def determined(relations: Sequence[Relation], hidden: Iterable[int]) -> list[int]:
    """The withheld figures that follow from the shown ones: those fixed by the linear system of all relations.

    The system splits into connected parts; in each, a figure is determined where every null vector is 0 at it. A
    relation with one live part and no whole is a statement about that part alone, which no suppression can hide.
    """
    found: list[int] = []
    for figures, rows in connected_parts(relations, set(hidden)):
        # One equation determines an unknown where it is the only one; there is nothing to solve.
        if len(rows) == 1:
            found += figures if len(figures) == 1 else []
            continue
        position = {figure: column for column, figure in enumerate(figures)}
        entries = [
            (row, position[figure], sign)
            for row, relation in enumerate(rows)
            for figure, sign in relation.signed_members
            if figure in position
        ]
        free = free_unknowns(entries, (len(rows), len(figures)))
        found += [figure for figure, is_free in zip(figures, free, strict=True) if not is_free]
    return sorted(found)


def connected_parts(relations: Sequence[Relation], hidden: set[int]) -> list[tuple[list[int], list[Relation]]]:
    """Withheld figures that share relations, with these relations; figures in no relation are left out."""
    parent = {figure: figure for figure in hidden}

    def root(figure: int) -> int:
        while parent[figure] != figure:
            # Union-find with path halving (Tarjan and van Leeuwen 1984): time close to linear in the members.
            parent[figure] = parent[parent[figure]]
            figure = parent[figure]
        return figure

    unknowns = [(relation, [m for m in relation.members if m in hidden]) for relation in relations]
    # A relation of one figure says nothing about any other.
    unknowns = [(relation, members) for relation, members in unknowns if members and len(relation.members) > 1]
    for _, members in unknowns:
        for member in members[1:]:
            parent[root(member)] = root(members[0])
    parts: dict[int, tuple[set[int], list[Relation]]] = {}
    for relation, members in unknowns:
        figures, rows = parts.setdefault(root(members[0]), (set(), []))
        figures.update(members)
        rows.append(relation)
    # Sorted by root and by number: which companion is chosen must not hang on the order of a set.
    return [(sorted(figures), rows) for _, (figures, rows) in sorted(parts.items())]
