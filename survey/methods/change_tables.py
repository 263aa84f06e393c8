"""Tables of change: what two waves both measured, the later figure less the earlier, shown only where both are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Floats
from survey.methods.contrasts import holm, two_sided_p
from survey.methods.disclosure import protect_derived
from survey.methods.extract import Extract
from survey.methods.linearisation import Linearised, linear_mean
from survey.methods.production import Prepared
from survey.methods.statistics import CodedStatistic
from survey.methods.table_making import firms_within
from survey.methods.table_plan import RANKING, Vocabulary, serious_share, theme_item, theme_share
from survey.methods.tables import (
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
from survey.methods.wave_change import Overlap, wave_change
from survey.terms import gettext_noop as _


@dataclass(frozen=True, eq=False)
class Pairing:
    """What joins two waves: firms that responded in both, and the earlier item of each item that measures the same.

    `broken` are the items of the later wave that the earlier one asked too, but so that they do not compare.
    """

    overlap: Overlap
    items: Mapping[str, str]
    broken: Sequence[str] = ()


@dataclass(frozen=True, eq=False)
class Results:
    """A wave under a filter: its respondents, what its tables are about, and its protected tables by code."""

    prepared: Prepared
    words: Vocabulary
    tables: Mapping[str, ProtectedTable]


@dataclass(frozen=True, slots=True)
class Measure:
    """How the rows of a table become numbers: of a share points of its codes, of a mean the values themselves."""

    code: str
    title: str
    statistic: Statistic
    share: Callable[[str], CodedStatistic] | None = None

    @property
    def scale(self) -> float:
        """Shares change in percentage points."""
        return 100.0 if self.share else 1.0

    def values(self, extract: Extract, item: str) -> Floats:
        """(n,) the item's values, nan outside the base of the figure."""
        if self.share is None:
            return extract.values[item]
        column = extract.item(item)
        return np.append(self.share(item).by_label(column.labels), np.nan)[column.codes]


MEASURES: Mapping[str, Measure] = {
    "core": Measure(
        "core_change", _("Core themes: change since the earlier wave"), Statistic.SHARE_CHANGE, theme_share
    ),
    RANKING: Measure("change", _("Pain points: change since the earlier wave"), Statistic.SHARE_CHANGE, serious_share),
    "means": Measure("mean_change", _("Numeric indicators: change since the earlier wave"), Statistic.MEAN_CHANGE),
}
"""By the code of the table whose figures change."""


def change_tables(
    later: Results, earlier: Results, pairing: Pairing, domain: Domain = ALL_FIRMS, notes: Sequence[str] = ()
) -> dict[str, ProtectedTable]:
    """By their codes the tables of change of the firms in `domain`, of all items that both waves measured alike.

    Rows stand in the order of the later wave's table. Fewer firms in common than the threshold are not used, so that
    no error tells of a few firms. `notes` go with every table.
    """
    items = {**pairing.items, **_themes(later.words, earlier.words, pairing.items)}
    rule = later.prepared.parameters.protection
    overlap = pairing.overlap if len(pairing.overlap) >= rule.threshold else _NOBODY
    found = {}
    for code, measure in MEASURES.items():
        rows = [
            row for row in later.tables[code].rows.headings if items.get(row.code) in earlier.tables[code].rows.codes
        ]
        sources = {
            (row.code, CHANGE.code): (_figure(later, code, row.code), _figure(earlier, code, items[row.code]))
            for row in rows
        }
        cells = [_cell(measure, row.code, items[row.code], later, earlier, overlap, domain) for row in rows]
        table = Table(
            _specification(measure, rows), tuple((cell,) for cell in cells), _base(later, domain), tuple(notes)
        )
        found[measure.code] = protect_derived(table, sources, rule)
    return found


CHANGE = Heading("change")
_NOBODY = Overlap(np.zeros(0, np.intp), np.zeros(0, np.intp))


def _specification(measure: Measure, rows: Sequence[Heading]) -> TableSpec:
    items, change = Dimension("item", Role.ITEM, tuple(rows)), Dimension("wave", Role.OPTION, (CHANGE,))
    return TableSpec(measure.code, measure.title, TableKind.CHANGE, items, change, measure.statistic)


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


def _cell(
    measure: Measure, item: str, before: str, later: Results, earlier: Results, overlap: Overlap, domain: Domain
) -> Cell:
    linears = [_linear(measure, each, code, domain) for each, code in ((later, item), (earlier, before))]
    if any(np.isnan(linear.estimate) for linear in linears):
        return Cell(n=0)
    designs = later.prepared.extract.design, earlier.prepared.extract.design
    row = wave_change(designs[0], linears[0], designs[1], linears[1], overlap)
    estimate, se, low, high = (measure.scale * value for value in (row.estimate, row.se, row.ci_low, row.ci_high))
    if not row.se > 0:
        return Cell(n=row.n, estimate=estimate, df=row.df)
    return Cell(n=row.n, estimate=estimate, se=se, ci_low=low, ci_high=high, df=row.df)


def _linear(measure: Measure, results: Results, item: str, domain: Domain) -> Linearised:
    extract = results.prepared.extract
    return linear_mean(extract.design, measure.values(extract, item), firms_within(extract, domain))


def adjusted_p(table: ProtectedTable) -> dict[str, float]:
    """By row code the two-sided p-value of each shown change, by Holm's rule for the whole table looked at together."""
    tested = {row.code: two_sided_p(cell.estimate / cell.se, cell.df or np.inf)
              for row, _column, cell in table.walk() if cell.estimate is not None and cell.se}  # fmt: skip
    return dict(zip(tested, holm(list(tested.values())).tolist(), strict=True))
