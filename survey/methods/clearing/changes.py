"""What changed between two waves, from their cleared figures alone: it tells what both pages tell, side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot

from survey.methods.change.compared import Compared, compared_tables
from survey.methods.change.tables import change_spec
from survey.methods.clearing.cleared import ClearedTable, withheld_cell
from survey.methods.clearing.steps import FEWEST_FOR_ENDS, plain, two_digits
from survey.methods.protection.disclosure import WORSE
from survey.methods.tables.beside import Levels
from survey.methods.tables.domain import ALL_FIRMS, Domain
from survey.methods.tables.table import Base, Cell, Heading
from survey.methods.tables.vocabulary import Vocabulary
from survey.terms import CellStatus

Z = 1.96
"""Of the interval of a change: the degrees of freedom of two waves are not told, and are many."""


Tables = Mapping[str, ClearedTable]


@dataclass(frozen=True, eq=False, kw_only=True)
class ClearedPage:
    """The cleared tables of one group of firms in one wave by their codes, and what they are about."""

    tables: Tables
    words: Vocabulary


def cleared_changes(
    later: ClearedPage,
    earlier: ClearedPage,
    items: Mapping[str, str],
    domain: Domain = ALL_FIRMS,
    notes: Sequence[str] = (),
) -> dict[str, ClearedTable]:
    """By their codes the tables of change of what both waves measured alike and show; the largest change first.

    `items` gives for each item of the later wave the one of the earlier that measures the same; `notes` go with every
    table.
    """
    compared = list(compared_tables(later.words, earlier.words, items))
    return changes_of(compared, later.tables, earlier.tables, domain, notes)


def changes_of(
    compared: Sequence[Compared],
    later: Tables,
    earlier: Tables,
    domain: Domain = ALL_FIRMS,
    notes: Sequence[str] = (),
) -> dict[str, ClearedTable]:
    """The same of tables whose comparison is known; those of which no row compares are left out."""
    base = Base(domain=domain, n=next((table.base.n for table in later.values()), None))
    found = {}
    for one in compared:
        if one.code in later and one.code_before in earlier:
            rows = _rows(one, later, earlier)
            spec = change_spec(one, [row for row, _cell in rows])
            found[one.change_code] = ClearedTable._of(spec, [[cell] for _row, cell in rows], base, notes)
    return {code: table for code, table in found.items() if table.cells}


def _rows(one: Compared, later: Tables, earlier: Tables) -> Sequence[tuple[Heading, Cell]]:
    now, before = later[one.code], earlier[one.code_before]
    # Shares are fractions until here; percentage points are what a change of theirs is read in.
    scale = 100.0 if one.measured.is_fraction else 1.0
    rows = [
        (row, _change(_figure(now, row.code), _figure(before, one.rows[row.code]), scale))
        for row in now.rows.headings
        if row.code in one.rows and one.rows[row.code] in before.rows.codes
    ]
    # sorted is stable: equal changes stay in the order of the later table, what is not shown stands last.
    return sorted(rows, key=lambda each: -abs(each[1].estimate or 0.0))


def _figure(table: ClearedTable, row: str) -> Cell:
    return table.cell(row, table.columns.codes[0])


def _change(now: Cell, before: Cell, scale: float) -> Cell:
    """The later figure less the earlier; as bad as the worse of both, and a band where one of them is."""
    worst = max(now, before, key=lambda cell: WORSE.index(cell.status))
    if worst.is_withheld:
        return withheld_cell()
    if now.estimate is None or before.estimate is None:
        return Cell(n=0, status=CellStatus.EMPTY)
    estimate, error = plain(scale * (now.estimate - before.estimate)), _error(now, before, scale)
    enough = min(now.n or 0, before.n or 0) >= FEWEST_FOR_ENDS
    ends = (plain(estimate - Z * error), plain(estimate + Z * error)) if error and enough else (None, None)
    levels = Levels(before=before.estimate, after=now.estimate, n_before=before.n or 0, n_after=now.n or 0)
    # How many firms are in both waves is not told: it would tell a few apart where most are.
    return Cell(
        n=None,
        estimate=estimate,
        se=error,
        ci_low=ends[0],
        ci_high=ends[1],
        band=_band(now, before, scale),
        status=worst.status,
        quality=worst.quality,
        levels=levels,
        decimals=max(now.decimals, before.decimals),
    )


def _error(now: Cell, before: Cell, scale: float) -> float | None:
    """That of independent figures. Firms in both waves that say much the same make it smaller, so it is on the safe
    side."""
    if now.se is None or before.se is None:
        return None
    return two_digits(scale * hypot(now.se, before.se)) or None


def _band(now: Cell, before: Cell, scale: float) -> tuple[float, float] | None:
    if now.band is None and before.band is None:
        return None
    # A figure that is told as a number is a band of no width.
    (low, high), (least, most) = (cell.band or (cell.estimate or 0.0,) * 2 for cell in (now, before))
    return plain(scale * (low - most)), plain(scale * (high - least))
