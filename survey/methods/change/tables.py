"""Tables of change: what two waves both measured, the later figure less the earlier, shown only where both are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from survey.instrument.plan.frame_numbers import FRAME_NUMBERS
from survey.instrument.plan.plan import Theme
from survey.methods.change.wave import Overlap, wave_change
from survey.methods.comparison.contrasts import holm, two_sided_p
from survey.methods.estimates.economy import SizeShare, size_share_of
from survey.methods.estimates.linearisation import Linearised
from survey.methods.estimates.statistics import (
    Asked,
    CodedStatistic,
    IndexStatistic,
    NumericStatistic,
    QuantileStatistic,
)
from survey.methods.moments.index import linearised
from survey.methods.production import Prepared
from survey.methods.protection.disclosure import protect_derived
from survey.methods.tables.making import firms_within
from survey.methods.tables.plan import PlannedTable, planned_tables
from survey.methods.tables.table import (
    ALL_FIRMS,
    Axis,
    Base,
    Cell,
    Dimension,
    Domain,
    Heading,
    Levels,
    ProtectedTable,
    Statistic,
    Table,
    TableKind,
    TableSpec,
)
from survey.methods.tables.vocabulary import Vocabulary
from survey.terms import Presentation


@dataclass(frozen=True, eq=False, kw_only=True)
class Pairing:
    """What joins two waves: firms that responded in both, and the earlier item of each item that measures the same.

    `changed` are the items whose options are not all the same, `broken` those that both waves asked, but so that they
    do not compare; both by the code of the later wave.
    """

    overlap: Overlap
    items: Mapping[str, str]
    changed: Sequence[str] = ()
    broken: Sequence[str] = ()


@dataclass(frozen=True, eq=False, kw_only=True)
class Results:
    """A wave under a filter: its respondents, what its tables are about, and its protected tables by code."""

    prepared: Prepared
    words: Vocabulary
    tables: Mapping[str, ProtectedTable]


@dataclass(frozen=True, eq=False, kw_only=True)
class Compared:
    """A table of the later wave with that of the earlier: for each row that both have, its row there and what to
    estimate in each. `measured` is what the figures of both are."""

    code: str
    code_before: str
    title: str
    axis: Axis
    rows: Mapping[str, str]
    asked: Mapping[str, tuple[Asked, Asked]]
    measured: Statistic
    presentation: Presentation

    @property
    def change_code(self) -> str:
        """The code of the table of change."""
        return change_code(self.code)

    @property
    def statistic(self) -> Statistic:
        """Shares change in percentage points, means in the unit of the item."""
        return CHANGES[self.measured]


def change_code(code: str) -> str:
    """The code of the table that tells how the figures of another change."""
    return f"change_{code}"


COMPARED = (Presentation.HEADLINE, Presentation.RANKING, Presentation.INDICATORS, Presentation.CHOICES)
"""Presentations whose rows have one figure each; the others show what these do in another way."""
# A change of shares is in percentage points and never a percentage of a percentage.
CHANGES: Mapping[Statistic, Statistic] = {
    **dict.fromkeys((Statistic.SHARE, Statistic.EMPLOYEE_SHARE, Statistic.REVENUE_SHARE), Statistic.SHARE_CHANGE),
    Statistic.MEAN: Statistic.MEAN_CHANGE,
    **dict.fromkeys((Statistic.TOTAL, Statistic.RATIO), Statistic.VALUE_CHANGE),
    **dict.fromkeys((Statistic.BALANCE, Statistic.DIFFUSION, Statistic.INDEX), Statistic.POINT_CHANGE),
}
"""What the change of a figure is; those that have no linearised form are not compared."""


def compared_tables(later: Vocabulary, earlier: Vocabulary, items: Mapping[str, str]) -> Iterator[Compared]:
    """Every list of figures that both plans have, with the rows that mean the same: of a closed item the options that
    both waves offer.

    `items` gives for each item of the later wave the one of the earlier that measures the same.
    """
    before = [table for table in planned_tables(earlier) if is_compared(table)]
    for now in filter(is_compared, planned_tables(later)):
        other = next((table for table in before if _is_the_same(now, table, items)), None)
        if other is not None:
            yield _joined(later, earlier, now, other, items)


def is_compared(table: PlannedTable) -> bool:
    """Whether the change of a table's figures is estimated."""
    block = table.block
    return block.presentation in COMPARED and not block.split and table.spec.statistic in CHANGES


