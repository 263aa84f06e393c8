"""Tables of change: what two waves both measured, the later figure less the earlier, shown only where both are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from survey.methods.change.compared import Compared, compared_tables
from survey.methods.change.figures import FigureChange, changes, summed_sources
from survey.methods.change.shared_cells import Both, SharedCells
from survey.methods.change.wave import Overlap
from survey.methods.comparison.contrasts import holm, two_sided_p
from survey.methods.estimates.statistics import (
    Asked,
    CodedStatistic,
    Key,
    NumericStatistic,
    QuantileStatistic,
    columns_of,
)
from survey.methods.extract import Extract
from survey.methods.moments.index import Linear
from survey.methods.production import Prepared
from survey.methods.protection.disclosure import protect_derived
from survey.methods.remembered import Remembered, column_digest, digest_of, know_digests, survey_digest
from survey.methods.tables.beside import Levels
from survey.methods.tables.domain import ALL_FIRMS, Domain
from survey.methods.tables.table import (
    Axis,
    Base,
    Cell,
    Dimension,
    Grid,
    Heading,
    ProtectedTable,
    Table,
    TableKind,
    TableSpec,
)
from survey.methods.tables.vocabulary import Vocabulary

InCells = Callable[[Sequence[Both]], SharedCells | None]
"""Gives the firms in common by cell, with sums of all that changes are of."""


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
    later: Results,
    earlier: Results,
    pairing: Pairing,
    domain: Domain = ALL_FIRMS,
    notes: Sequence[str] = (),
    remembered: Remembered[FigureChange | None] | None = None,
    in_cells: InCells | None = None,
) -> dict[str, ProtectedTable]:
    """By their codes the tables of change of the firms in `domain`, of all that both waves measured alike and show.

    Rows stand by the size of the change; those that are not shown stand last, in the order of the later wave's table.
    Fewer firms in common than the threshold are not used, so that no error tells of a few firms. `notes` go with every
    table. Changes of `remembered` figures are not computed again; of others the firms in common are read once for all
    filters where `in_cells` gives them by cell.
    """
    rule = later.prepared.parameters.protection
    # Without the overlap the covariance counts as 0: where firms repeat themselves the error is then too large.
    enough = len(pairing.overlap) >= rule.threshold
    overlap = pairing.overlap if enough else Overlap(*_NOBODY)
    every = list(compared_tables(later.words, earlier.words, pairing.items))
    compared = [one for one in every if one.code in later.tables and one.code_before in earlier.tables]
    # Cells serve every filter and every part of a page, so that they have the sums of all that may be asked for.
    from_cells = in_cells and partial(in_cells, summed_sources(list(_asked(every).values())))
    made = _changes(_asked(compared), later, earlier, overlap, domain, remembered or Remembered(), from_cells)
    found = {}
    for one in compared:
        rows = [row for row in later.tables[one.code].rows.headings if row.code in one.rows]
        sources = _sources(one, rows, later, earlier)
        cells = [_cell(one.asked[row.code][0], made[_name(one.asked[row.code])], row.times) for row in rows]
        told = [
            _with_levels(cell, sources[row.code, CHANGE.code], rule.threshold).but(decimals=row.decimals)
            for row, cell in zip(rows, cells, strict=True)
        ]
        # sorted is stable: equal changes stay in the order of the later table.
        order = sorted(range(len(rows)), key=lambda k: -abs(_size(told[k], sources[rows[k].code, CHANGE.code])))
        ordered, shown = [rows[k] for k in order], tuple((told[k],) for k in order)
        table = Table(spec=change_spec(one, ordered), cells=shown, base=_base(later, domain), notes=tuple(notes))
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
    # The shares of two options that add up to 1 change alike, but for the last digits.
    return round(cell.estimate or 0.0, ALIKE) if is_shown else 0.0


def _sources(
    one: Compared, rows: Sequence[Heading], later: Results, earlier: Results
) -> dict[tuple[str, str], tuple[Cell, Cell]]:
    """The two protected figures that each change follows from."""
    now, before = later.tables[one.code].first_column(), earlier.tables[one.code_before].first_column()
    return {(row.code, CHANGE.code): (now[row.code], before[one.rows[row.code]]) for row in rows}


CHANGE = Heading(code="change")
ALIKE = 10
"""Decimals within which changes are equally large."""
_NOBODY = np.zeros(0, np.intp), np.zeros(0, np.intp)


def change_spec(one: Compared, rows: Sequence[Heading]) -> TableSpec:
    """What the table of change of a compared table shows in these rows."""
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


def _asked(compared: Sequence[Compared]) -> dict[tuple[Key, Key], tuple[Linear, Linear]]:
    """What is asked of both waves in all rows of these tables, by its keys."""
    asked: dict[tuple[Key, Key], tuple[Linear, Linear]] = {}
    for first, second in (pair for one in compared for pair in one.asked.values()):
        if not isinstance(first, QuantileStatistic) and not isinstance(second, QuantileStatistic):
            asked[first.key, second.key] = first, second
    return asked


def _changes(
    asked: Mapping[tuple[Key, Key], tuple[Linear, Linear]],
    later: Results,
    earlier: Results,
    overlap: Overlap,
    domain: Domain,
    remembered: Remembered[FigureChange | None],
    from_cells: Callable[[], SharedCells | None] | None,
) -> dict[tuple[Key, Key], FigureChange | None]:
    """The changes of what is asked of both waves, by its keys; the firms are read once."""
    now, before, pairs = later.prepared.under(domain), earlier.prepared.under(domain), list(asked.values())
    both = digest_of(domain, overlap.later, overlap.earlier)
    extracts = later.prepared.extract, earlier.prepared.extract
    for results in (later, earlier):
        know_digests(results.prepared.extract, results.prepared.digests)
    sources = [
        digest_of(both, *(_source(each, one) for each, one in zip(extracts, pair, strict=True))) for pair in pairs
    ]

    def made(new: Sequence[int]) -> list[FigureChange | None]:
        cells = from_cells() if from_cells and len(overlap) else None
        return changes(now, before, [pairs[k] for k in new], overlap, cells)

    found = remembered.each(sources, made)
    return dict(zip(asked, found, strict=True))


def _source(extract: Extract, asked: Linear) -> bytes:
    """Of all that a figure of a wave follows from."""
    columns = (column_digest(extract, name) for name in columns_of(asked))
    return digest_of(survey_digest(extract), asked.in_words, *columns)


def _name(asked: tuple[Asked, Asked]) -> tuple[Key, Key]:
    return asked[0].key, asked[1].key


def _cell(asked: Asked, change: FigureChange | None, times: float) -> Cell:
    if change is None:
        return Cell(n=0)
    # Shares are fractions until here; percentage points are what a change of theirs is read in.
    scale = 100.0 if isinstance(asked, (CodedStatistic, NumericStatistic)) and asked.proportion else times
    # No error means no interval, not an interval of width 0: everybody may simply have said the same.
    if not change.se > 0:
        return Cell(n=change.both, estimate=scale * change.estimate, df=change.df)
    return Cell(
        n=change.both,
        estimate=scale * change.estimate,
        se=scale * change.se,
        ci_low=scale * change.ci_low,
        ci_high=scale * change.ci_high,
        df=change.df,
    )


def adjusted_p(table: Grid) -> dict[str, float]:
    """By row code the two-sided p-value of each shown change, by Holm's rule for the whole table looked at together."""
    tested = {row.code: two_sided_p(cell.estimate / cell.se, cell.df or np.inf)
              for row, _column, cell in table.walk() if cell.estimate is not None and cell.se}  # fmt: skip
    return dict(zip(tested, holm(list(tested.values())).tolist(), strict=True))
