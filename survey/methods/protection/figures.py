"""The figures behind tables: which cells of which tables hold the same figure, and which figures add up to which."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from survey.methods.errors import MarginMismatch
from survey.methods.protection.suppression import Relation
from survey.methods.tables.domain import Domain, Nesting, within
from survey.methods.tables.table import Axis, Cell, Dimension, Heading, ProtectedTable, Statistic, Table


class Address(NamedTuple):
    """Which figure a cell holds, in whatever table it stands: who, then what.

    A tuple, since a page sorts and looks up thousands of them.
    """

    domain: Domain
    statistic: Statistic
    item: str
    option: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSet:
    """All figures of tables that are protected together, in canonical order, and the relations between them."""

    addresses: tuple[Address, ...]
    cells: tuple[Cell, ...]
    relations: tuple[Relation, ...]
    number: Mapping[Address, int] = field(repr=False)


def addresses_of(table: Table | ProtectedTable) -> list[list[Address]]:
    """The addresses of all cells of `table`, row by row."""
    # What a row names is looked up once for all its cells.
    return [
        [_address(table, named, column) for column in table.columns.headings]
        for named in (_named(table, row) for row in table.rows.headings)
    ]


def _named(table: Table | ProtectedTable, row: Heading) -> Address:
    """The address of a row, before its columns say more."""
    spec = table.spec
    return _with_heading(Address(table.base.domain, spec.statistic, spec.item, spec.option), row, spec.rows.axis)


def _address(table: Table | ProtectedTable, named: Address, column: Heading) -> Address:
    return _with_heading(named, column, table.spec.columns.axis)


def _with_heading(found: Address, heading: Heading, axis: Axis) -> Address:
    domain, statistic, item, option = found
    if axis is Axis.ITEM:
        # A heading that names an item has an option as its code (a row for each option of several items); otherwise
        # the heading is the item itself, and the option that of the whole table.
        return Address(domain, statistic, heading.about, heading.code if heading.item else option)
    if axis is Axis.OPTION:
        return Address(domain, statistic, item, heading.code)
    return Address(within(domain, heading.domain), statistic, item, option)


def figures_of(tables: Sequence[Table | ProtectedTable], nesting: Nesting | None = None) -> FigureSet:
    """The distinct figures of `tables`; raises `MarginMismatch` where two tables disagree about one's base."""
    cells: dict[Address, Cell] = {}
    sums: set[tuple[Address | None, tuple[Address, ...]]] = set()
    for table in tables:
        addresses = addresses_of(table)
        for line, row in zip(addresses, table.cells, strict=True):
            for address, cell in zip(line, row, strict=True):
                # Protection rests on the firms under a figure: two tables that disagree about them cannot share a
                # decision.
                known = cells.setdefault(address, cell)
                if known.n != cell.n:
                    raise MarginMismatch(address, f"Two tables give {known.n} and {cell.n} firms for the same figure.")
        sums.update(_option_sums(table.rows, addresses))
        sums.update(_option_sums(table.columns, list(zip(*addresses, strict=True))))
    order = tuple(sorted(cells))
    number = {address: k for k, address in enumerate(order)}
    relations = [*_relations_of(order, _as_key(nesting or {})), *_option_relations(sums, number)]
    return FigureSet(
        addresses=order, cells=tuple(cells[address] for address in order), relations=tuple(relations), number=number
    )


def _option_sums(
    dimension: Dimension, addresses: Sequence[Sequence[Address]]
) -> Iterator[tuple[Address | None, tuple[Address, ...]]]:
    """The sums over the options of a dimension, whose addresses stand in its order."""
    if dimension.axis is not Axis.OPTION:
        return
    # Exclusive options add up to 1. Aggregates are left out: they repeat their parts.
    single = [each.code for each in dimension.headings if not each.parts] if dimension.exclusive else []
    for heading, line in zip(dimension.headings, addresses, strict=False):
        if heading.parts:
            for address in line:
                yield address, tuple(address._replace(option=part) for part in heading.parts)
        # Said once for all of them, under the first.
        elif single and heading.code == single[0]:
            for address in line:
                yield None, tuple(address._replace(option=code) for code in single)