def _is_the_same(now: PlannedTable, before: PlannedTable, items: Mapping[str, str]) -> bool:
    """Tables about an item by that item, others by their code."""
    if now.spec.statistic is not before.spec.statistic or now.spec.rows.exclusive is not before.spec.rows.exclusive:
        return False
    one, other = now.block, before.block
    # Codes of tables that follow from an item carry the item's code, which a new version may have renamed.
    if one.item and not one.rows:
        return items.get(one.item) == other.item and one.first_only is other.first_only and not other.rows
    return one.code == other.code


def _joined(
    later: Vocabulary, earlier: Vocabulary, now: PlannedTable, before: PlannedTable, items: Mapping[str, str]
) -> Compared:
    first, second = ({row: asked for (row, _column), asked in table.asked.items()} for table in (now, before))
    rows = same_rows(later, earlier, now, items)
    both = {row: rows[row] for row in first if rows.get(row) in second}
    if now.spec.rows.axis is Axis.ITEM:
        same = {**items, **_derived(later, earlier, items), **{code: code for code in FRAME_NUMBERS}, **rows}
        # Asked in the names of the earlier wave it must be the same to the last option, point and base.
        both = {row: other for row, other in both.items() if _renamed(first[row], same) == second[other]}
    asked = {row: (first[row], second[other]) for row, other in both.items()}
    title = later.read(now.block.change_text) or now.spec.title
    return Compared(
        code=now.code,
        code_before=before.code,
        title=title,
        axis=now.spec.rows.axis,
        rows=both,
        asked=asked,
        measured=now.spec.statistic,
        presentation=now.block.presentation,
    )


def same_rows(later: Vocabulary, earlier: Vocabulary, now: PlannedTable, items: Mapping[str, str]) -> dict[str, str]:
    """For each row of a table (option, item, theme, indicator) the row of the earlier wave that may mean the same."""
    if now.spec.rows.axis is Axis.OPTION:
        return {code: code for code in now.spec.rows.codes}
    known = {**items, **_themes(later, earlier, items), **{code: code for code in later.indicators}}
    item, other = now.block.item, items.get(now.block.item)
    if item and other and not now.block.rows:
        known |= {code: other + code.removeprefix(item) for code in now.spec.rows.codes}
    return {code: known[code] for code in now.spec.rows.codes if code in known}


def _derived(later: Vocabulary, earlier: Vocabulary, items: Mapping[str, str]) -> dict[str, str]:
    """Indicators with a column of their own that count the same options of the same item in both waves."""
    return {
        code: code
        for code, one in later.indicators.items()
        if (other := earlier.indicators.get(code)) is not None
        and items.get(one.item) == other.item
        and (one.options, one.base) == (other.options, other.base)
    }


def _renamed(asked: Asked, same: Mapping[str, str]) -> Asked:
    """The statistic as the earlier wave would ask for it; what measures nothing there gets a name that no item has."""
    if isinstance(asked, IndexStatistic):
        parts = ((_renamed(part, same), weight) for part, weight in asked.parts)
        return replace(asked, parts=tuple((part, weight) for part, weight in parts if isinstance(part, CodedStatistic)))
    if isinstance(asked, SizeShare):
        of = _renamed(asked.of, same)
        return size_share_of(of, same.get(asked.size, "")) if isinstance(of, CodedStatistic) else asked
    if isinstance(asked, NumericStatistic) and asked.denominator:
        return replace(asked, item=same.get(asked.item, ""), denominator=same.get(asked.denominator, ""))
    return replace(asked, item=same.get(asked.item, ""))


def change_tables(
    later: Results, earlier: Results, pairing: Pairing, domain: Domain = ALL_FIRMS, notes: Sequence[str] = ()
) -> dict[str, ProtectedTable]:
    """By their codes the tables of change of the firms in `domain`, of all that both waves measured alike and show.

    Rows stand by the size of the change; those that are not shown stand last, in the order of the later wave's table.
    Fewer firms in common than the threshold are not used, so that no error tells of a few firms. `notes` go with every
    table.
    """
    rule = later.prepared.parameters.protection
    # Without the overlap the covariance counts as 0: where firms repeat themselves the error is then too large.
    overlap = pairing.overlap if len(pairing.overlap) >= rule.threshold else _NOBODY
    found = {}
    for one in compared_tables(later.words, earlier.words, pairing.items):
        if one.code in later.tables and one.code_before in earlier.tables:
            rows = [row for row in later.tables[one.code].rows.headings if row.code in one.rows]
            sources = _sources(one, rows, later, earlier)
            cells = [_cell(one.asked[row.code], later, earlier, overlap, domain, row.times) for row in rows]
            told = [
                replace(_with_levels(cell, sources[row.code, CHANGE.code], rule.threshold), decimals=row.decimals)
                for row, cell in zip(rows, cells, strict=True)
            ]
            # sorted is stable: equal changes stay in the order of the later table.
            order = sorted(range(len(rows)), key=lambda k: -abs(_size(told[k], sources[rows[k].code, CHANGE.code])))
            ordered, shown = [rows[k] for k in order], tuple((told[k],) for k in order)
            table = Table(spec=_specification(one, ordered), cells=shown, base=_base(later, domain), notes=tuple(notes))
            found[one.change_code] = protect_derived(table, sources, rule)
    return found


