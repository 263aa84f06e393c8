"""Tables of change: what two waves both measured, the later figure less the earlier, shown only where both are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from survey.methods.arrays import Bools
from survey.methods.change.compared import Compared, compared_tables
from survey.methods.change.wave import Overlap, wave_change
from survey.methods.comparison.contrasts import holm, two_sided_p
from survey.methods.estimates.linearisation import Linearised
from survey.methods.estimates.statistics import Asked, CodedStatistic, NumericStatistic, QuantileStatistic
from survey.methods.moments.index import linearised, skipping_variance
from survey.methods.production import Prepared
from survey.methods.protection.disclosure import protect_derived
from survey.methods.tables.beside import Levels
from survey.methods.tables.filtering import firms_within
from survey.methods.tables.table import (
    ALL_FIRMS,
    Axis,
    Base,
    Cell,
    Dimension,
    Domain,
    Heading,
    ProtectedTable,
    Table,
    TableKind,
    TableSpec,
)
from survey.methods.tables.vocabulary import Vocabulary


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
    enough = len(pairing.overlap) >= rule.threshold
    # A list of what the designs share of its own: the pairing is kept, the designs of one page are not to be.
    overlap = Overlap(pairing.overlap.later, pairing.overlap.earlier) if enough else Overlap(*_NOBODY)
    # All rows are of the same firms.
    inside = tuple(firms_within(results.prepared.extract, domain) for results in (later, earlier))
    found = {}
    for one in compared_tables(later.words, earlier.words, pairing.items):
        if one.code in later.tables and one.code_before in earlier.tables:
            rows = [row for row in later.tables[one.code].rows.headings if row.code in one.rows]
            sources = _sources(one, rows, later, earlier)
            cells = [_cell(one.asked[row.code], later, earlier, overlap, inside, row.times) for row in rows]
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
    cell = cell.but(n=cell.n if (cell.n or 0) >= threshold else None) if cell.estimate is not None else cell
    if now.estimate is None or before.estimate is None:
        return cell
    return cell.but(
        levels=Levels(before=before.estimate, after=now.estimate, n_before=before.n or 0, n_after=now.n or 0)
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
_NOBODY = np.zeros(0, np.intp), np.zeros(0, np.intp)


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


def _figure(results: Results, code: str, row: str) -> Cell:
    table = results.tables[code]
    return table.cell(row, table.columns.codes[0])


def _cell(
    asked: tuple[Asked, Asked],
    later: Results,
    earlier: Results,
    overlap: Overlap,
    inside: tuple[Bools, ...],
    times: float,
) -> Cell:
    of_waves = [
        (results.prepared.extract, one, firms)
        for results, one, firms in zip((later, earlier), asked, inside, strict=True)
        if not isinstance(one, QuantileStatistic)
    ]
    linears = [linearised(*one) for one in of_waves]
    if any(np.isnan(linear.estimate) for linear in linears):
        return Cell(n=0)
    designs = later.prepared.extract.design, earlier.prepared.extract.design
    skipping = sum(skipping_variance(*one) for one in of_waves)
    row = wave_change(designs[0], linears[0], designs[1], linears[1], overlap, skipping=skipping)
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
