"""What protection has to know of a page beside the tables that are asked for: of the others, the firms under a figure.

Decisions about an item rest on the figures of that item alone: relations join domains and options of one item, and
what is known of a whole wave is known by item. So of the other tables of the page the rows about the same items are
enough, and of these no error and no weight, but where all firms of a group say the same.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from survey.methods.arrays import Ints
from survey.methods.estimates.statistics import Asked, CodedStatistic, NumericStatistic, QuantileStatistic
from survey.methods.tables.filtering import FILTERED, Filter
from survey.methods.tables.making import ReportedAmounts
from survey.methods.tables.plan import PlannedTable
from survey.methods.tables.table import NO_FIGURE, Base, Cell, Heading, Table

ENUMERATED = 1e-6
"""Weights add up to the firms themselves within this."""


def items_of(planned: PlannedTable) -> set[str]:
    """The items that decisions about a table's figures are made by."""
    return {planned.spec.item or heading.about for heading in planned.spec.rows.headings}


def company_of(page: Iterable[PlannedTable], asked: Sequence[PlannedTable]) -> list[PlannedTable]:
    """The other tables of a page with a figure of an item that the tables `asked` for have figures of."""
    codes, items = {one.code for one in asked}, set().union(*map(items_of, asked))
    return [one for one in page if one.code not in codes and not items.isdisjoint(items_of(one))]


def is_counted(planned: PlannedTable) -> bool:
    """Whether counting firms tells all that protection asks of a table; of the others, such as ratios and indices, the
    figures are needed."""
    return all(_is_counted(one) for one in planned.asked.values())


def _is_counted(asked: Asked) -> bool:
    # Not what is made of these two: its firms are those with several answers at once.
    if type(asked) is CodedStatistic:
        return asked.proportion and not asked.total
    if type(asked) is NumericStatistic:
        return not asked.denominator and not asked.proportion
    return isinstance(asked, QuantileStatistic)


def counted_tables(
    filter_: Filter,
    company: Iterable[PlannedTable],
    asked: Sequence[PlannedTable],
    is_quantity: Callable[[str], bool] = bool,
) -> list[Table]:
    """Of the `company` of the tables `asked` for, the rows about the same items: firms, and what dominance rules need.

    Figures are those of firms that count alike; they tell nothing but which are 0 and which 1.
    """
    items, base = set().union(*map(items_of, asked)), Base(domain=filter_.domain, n=int(filter_.inside.sum()))
    source = _FirmsCounted(filter_=filter_, amounts=ReportedAmounts(filter_=filter_, is_quantity=is_quantity))
    return [_counted(one, items, source, base) for one in company]


@dataclass(frozen=True, eq=False, kw_only=True)
class _FirmsCounted:
    """The firms under the filter by answer and group, counted once for all tables."""

    filter_: Filter
    amounts: ReportedAmounts
    known: dict[tuple[str, str], Ints] = field(default_factory=dict)

    def cell(self, asked: Asked, variable: str, place: int, value: str) -> Cell:
        if isinstance(asked, CodedStatistic):
            return self._share(asked, variable, place)
        reporting = self._once((asked.item, variable), lambda: self._reporting(asked.item, variable))
        n = int(reporting[place])
        if not n:
            return NO_FIGURE
        amounts = self.amounts.of(asked, variable, value)
        return NO_FIGURE.but(n=n, estimate=amounts.total if amounts else 1.0, contributions=amounts)

    def _share(self, asked: CodedStatistic, variable: str, place: int) -> Cell:
        by_code = self._once((f"{asked.item}#", variable), lambda: self._answers(asked.item, variable))[:, place]
        points = asked.by_label(self.filter_.extract.item(asked.item).labels)
        n, chosen = int(by_code[~np.isnan(points)].sum()), int(by_code[points == 1].sum())
        if not n:
            return NO_FIGURE
        return NO_FIGURE.but(n=n, estimate=chosen / n, enumerated=chosen == n and self._all(asked, variable, place))

    def _all(self, asked: CodedStatistic, variable: str, place: int) -> bool:
        """Whether the firms with an answer are all that there are."""
        extract, codes = self.filter_.extract, self.filter_.extract.item(asked.item)
        answered = np.array([*(label in asked.points for label in codes.labels), False])[codes.codes]
        rows = self.filter_.inside & answered & (self._places(variable) == place)
        return abs(float(extract.weight[rows].sum()) - int(rows.sum())) < ENUMERATED

    def _answers(self, item: str, variable: str) -> Ints:
        """(K, D) firms by code and group."""
        column, groups = self.filter_.extract.item(item), self._groups(variable)
        places, finest = self._places(variable), self.filter_.finest
        if finest is not None and item in finest.places and self._variables(variable) <= finest.variables:
            of_cell, answers = np.where(self.filter_.inside, places, -1)[finest.first], finest.answers(item)
            inside = of_cell >= 0
            by_code = (np.bincount(of_cell[inside], column[inside], groups) for column in answers.T)
            return np.array(list(by_code)).round().astype(np.intp)
        rows = self.filter_.inside & (column.codes >= 0) & (places >= 0)
        together = column.codes[rows].astype(np.intp) * groups + places[rows]
        size = len(column.labels) * groups
        return np.bincount(together, minlength=size).reshape(len(column.labels), groups)

    def _reporting(self, item: str, variable: str) -> Ints:
        places = self._places(variable)[self.filter_.reporting(item)]
        return np.bincount(places[places >= 0], minlength=self._groups(variable))

    def _places(self, variable: str) -> Ints:
        extract = self.filter_.extract
        return np.zeros(extract.rows, np.intp) if variable == FILTERED else extract.domains[variable].codes

    def _variables(self, variable: str) -> set[str]:
        return {name for name, _value in (*self.filter_.domain, (variable, ""))} - {FILTERED}

    def _groups(self, variable: str) -> int:
        return 1 if variable == FILTERED else len(self.filter_.extract.domains[variable].labels)

    def place(self, variable: str, value: str) -> int:
        return 0 if variable == FILTERED else self.filter_.extract.domains[variable].labels.index(value)

    def _once(self, name: tuple[str, str], count: Callable[[], Ints]) -> Ints:
        if name not in self.known:
            self.known[name] = count()
        return self.known[name]


def _counted(planned: PlannedTable, items: set[str], source: _FirmsCounted, base: Base) -> Table:
    rows = planned.spec.rows
    # Options of one item go together, since they add up.
    headings = tuple(row for row in rows.headings if (planned.spec.item or row.about) in items)
    cells = tuple(tuple(_cells(planned, row, source)) for row in headings)
    return Table(spec=replace(planned.spec, rows=replace(rows, headings=headings)), cells=cells, base=base)


def _cells(planned: PlannedTable, row: Heading, source: _FirmsCounted) -> Iterator[Cell]:
    for column in planned.spec.columns.headings:
        asked = planned.asked.get((row.code, column.code))
        variable, value = column.domain[0] if column.domain else (FILTERED, "")
        if asked is None or (column.domain and value not in source.filter_.extract.domains[variable].labels):
            yield NO_FIGURE
        else:
            yield source.cell(asked, variable, source.place(variable, value), value)