def _option_relations(
    sums: Iterable[tuple[Address | None, tuple[Address, ...]]], number: Mapping[Address, int]
) -> list[Relation]:
    """Sums over options whose parts are all there: an aggregate of options, and the exclusive options adding to 1."""
    known = [
        Relation(
            whole=None if whole is None else number[whole],
            parts=tuple(number[part] for part in parts),
            # Firms that chose one option are disjoint groups only where the figure counts or adds them up; shares of
            # options all rest on the same firms.
            of_firms=parts[0].statistic in {Statistic.COUNT, Statistic.TOTAL},
        )
        for whole, parts in sums
        if all(part in number for part in parts)
    ]
    return sorted(known, key=lambda relation: relation.members)


def _domain_relations(order: Sequence[Address], number: Mapping[Address, int], nesting: Nesting) -> list[Relation]:
    """A domain is the sum of the domains that one more variable splits it into, for every variable.

    So is the domain of a coarser group of those of the finer values that it takes together.
    """
    children: dict[tuple[Address, str], list[int]] = {}
    for address in order:
        for pair in address.domain:
            others = tuple(each for each in address.domain if each != pair)
            # Without the pair: the margin over its variable. With a coarser one: sectors as sums of industries.
            for domain in (others, *(within(others, (coarser,)) for coarser in nesting.get(pair, ()))):
                parent = address._replace(domain=domain)
                if parent in number:
                    # One relation for each variable: industries and sizes split one margin in two ways.
                    children.setdefault((parent, pair[0]), []).append(number[address])
    return [Relation(whole=number[parent], parts=tuple(parts)) for (parent, _), parts in children.items()]


def group_of(address: Address) -> Address:
    """The address that stands for everything about one item in one domain."""
    return Address(domain=address.domain, statistic=Statistic.COUNT, item=address.item, option="")


def groups_of_firms(figures: FigureSet, nesting: Nesting | None = None) -> FigureSet:
    """One figure per item and domain, on the most firms that any of its cells rests on."""
    firms: dict[Address, int] = {}
    for address, cell in zip(figures.addresses, figures.cells, strict=True):
        firms[group_of(address)] = max(firms.get(group_of(address), 0), cell.n or 0)
    return _figures_on(firms, nesting or {})


def groups_of_counts(counts: Mapping[Domain, int], nesting: Nesting | None = None) -> FigureSet:
    """One figure per domain on its number of firms."""
    firms = {
        Address(domain=domain, statistic=Statistic.COUNT, item="", option=""): count for domain, count in counts.items()
    }
    return _figures_on(firms, nesting or {})


def _figures_on(firms: Mapping[Address, int], nesting: Nesting) -> FigureSet:
    order, number, relations = _relations_between(frozenset(firms), _as_key(nesting))
    return FigureSet(
        addresses=order, cells=tuple(Cell(n=firms[each]) for each in order), relations=relations, number=number
    )


Taken = tuple[tuple[tuple[str, str], tuple[tuple[str, str], ...]], ...]
"""Nesting as what is remembered is called by."""


def _as_key(nesting: Nesting) -> Taken:
    return tuple((value, tuple(coarser)) for value, coarser in nesting.items())


@lru_cache(maxsize=16)
def _relations_between(
    firms: frozenset[Address], nesting: Taken
) -> tuple[tuple[Address, ...], Mapping[Address, int], tuple[Relation, ...]]:
    """The figures in order, their numbers and relations: the same for all items that are answered in the same domains,
    of which a wave has hundreds."""
    order = tuple(sorted(firms))
    number = {address: k for k, address in enumerate(order)}
    return order, number, _relations_of(order, nesting)


@lru_cache(maxsize=16)
def _relations_of(order: tuple[Address, ...], nesting: Taken) -> tuple[Relation, ...]:
    """The relations between the domains of these figures: the same for both waves of a page, and after a changed
    answer."""
    number = {address: k for k, address in enumerate(order)}
    return tuple(_domain_relations(order, number, dict(nesting)))
