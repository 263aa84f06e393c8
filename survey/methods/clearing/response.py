"""Response rates as they may leave: in bands by stratum, since exact ones and the frame would give the weights."""

from math import floor

from survey.methods.clearing.cleared import ClearedTable, withheld_cell
from survey.methods.clearing.steps import firms_to_base, plain, to_step
from survey.methods.tables.table import Base, Cell, Table

WIDTH = 0.20
"""Width of the bands of strata."""
MARGIN_STEP = 0.05
"""Step of the rates of whole industries and sizes."""


def cleared_response(table: Table, threshold: int) -> ClearedTable:
    """The table of response with rates of strata in bands; of fewer sampled firms than the threshold none is told."""
    cells = [
        [
            _cell(cell, threshold, is_stratum=bool(row.domain and column.domain))
            for column, cell in zip(table.columns.headings, line, strict=True)
        ]
        for row, line in zip(table.rows.headings, table.cells, strict=True)
    ]
    return ClearedTable._of(table.spec, cells, Base(n=firms_to_base(table.base.n or 0)))


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
