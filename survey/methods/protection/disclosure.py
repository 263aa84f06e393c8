"""Protection of single firms: what may be shown of a set of tables, so that nothing withheld can be computed.

Primary: a figure on fewer firms than the threshold; a quantity that few firms dominate ((n, k) and p % rules, ESSNet
Handbook on Statistical Disclosure Control); a share of 100 % where every firm of the domain answered. A share of 0 % on
enough firms is shown, since it leaves each firm all other answers. Secondary: what `suppression` adds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from survey.methods.errors import OutOfRange
from survey.methods.protection.figures import Address, FigureSet, addresses_of, figures_of, group_of, groups_of_firms
from survey.methods.protection.implied import implied_companion
from survey.methods.protection.suppression import Relation, complete_suppression
from survey.methods.tables.beside import Contributions
from survey.methods.tables.domain import Domain, Nesting
from survey.methods.tables.table import Base, Cell, ProtectedTable, Statistic, Table, TableKind
from survey.terms import CellStatus

DomainProtection = Mapping[Domain, CellStatus]


@dataclass(frozen=True, slots=True, kw_only=True)
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
        # Two zeros more, since a quantity may come from a single firm. The p % rule asks how closely the second largest
        # can come to the largest: it subtracts its own amount, and the others are what it does not know.
        largest = (*amounts.largest, 0.0, 0.0)
        return sum(amounts.largest[: self.dominant]) > self.dominance * amounts.total or (
            amounts.total - largest[0] - largest[1] < self.p * largest[0]
        )


def is_primary(cell: Cell, statistic: Statistic, rule: DisclosureRule) -> bool:
    """Whether a figure is sensitive by itself."""
    # Nobody stands behind it, so there is nobody to protect.
    if not cell.n:
        return False
    dominated = cell.contributions is not None and rule.is_dominated(cell.contributions)
    return cell.n < rule.threshold or dominated or _is_full(cell, statistic)


def _is_full(cell: Cell, statistic: Statistic) -> bool:
    # Without a sample, 100 % tells what each firm answered; with one, a firm outside it may have answered otherwise.
    return cell.enumerated and (cell.unanimous or (statistic.is_fraction and cell.estimate == 1))


def remainder_is_safe(figures: FigureSet, rule: DisclosureRule, relation: Relation, parts: Sequence[int]) -> bool:
    """Whether the sum of these withheld parts, which shown figures give away, could itself be shown."""
    if not relation.of_firms:
        return True
    cells = [figures.cells[part] for part in parts]
    amounts = [cell.contributions for cell in cells if cell.contributions is not None]
    dominated = len(amounts) == len(cells) and rule.is_dominated(reduce(Contributions.join, amounts))
    # Parts that are all at 100 % are at 100 % together as well.
    full = all(_is_full(cell, figures.addresses[parts[0]].statistic) for cell in cells)
    return sum(cell.n or 0 for cell in cells) >= rule.threshold and not dominated and not full


def withheld_statuses(
    figures: FigureSet, rule: DisclosureRule, known: Mapping[str, DomainProtection], nesting: Nesting | None = None
) -> dict[Address, CellStatus]:
    """Status of every figure that must be withheld; `known` are decisions already taken, by item (or "") and domain.

    First whole domains: everything about an item in a domain goes together, so that its options and statistics cannot
    stand in for one another. Then single figures that are sensitive by themselves. Then what bounds would fix.
    """
    # Each round withholds one more domain, so the loop ends: at worst everything is withheld.
    groups = groups_of_firms(figures, nesting)
    decided = {
        number: known.get(address.item, known.get("", {}))[address.domain]
        for number, address in enumerate(groups.addresses)
        if address.domain in known.get(address.item, known.get("", {}))
    }
    while True:
        statuses = statuses_with_companions(groups, rule, decided)
        by_group = {groups.addresses[number]: status for number, status in statuses.items()}
        inherited = {
            number: by_group[group_of(address)]
            for number, address in enumerate(figures.addresses)
            if group_of(address) in by_group and figures.cells[number].n
        }
        found = statuses_with_companions(figures, rule, inherited)
        companion = implied_companion(figures.addresses, figures.cells, figures.relations, set(found))
        if companion is None:
            return {figures.addresses[number]: status for number, status in found.items()}
        decided[groups.number[group_of(figures.addresses[companion])]] = CellStatus.SECONDARY


def statuses_with_companions(
    figures: FigureSet, rule: DisclosureRule, given: Mapping[int, CellStatus]
) -> dict[int, CellStatus]:
    """The `given` statuses, the primary ones and those of the companions that they need."""
    found = dict(given)
    for number, (address, cell) in enumerate(zip(figures.addresses, figures.cells, strict=True)):
        if is_primary(cell, address.statistic, rule):
            # A primary reason replaces a status given from outside: it is the stronger of the two.
            found[number] = CellStatus.PRIMARY
    extra = complete_suppression(
        [cell.n or 0 for cell in figures.cells],
        found,
        figures.relations,
        lambda relation, parts: remainder_is_safe(figures, rule, relation, parts),
    )
    return found | dict.fromkeys(extra, CellStatus.SECONDARY)


def protect(
    tables: Sequence[Table],
    rule: DisclosureRule | None = None,
    *,
    known: Mapping[str, DomainProtection] | None = None,
    nesting: Nesting | None = None,
) -> tuple[ProtectedTable, ...]:
    """`tables`, protected together: the only way to a `ProtectedTable`.

    Put all tables of a page or a release in one call, so that none gives away what another withholds. `known` are the
    domains withheld over the whole wave (`domain_protection.protect_domains`), by item code or under "" for all items;
    they keep pages with different filters from being subtracted from one another. `nesting` says which groups are parts
    of coarser ones.
    """
    rule = rule or DisclosureRule()
    guarded = [table for table in tables if table.spec.kind not in rule.exempt]
    statuses = withheld_statuses(figures_of(guarded, nesting), rule, known or {}, nesting)
    return tuple(_seal(table, {} if table.spec.kind in rule.exempt else statuses, rule) for table in tables)


def protect_derived(
    table: Table, sources: Mapping[tuple[str, str], Sequence[Cell]], rule: DisclosureRule | None = None
) -> ProtectedTable:
    """A table whose figures follow from those of protected tables, such as the differences of two of them.

    `sources` are, by row and column code, the protected cells that a figure follows from: it is withheld, empty or
    marked as the worst of them is.
    """
    shows = (rule or DisclosureRule()).show_unreliable
    cells = tuple(
        tuple(
            _derived(cell, sources[row.code, column.code], shows)
            for column, cell in zip(table.columns.headings, line, strict=True)
        )
        for row, line in zip(table.rows.headings, table.cells, strict=True)
    )
    return ProtectedTable._of(table, cells, table.base)


WORSE = (
    CellStatus.SHOWN,
    CellStatus.CAUTION,
    CellStatus.UNRELIABLE,
    CellStatus.EMPTY,
    CellStatus.SECONDARY,
    CellStatus.PRIMARY,
    CellStatus.WITHHELD,
)


def _derived(cell: Cell, sources: Sequence[Cell], shows_unreliable: bool) -> Cell:
    worst = max(sources, key=lambda source: WORSE.index(source.status))
    if worst.is_withheld:
        return cell.withhold(worst.status)
    if worst.status == CellStatus.EMPTY:
        return Cell(n=0, status=CellStatus.EMPTY)
    marked = cell.but(status=worst.status, quality=worst.quality, contributions=None, unanimous=False)
    return marked if shows_unreliable or worst.status != CellStatus.UNRELIABLE else marked.blank()


def _seal(table: Table, statuses: Mapping[Address, CellStatus], rule: DisclosureRule) -> ProtectedTable:
    if statuses:
        cells = tuple(
            tuple(_safe_cell(cell, statuses.get(address), rule) for cell, address in zip(row, line, strict=True))
            for row, line in zip(table.cells, addresses_of(table), strict=True)
        )
    else:
        cells = tuple(tuple(_safe_cell(cell, None, rule) for cell in row) for row in table.cells)
    # The number of firms under the whole table is a figure too, though it stands in no cell.
    few = table.spec.kind not in rule.exempt and table.base.n is not None and 0 < table.base.n < rule.threshold
    base: Base = replace(table.base, n=None) if few else table.base
    return ProtectedTable._of(table, cells, base)


def _safe_cell(cell: Cell, status: CellStatus | None, rule: DisclosureRule) -> Cell:
    if status is not None:
        return cell.withhold(status)
    # Blank before unreliable: where there is no figure there is no error either.
    if cell.n == 0 or cell.estimate is None:
        return cell.blank().but(status=CellStatus.EMPTY if not cell.n else cell.status)
    if cell.status == CellStatus.UNRELIABLE and not rule.show_unreliable:
        return cell.blank()
    # What decided is taken off: the contributions of the largest firms must not leave with the cell.
    if not cell.enumerated and cell.contributions is None and not cell.unanimous:
        return cell
    return cell.but(enumerated=False, contributions=None, unanimous=False)