def _with_levels(cell: Cell, sources: tuple[Cell, Cell], threshold: int) -> Cell:
    """The change with the figures of both waves where both are told; fewer firms in common than the threshold are not
    counted."""
    now, before = sources
    cell = replace(cell, n=cell.n if (cell.n or 0) >= threshold else None) if cell.estimate is not None else cell
    if now.estimate is None or before.estimate is None:
        return cell
    return replace(
        cell, levels=Levels(before=before.estimate, after=now.estimate, n_before=before.n or 0, n_after=now.n or 0)
    )


def _size(cell: Cell, sources: tuple[Cell, Cell]) -> float:
    """By what a row is ordered: nothing of a change that is not shown."""
    is_shown = all(source.estimate is not None for source in sources)
    return cell.estimate or 0.0 if is_shown else 0.0


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


CHANGE = Heading(code="change")
_NOBODY = Overlap(np.zeros(0, np.intp), np.zeros(0, np.intp))


def _specification(one: Compared, rows: Sequence[Heading]) -> TableSpec:
    items, change = (
        Dimension(code=one.axis.value, axis=one.axis, headings=tuple(rows)),
        Dimension(code="wave", axis=Axis.OPTION, headings=(CHANGE,)),
    )
    return TableSpec(
        code=one.change_code,
        title=one.title,
        kind=TableKind.CHANGE,
        rows=items,
        columns=change,
        statistic=one.statistic,
        measured=one.measured,
    )


def _base(later: Results, domain: Domain) -> Base:
    return Base(domain=domain, n=next(iter(later.tables.values())).base.n)


def _themes(later: Vocabulary, earlier: Vocabulary, items: Mapping[str, str]) -> dict[str, str]:
    """The themes that consist of the same measures, counted alike, in both waves."""
    before = {code: (set(theme.items), _counted(earlier, theme)) for code, theme in earlier.themes.items()}
    return {
        code: code
        for code, theme in later.themes.items()
        if ({items.get(item) for item in theme.items}, _counted(later, theme)) == before.get(code)
    }


def _counted(words: Vocabulary, theme: Theme) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Which steps of its scale a theme counts, among which."""
    scale = words.scales.get(theme.scale)
    return (scale.marked, scale.codes) if scale else None


def _figure(results: Results, code: str, row: str) -> Cell:
    table = results.tables[code]
    return table.cell(row, table.columns.codes[0])


def _cell(
    asked: tuple[Asked, Asked], later: Results, earlier: Results, overlap: Overlap, domain: Domain, times: float
) -> Cell:
    linears = [
        linearised(results.prepared.extract, one, firms_within(results.prepared.extract, domain))
        for results, one in zip((later, earlier), asked, strict=True)
        if not isinstance(one, QuantileStatistic)
    ]
    if any(np.isnan(linear.estimate) for linear in linears):
        return Cell(n=0)
    designs = later.prepared.extract.design, earlier.prepared.extract.design
    row = wave_change(designs[0], linears[0], designs[1], linears[1], overlap)
    both = _in_both(linears, overlap)
    # Shares are fractions until here; percentage points are what a change of theirs is read in.
    scale = 100.0 if isinstance(asked[0], (CodedStatistic, NumericStatistic)) and asked[0].proportion else times
    estimate, se, low, high = (scale * value for value in (row.estimate, row.se, row.ci_low, row.ci_high))
    # No error means no interval, not an interval of width 0: everybody may simply have said the same.
    if not row.se > 0:
        return Cell(n=both, estimate=estimate, df=row.df)
    return Cell(n=both, estimate=estimate, se=se, ci_low=low, ci_high=high, df=row.df)


def _in_both(linears: Sequence[Linearised], overlap: Overlap) -> int:
    """How many firms gave both figures."""
    return int((linears[0].inside[overlap.later] & linears[1].inside[overlap.earlier]).sum())


def adjusted_p(table: ProtectedTable) -> dict[str, float]:
    """By row code the two-sided p-value of each shown change, by Holm's rule for the whole table looked at together."""
    tested = {row.code: two_sided_p(cell.estimate / cell.se, cell.df or np.inf)
              for row, _column, cell in table.walk() if cell.estimate is not None and cell.se}  # fmt: skip
    return dict(zip(tested, holm(list(tested.values())).tolist(), strict=True))
