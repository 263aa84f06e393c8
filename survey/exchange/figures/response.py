"""The block of response rates."""

from dataclasses import replace

from survey.exchange.figures.block import Block, Row, made_block
from survey.exchange.figures.figure_table import FigureTable
from survey.exchange.figures.matrix_charts import heat_map_chart
from survey.exchange.figures.shown import Shown, shown_estimate
from survey.methods.tables.table import Cell


def response_block(table: FigureTable) -> Block:
    """Response rates by industry and size, each with the firms answered and sampled."""
    heads = tuple(heading.label for heading in table.columns.headings)
    rows = tuple(
        Row(label=row.label, figures=tuple(_response(cell, table) for cell in cells))
        for row, cells in zip(table.rows.headings, table.cells, strict=True)
    )
    return made_block(table, heads, rows, "", heat_map_chart(table))


def _response(cell: Cell, table: FigureTable) -> Shown:
    shown = shown_estimate(cell, table.spec.statistic)
    if cell.n and cell.weighted_count is not None:
        return replace(shown, text=f"{shown.text} ({cell.weighted_count:,.0f}/{cell.n:,})")
    return shown
