"""Response rates as they may leave: in bands by stratum, since exact ones and the frame would give the weights; and
held against earlier cuts, since a band that changes tells of the one firm that changed it."""

from collections.abc import Callable, Sequence
from math import floor

import numpy as np

from survey.methods.clearing.cleared import ClearedTable, withheld_cell
from survey.methods.clearing.cube import Cube, Grouping
from survey.methods.clearing.differences import EarlierCut, staying
from survey.methods.clearing.states import NOTHING, FirmStates
from survey.methods.clearing.steps import firms_to_base, plain, to_step
from survey.methods.clearing.subjects import Subject
from survey.methods.collected import Collected
from survey.methods.protection.disclosure import DisclosureRule
from survey.methods.tables.domain import Domain, domain_of
from survey.methods.tables.response import COLUMNS, ROWS, outcomes
from survey.methods.tables.table import Base, Cell, Heading, Table
from survey.methods.weights.dispositions import PLACE
from survey.terms import Disposition

WIDTH = 0.20
"""Width of the bands of strata."""
MARGIN_STEP = 0.05
"""Step of the rates of whole industries and sizes."""
RATES = "response rates"
"""The subject of these rates, which rest on all firms of the sample. No code of an item has a blank."""
ANSWERED, SILENT = 1, 2
OldCell = Callable[[Heading, Heading], Cell | None]
"""What an earlier cut showed in a row and column, where it stays."""


def cleared_response(table: Table, threshold: int, old: OldCell = lambda row, column: None) -> ClearedTable:
    """The table of response with rates of strata in bands; of fewer sampled firms than the threshold none is told."""
    cells = [
        [
            old(row, column) or _cell(cell, threshold, is_stratum=bool(row.domain and column.domain))
            for column, cell in zip(table.columns.headings, line, strict=True)
        ]
        for row, line in zip(table.rows.headings, table.cells, strict=True)
    ]
    return ClearedTable._of(table.spec, cells, Base(n=firms_to_base(table.base.n or 0)))


def sampled_states(collected: Collected) -> FirmStates:
    """How each firm of the sample counts in a response rate: as one that answered, as one that did not, or not at all
    where it is out of scope."""
    kinds = outcomes(collected)
    counts = np.where(kinds == PLACE[Disposition.COMPLETE], ANSWERED, SILENT)
    counts[kinds == PLACE[Disposition.NOT_ELIGIBLE]] = NOTHING
    columns = {name: collected.domains[name] for name in (ROWS, COLUMNS)}
    return FirmStates(
        # The sample of a wave is drawn once, so that a row is the same firm in every cut.
        key=tuple(map(str, range(collected.sampled))),
        groups={name: np.array([*one.labels, ""], np.str_)[one.codes] for name, one in columns.items()},
        given={RATES: counts.astype(np.uint32)},
        enterprise=collected.enterprise,
    )


def staying_rates(collected: Collected, before: Sequence[EarlierCut], rule: DisclosureRule) -> frozenset[Domain]:
    """The strata and margins whose old rates stay, since too few of their firms have another outcome by now."""
    # Cuts of before did not keep the outcomes of the sample.
    known = [replaced for one in before if (replaced := _of_sample(one)) is not None]
    if not known:
        return frozenset()
    cube = _cube(collected)
    subjects = {RATES: Subject(answered=np.ones(collected.sampled, bool))}
    kept = staying(cube, sampled_states(collected), known, subjects, rule)[RATES]
    return frozenset(cube.domains[number] for number in kept)


def rate_domain(row: Heading, column: Heading) -> Domain:
    """The firms of a rate by their industry and size."""
    named = {name: heading.code for name, heading in ((ROWS, row), (COLUMNS, column)) if heading.domain}
    return domain_of(**named)


def _of_sample(cut: EarlierCut) -> EarlierCut | None:
    return None if cut.sampled is None else EarlierCut(cube=cut.cube, states=cut.sampled)


def _cube(collected: Collected) -> Cube:
    """Industries, sizes and strata of the sample, which add up to all firms."""
    groupings: tuple[Grouping, ...] = ((), (ROWS,), (COLUMNS,), (ROWS, COLUMNS))
    domains: list[Domain] = []
    places = {}
    for grouping in groupings:
        names: list[Domain] = [()]
        place = np.zeros(collected.sampled, np.int64)
        for name in grouping:
            column = collected.domains[name]
            names = [domain_of(**dict(one), **{name: label}) for one in names for label in column.labels]
            place = np.where((place >= 0) & (column.codes >= 0), place * len(column.labels) + column.codes, -1)
        places[grouping] = np.where(place >= 0, place + len(domains), -1)
        domains += names
    return Cube(domains=tuple(domains), places=places, nesting={})


def _cell(cell: Cell, threshold: int, *, is_stratum: bool) -> Cell:
    if cell.estimate is None:
        return cell
    if (cell.n or 0) < threshold:
        return withheld_cell()
    n = firms_to_base(cell.n or 0)
    if not is_stratum:
        return Cell(n=n, estimate=to_step(cell.estimate, MARGIN_STEP), decimals=0)
    # Everybody answering belongs to the last band, which has no band beyond it.
    low = min(floor(cell.estimate / WIDTH + 1e-9), round(1 / WIDTH) - 1) * WIDTH
    return Cell(n=n, estimate=plain(low + WIDTH / 2), band=(plain(low), plain(low + WIDTH)), decimals=0)
