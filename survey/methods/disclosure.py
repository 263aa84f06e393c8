"""Protection of single firms: what may be shown of a set of tables, so that nothing withheld can be computed.

Primary: a figure on fewer firms than the threshold; a quantity that few firms dominate ((n, k) and p % rules, ESSNet
Handbook on Statistical Disclosure Control); a share of 100 % where every firm of the domain answered. A share of 0 % on
enough firms is shown, since it leaves each firm all other answers. Secondary: what `suppression` adds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce

import numpy as np
from numpy.typing import ArrayLike

from survey.methods.errors import MarginMismatch, OutOfRange
from survey.methods.suppression import Relation, complete_suppression
from survey.methods.tables import (
    Base,
    Cell,
    Contributions,
    Domain,
    Heading,
    ProtectedTable,
    Role,
    Statistic,
    Table,
    TableKind,
    within,
)
from survey.terms import CellStatus

DomainProtection = Mapping[Domain, CellStatus]


@dataclass(frozen=True, slots=True)
class DisclosureRule:
    """The frozen rule of protection.

    `threshold` firms at least are needed under a figure, and under any difference of shown figures. A quantity is
    sensitive when its `dominant` largest contributions exceed `dominance` of the total, or when the total less the two
    largest is below `p` of the largest (fractions). Tables of the `exempt` kinds hold no answers and pass unchanged.
    """

    threshold: int = 10
    dominant: int = 2
    dominance: float = 0.85
    p: float = 0.10
    show_unreliable: bool = False
    exempt: frozenset[TableKind] = frozenset({TableKind.RESPONSE})

    def __post_init__(self) -> None:
        if self.threshold < 1 or self.dominant < 1:
            raise OutOfRange(self.threshold, "The threshold and the number of dominant firms are at least 1.")
        if not (0 < self.dominance <= 1 and 0 <= self.p <= 1):
            raise OutOfRange((self.dominance, self.p), "The shares of the dominance rules are between 0 and 1.")

    def is_dominated(self, amounts: Contributions) -> bool:
        """Whether few firms make up so much of a quantity that one could be estimated closely."""
        largest = (*amounts.largest, 0.0, 0.0)
        return sum(amounts.largest[: self.dominant]) > self.dominance * amounts.total or (
            amounts.total - largest[0] - largest[1] < self.p * largest[0]
        )


def contributions_of(values: ArrayLike, weights: ArrayLike, *, kept: int = 5) -> Contributions:
    """Contributions of one cell: the weighted total of absolute values, and the largest unweighted ones."""
    amounts = np.abs(np.asarray(values, float))
    total = float((amounts * np.asarray(weights, float)).sum())
    return Contributions(total, tuple(np.sort(amounts)[::-1][:kept].tolist()))


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """Which figure a cell holds, in whatever table it stands: who, then what."""

    domain: Domain
    statistic: Statistic
    item: str
    option: str


@dataclass(frozen=True, slots=True)
class FigureSet:
    """All figures of tables that are protected together, in canonical order, and the relations between them."""

    addresses: tuple[Address, ...]
    cells: tuple[Cell, ...]
    relations: tuple[Relation, ...]
    number: Mapping[Address, int] = field(repr=False)


def address_of(table: Table | ProtectedTable, row: Heading, column: Heading) -> Address:
    """The address of the cell of `table` at these headings."""
    item, option, domain = table.spec.item, "", table.base.domain
    for heading, dimension in ((row, table.rows), (column, table.columns)):
        if dimension.role == Role.ITEM:
            item = heading.code
        elif dimension.role == Role.OPTION:
            option = heading.code
        else:
            domain = within(domain, heading.domain)
    return Address(domain, table.spec.statistic, item, option)


def figures_of(tables: Sequence[Table | ProtectedTable]) -> FigureSet:
    """The distinct figures of `tables`; raises `MarginMismatch` where two tables disagree about one's base."""
    cells: dict[Address, Cell] = {}
    sums: set[tuple[Address | None, tuple[Address, ...]]] = set()
    for table in tables:
        for row, column, cell in table.walk():
            address = address_of(table, row, column)
            known = cells.setdefault(address, cell)
            if known.n != cell.n:
                raise MarginMismatch(address, f"Two tables give {known.n} and {cell.n} firms for the same figure.")
            sums |= set(_option_sums(table, row, column, address))
    order = tuple(sorted(cells))
    number = {address: k for k, address in enumerate(order)}
    relations = [*_domain_relations(order, number), *_option_relations(sums, number)]
    return FigureSet(order, tuple(cells[address] for address in order), tuple(relations), number)


def _option_sums(
    table: Table | ProtectedTable, row: Heading, column: Heading, address: Address
) -> Iterable[tuple[Address | None, tuple[Address, ...]]]:
    for heading, dimension in ((row, table.rows), (column, table.columns)):
        if dimension.role != Role.OPTION:
            continue
        if heading.parts:
            yield address, tuple(replace(address, option=part) for part in heading.parts)
        elif dimension.exclusive:
            single = [each.code for each in dimension.headings if not each.parts]
            yield None, tuple(replace(address, option=code) for code in single)


