"""From what was cleared to what it tells: for each cell the interval of its exact figure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from survey.methods.certificate.known_figures import KnownFigure, View
from survey.methods.clearing.behind import units_of
from survey.methods.clearing.clearing import Clearing, cleared_cube
from survey.methods.clearing.content import ClearedCube
from survey.methods.clearing.subjects import subject_of
from survey.methods.estimates.statistics import Asked
from survey.methods.tables.domain import Domain, within
from survey.methods.tables.making import reach_of
from survey.methods.tables.narrowed import of_all
from survey.methods.tables.plan import PlannedTable
from survey.methods.tables.table import Cell, Heading

Reach = tuple[float, float]
FRACTION: Reach = (0.0, 1.0)
INFINITE = float("inf")


def view_of(clearing: Clearing, cube: ClearedCube) -> View:
    """What a cut tells of every planned cell, shown or withheld.

    A figure that stayed as it was in an earlier cut, and would be another now, tells of that cut: it is left to its
    certificate, and counted.
    """
    extract = clearing.estimates.prepared.extract
    found: dict[tuple[tuple[str, str, str], Domain], KnownFigure] = {}
    left = 0
    for one in _cells(clearing, cube):
        if one is None:
            left += 1
            continue
        known = found.get((one.asked.key, one.domain))
        found[one.asked.key, one.domain] = one if known is None else _joined(known, one)
    unit = units_of(clearing.estimates.prepared.collected, extract.rows).unit
    return View(extract=extract, figures=tuple(found.values()), left=left, unit=unit)


def _joined(first: KnownFigure, second: KnownFigure) -> KnownFigure:
    """A figure that two tables show is told once, by whichever of them tells it."""
    telling = first if first.shown else second
    # Whoever has both tables knows both intervals, and so where they overlap.
    return replace(
        telling,
        tables=tuple(dict.fromkeys((*first.tables, *second.tables))),
        low=max(first.low, second.low),
        high=min(first.high, second.high),
        keeps=max(first.keeps, second.keeps),
    )


def _cells(clearing: Clearing, cube: ClearedCube) -> Iterator[KnownFigure | None]:
    """What each cell tells; None for one that is left to an earlier cut."""
    planned = {plan.code: plan for plan in clearing.planned}
    # A figure that stayed and is the same as it would be now is told of the answers of now.
    now = cleared_cube(replace(clearing, kept={})) if any(cube.kept.values()) else cube
    for domain, tables in cube.tables.items():
        for code, table in tables.items():
            for row, column, cell in table.walk() if code in planned else ():
                asked = planned[code].asked.get((row.code, column.code))
                # A cell that nobody was asked for, or is empty by nature, tells nothing of an answer.
                if asked is None or not (cell.is_withheld or cell.estimate is not None):
                    continue
                inside, subject = within(domain, column.domain), subject_of(planned[code].spec, row, asked)
                stayed = inside in cube.kept.get(subject, ())
                if stayed and not _is_same(cell, now.tables[domain][code].cell(row.code, column.code)):
                    yield None
                    continue
                yield from _of_cell(clearing, subject, planned[code], row, asked, inside, cell)


def figures_shown_otherwise(cube: ClearedCube, before: Sequence[ClearedCube]) -> int:
    """How many figures earlier cuts showed that this one does not, or not as they did: whoever read them still knows
    them, and only the certificates of those cuts are about them."""
    found: set[tuple[Domain, str, str, str]] = set()
    for earlier in before:
        for domain, tables in earlier.tables.items():
            for code, table in tables.items():
                told = _cells_of(cube, domain, code)
                found |= {
                    (domain, code, row.code, column.code)
                    for row, column, cell in table.walk()
                    if cell.estimate is not None and not _is_shown_so(cell, told.get((row.code, column.code)))
                }
    return len(found)


def _cells_of(cube: ClearedCube, domain: Domain, code: str) -> Mapping[tuple[str, str], Cell]:
    table = cube.tables.get(domain, {}).get(code)
    return {} if table is None else {(row.code, column.code): cell for row, column, cell in table.walk()}


def _is_shown_so(earlier: Cell, now: Cell | None) -> bool:
    return now is not None and _is_same(earlier, now)


def _is_same(cell: Cell, other: Cell) -> bool:
    """Whether two cells tell the same figure; ranks compare it with others and are worked out by the reader."""
    return _without_ranks(cell) == _without_ranks(other)


def _without_ranks(cell: Cell) -> Cell:
    return cell.but(rank=None, rank_low=None, rank_high=None, p_next=None, leads=False)


def _of_cell(
    clearing: Clearing, subject: str, plan: PlannedTable, row: Heading, asked: Asked, domain: Domain, cell: Cell
) -> Iterator[KnownFigure]:
    rounder = clearing.rounder_of(subject, domain)
    step, edge = rounder.step, rounder.edge
    reach = FRACTION if plan.spec.statistic.is_fraction else reach_of(asked)
    # Steps are parts of the way from end to end: of a balance from -100 to 100 twice as wide as of an index.
    width = step * (reach[1] - reach[0]) if reach else 0.0
    if cell.is_withheld or cell.estimate is None:
        kept = clearing.decisions[subject].keeps(clearing.cube.number[domain]) * (reach[1] - reach[0]) if reach else 0.0
        yield KnownFigure(asked=asked, domain=domain, tables=(plan.code,), shown=False, keeps=kept)
        return
    low, high = _open(cell.band, reach) if cell.band else _around(cell.estimate, width or _amount_step(cell))
    yield KnownFigure(asked=asked, domain=domain, tables=(plan.code,), low=low / row.times, high=high / row.times,
               step=step, edge=edge)  # fmt: skip
    whole = of_all(asked)
    if cell.of_all is not None and whole is not None:
        low, high = _open(cell.of_all.band, FRACTION) if cell.of_all.band else _around(cell.of_all.estimate, step)
        yield KnownFigure(asked=whole, domain=domain, tables=(plan.code,), low=low, high=high, step=step, edge=edge)


def _open(band: Reach, reach: Reach | None) -> Reach:
    """A band without its end where no figure can lie beyond it."""
    low, high = band
    return (-INFINITE if reach and low <= reach[0] else low), (INFINITE if reach and high >= reach[1] else high)


def _around(estimate: float, width: float) -> Reach:
    # What is rounded to the nearest step lies within half of it on either side.
    return estimate - width / 2, estimate + width / 2


def _amount_step(cell: Cell) -> float:
    """Amounts are told with as many digits as their step has; of 1, 2 and 5 the closest is what may be known."""
    return float(10.0**-cell.decimals)
