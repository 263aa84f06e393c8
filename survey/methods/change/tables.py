"""Tables of change: what two waves both measured, the later figure less the earlier, shown only where both are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Floats
from survey.methods.change.wave import Overlap, wave_change
from survey.methods.comparison.contrasts import holm, two_sided_p
from survey.methods.estimates.linearisation import Linearised, linear_mean
from survey.methods.estimates.statistics import CodedStatistic, NumericStatistic
from survey.methods.estimates.statistics import Statistic as Asked
from survey.methods.extract import Extract
from survey.methods.production import Prepared
from survey.methods.protection.disclosure import protect_derived
from survey.methods.tables.making import firms_within
from survey.methods.tables.plan import (
    RANKING,
    PlannedTable,
    Vocabulary,
    choice_table,
    core_table,
    mean_table,
    ranking_table,
    theme_item,
)
from survey.methods.tables.table import (
    ALL_FIRMS,
    Base,
    Cell,
    Dimension,
    Domain,
    Heading,
    ProtectedTable,
    Role,
    Statistic,
    Table,
    TableKind,
    TableSpec,
)
from survey.terms import gettext_noop as _


@dataclass(frozen=True, eq=False)
class Pairing:
    """What joins two waves: firms that responded in both, and the earlier item of each item that measures the same.

    `changed` are the items whose options are not all the same, `broken` those that both waves asked, but so that they
    do not compare; both by the code of the later wave.
    """

    overlap: Overlap
    items: Mapping[str, str]
    changed: Sequence[str] = ()
    broken: Sequence[str] = ()


@dataclass(frozen=True, eq=False)
class Results:
    """A wave under a filter: its respondents, what its tables are about, and its protected tables by code."""

    prepared: Prepared
    words: Vocabulary
    tables: Mapping[str, ProtectedTable]


@dataclass(frozen=True, eq=False)
class Compared:
    """A table of the later wave with that of the earlier: for each row that both have, its row there and what to
    estimate in each."""

    code: str
    code_before: str
    title: str
    role: Role
    rows: Mapping[str, str]
    asked: Mapping[str, tuple[Asked, Asked]]

    @property
    def change_code(self) -> str:
        """The code of the table of change."""
        return change_code(self.code)

    @property
    def statistic(self) -> Statistic:
        """Shares change in percentage points, means in the unit of the item."""
        is_mean = any(isinstance(asked, NumericStatistic) for asked, _before in self.asked.values())
        return Statistic.MEAN_CHANGE if is_mean else Statistic.SHARE_CHANGE


def change_code(code: str) -> str:
    """The code of the table that tells how the figures of another change."""
    return f"change_{code}"


TITLES: Mapping[str, str] = {
    "core": _("Core themes: change since the earlier wave"),
    RANKING: _("Pain points: change since the earlier wave"),
    "means": _("Numeric indicators: change since the earlier wave"),
}
"""Of tables about several items; others keep the wording of their item."""


def compared_tables(later: Vocabulary, earlier: Vocabulary, items: Mapping[str, str]) -> Iterator[Compared]:
    """Core themes, pain points, numeric indicators, and of every other closed item the options that both waves offer.

    `items` gives for each item of the later wave the one of the earlier that measures the same.
    """
    yield _joined(core_table(later), core_table(earlier), _themes(later, earlier, items))
    yield _joined(ranking_table(later), ranking_table(earlier), items)
    yield _joined(mean_table(later), mean_table(earlier), items)
    before = {item.code: item for item in earlier.choices}
    for item in later.choices:
        other = before.get(items.get(item.code, ""))
        if other is not None and other.is_exclusive == item.is_exclusive:
            same = {option.code: option.code for option in item.options}
            yield _joined(choice_table(later, item), choice_table(earlier, other), same)


def _joined(now: PlannedTable, before: PlannedTable, rows: Mapping[str, str]) -> Compared:
    first, second = ({row: asked for (row, _column), asked in plan.asked.items()} for plan in (now, before))
    both = {row: rows[row] for row in first if rows.get(row) in second}
    asked = {row: (first[row], second[other]) for row, other in both.items()}
    title = TITLES.get(now.spec.code, now.spec.title)
    return Compared(now.spec.code, before.spec.code, title, now.spec.rows.role, both, asked)


def change_tables(
    later: Results, earlier: Results, pairing: Pairing, domain: Domain = ALL_FIRMS, notes: Sequence[str] = ()
) -> dict[str, ProtectedTable]:
    """By their codes the tables of change of the firms in `domain`, of all that both waves measured alike and show.

    Rows stand in the order of the later wave's table. Fewer firms in common than the threshold are not used, so that
    no error tells of a few firms. `notes` go with every table.
    """
    rule = later.prepared.parameters.protection
    overlap = pairing.overlap if len(pairing.overlap) >= rule.threshold else _NOBODY
    found = {}
    for one in compared_tables(later.words, earlier.words, pairing.items):
        if one.code in later.tables and one.code_before in earlier.tables:
            rows = [row for row in later.tables[one.code].rows.headings if row.code in one.rows]
            cells = tuple((_cell(one.asked[row.code], later, earlier, overlap, domain),) for row in rows)
            table = Table(_specification(one, rows), cells, _base(later, domain), tuple(notes))
            found[one.change_code] = protect_derived(table, _sources(one, rows, later, earlier), rule)
    return found


def _sources(
    one: Compared, rows: Sequence[Heading], later: Results, earlier: Results
) -> dict[tuple[str, str], tuple[Cell, Cell]]:
    """The two protected figures that each change follows from."""
    return {
        (row.code, CHANGE.code): (
            _figure(later, one.code, row.code),
            _figure(earlier, one.code_before, one.rows[row.code]),
        )
        for row in rows
    }


CHANGE = Heading("change")
_NOBODY = Overlap(np.zeros(0, np.intp), np.zeros(0, np.intp))


def _specification(one: Compared, rows: Sequence[Heading]) -> TableSpec:
    items, change = Dimension(one.role.value, one.role, tuple(rows)), Dimension("wave", Role.OPTION, (CHANGE,))
    return TableSpec(one.change_code, one.title, TableKind.CHANGE, items, change, one.statistic)


def _base(later: Results, domain: Domain) -> Base:
    return Base(domain, next(iter(later.tables.values())).base.n)


def _themes(later: Vocabulary, earlier: Vocabulary, items: Mapping[str, str]) -> dict[str, str]:
    """The derived columns of the core themes that consist of the same measures in both waves."""
    before = {theme: set(codes) for theme, codes in earlier.items_of_themes.items()}
    return {
        theme_item(theme): theme_item(theme)
        for theme, codes in later.items_of_themes.items()
        if {items.get(code) for code in codes} == before.get(theme)
    }


def _figure(results: Results, code: str, row: str) -> Cell:
    table = results.tables[code]
    return table.cell(row, table.columns.codes[0])


def _cell(asked: tuple[Asked, Asked], later: Results, earlier: Results, overlap: Overlap, domain: Domain) -> Cell:
    linears = [_linear(results, one, domain) for results, one in zip((later, earlier), asked, strict=True)]
    if any(np.isnan(linear.estimate) for linear in linears):
        return Cell(n=0)
    designs = later.prepared.extract.design, earlier.prepared.extract.design
    row = wave_change(designs[0], linears[0], designs[1], linears[1], overlap)
    scale = 1.0 if isinstance(asked[0], NumericStatistic) else 100.0
    estimate, se, low, high = (scale * value for value in (row.estimate, row.se, row.ci_low, row.ci_high))
    if not row.se > 0:
        return Cell(n=row.n, estimate=estimate, df=row.df)
    return Cell(n=row.n, estimate=estimate, se=se, ci_low=low, ci_high=high, df=row.df)


def _linear(results: Results, asked: Asked, domain: Domain) -> Linearised:
    extract = results.prepared.extract
    return linear_mean(extract.design, _values(extract, asked), firms_within(extract, domain))


def _values(extract: Extract, asked: Asked) -> Floats:
    """(n,) what a mean or share is the mean of, nan outside its base."""
    if not isinstance(asked, CodedStatistic):
        return extract.values[asked.item]
    column = extract.item(asked.item)
    return np.append(asked.by_label(column.labels), np.nan)[column.codes]


def adjusted_p(table: ProtectedTable) -> dict[str, float]:
    """By row code the two-sided p-value of each shown change, by Holm's rule for the whole table looked at together."""
    tested = {row.code: two_sided_p(cell.estimate / cell.se, cell.df or np.inf)
              for row, _column, cell in table.walk() if cell.estimate is not None and cell.se}  # fmt: skip
    return dict(zip(tested, holm(list(tested.values())).tolist(), strict=True))