def _option_relations(
    sums: Iterable[tuple[Address | None, tuple[Address, ...]]], number: Mapping[Address, int]
) -> list[Relation]:
    """Sums over options whose parts are all there: an aggregate of options, and the exclusive options adding to 1."""
    known = [
        Relation(
            None if whole is None else number[whole],
            tuple(number[part] for part in parts),
            of_firms=parts[0].statistic in {Statistic.COUNT, Statistic.TOTAL},
        )
        for whole, parts in sums
        if all(part in number for part in parts)
    ]
    return sorted(known, key=lambda relation: relation.members)


def _domain_relations(order: Sequence[Address], number: Mapping[Address, int]) -> list[Relation]:
    """A domain is the sum of the domains that one more variable splits it into, for every variable."""
    children: dict[tuple[Address, str], list[int]] = {}
    for address in order:
        for pair in address.domain:
            parent = replace(address, domain=tuple(each for each in address.domain if each != pair))
            if parent in number:
                children.setdefault((parent, pair[0]), []).append(number[address])
    return [Relation(number[parent], tuple(parts)) for (parent, _), parts in children.items()]


def is_primary(cell: Cell, statistic: Statistic, rule: DisclosureRule) -> bool:
    """Whether a figure is sensitive by itself."""
    if not cell.n:
        return False
    full = cell.enumerated and statistic.is_fraction and cell.estimate == 1
    dominated = cell.contributions is not None and rule.is_dominated(cell.contributions)
    return cell.n < rule.threshold or full or dominated


def remainder_is_safe(figures: FigureSet, rule: DisclosureRule, relation: Relation, parts: Sequence[int]) -> bool:
    """Whether the sum of these withheld parts, which shown figures give away, could itself be shown.

    It must rest on enough firms, not be dominated, and not fix its parts by being all 0 % or all 100 %.
    """
    cells = [figures.cells[part] for part in parts]
    if relation.of_firms and sum(cell.n or 0 for cell in cells) < rule.threshold:
        return False
    amounts = [cell.contributions for cell in cells if cell.contributions is not None]
    if relation.of_firms and len(amounts) == len(cells) and rule.is_dominated(reduce(Contributions.join, amounts)):
        return False
    if not figures.addresses[parts[0]].statistic.is_fraction:
        return True
    shares = [cell.estimate or 0.0 for cell in cells]
    return max(shares) > 0 and (not relation.of_firms or min(shares) < 1)


def withheld_statuses(
    figures: FigureSet, rule: DisclosureRule, known: Mapping[str, DomainProtection]
) -> dict[Address, CellStatus]:
    """Status of every figure that must be withheld; `known` are decisions already taken, by item (or "") and domain."""
    found: dict[int, CellStatus] = {}
    for number, (address, cell) in enumerate(zip(figures.addresses, figures.cells, strict=True)):
        decided = known.get(address.item, known.get("", {})).get(address.domain)
        if is_primary(cell, address.statistic, rule):
            found[number] = CellStatus.PRIMARY
        elif decided is not None and cell.n:
            found[number] = decided
    extra = complete_suppression(
        [cell.n or 0 for cell in figures.cells],
        found,
        figures.relations,
        lambda relation, parts: remainder_is_safe(figures, rule, relation, parts),
    )
    found.update(dict.fromkeys(extra, CellStatus.SECONDARY))
    return {figures.addresses[number]: status for number, status in found.items()}


def protect(
    tables: Sequence[Table],
    rule: DisclosureRule | None = None,
    *,
    known: Mapping[str, DomainProtection] | None = None,
) -> tuple[ProtectedTable, ...]:
    """`tables`, protected together: the only way to a `ProtectedTable`.

    Put all tables of a page or a release in one call, so that none gives away what another withholds. `known` are the
    domains withheld over the whole wave (`domain_protection.protect_domains`), by item code or under "" for all items;
    they keep pages with different filters from being subtracted from one another.
    """
    rule = rule or DisclosureRule()
    guarded = [table for table in tables if table.spec.kind not in rule.exempt]
    statuses = withheld_statuses(figures_of(guarded), rule, known or {})
    return tuple(_seal(table, {} if table.spec.kind in rule.exempt else statuses, rule) for table in tables)


def _seal(table: Table, statuses: Mapping[Address, CellStatus], rule: DisclosureRule) -> ProtectedTable:
    safe = [_safe_cell(cell, statuses.get(address_of(table, row, column)), rule) for row, column, cell in table.walk()]
    width = len(table.columns.headings)
    cells = tuple(tuple(safe[start : start + width]) for start in range(0, len(safe), width)) if width else table.cells
    few = table.spec.kind not in rule.exempt and table.base.n is not None and 0 < table.base.n < rule.threshold
    base: Base = replace(table.base, n=None) if few else table.base
    return ProtectedTable._of(table, cells, base)


def _safe_cell(cell: Cell, status: CellStatus | None, rule: DisclosureRule) -> Cell:
    if status is not None:
        return cell.withhold(status)
    if cell.n == 0 or cell.estimate is None:
        return replace(cell.blank(), status=CellStatus.EMPTY if not cell.n else cell.status)
    if cell.status == CellStatus.UNRELIABLE and not rule.show_unreliable:
        return cell.blank()
    return replace(cell, enumerated=False, contributions=None)
