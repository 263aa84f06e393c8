"""The blocks of a release's page: table first, then its chart, both from the frozen table and its frozen words."""

from typing import Any

from survey.exchange.figures.block import Block, Row, signs_of
from survey.exchange.figures.charts import change_chart, ranking_chart
from survey.exchange.figures.matrix_charts import distribution_chart, heat_map_chart
from survey.exchange.figures.shown import Shown, levels_text, shown_estimate, shown_interval, shown_ranks
from survey.exchange.release.columns import Written, is_matrix, text_of, with_unit
from survey.exchange.release.number_formats import number_format
from survey.methods.released.table import ReleasedTable
from survey.methods.tables.table import Cell, Statistic, TableKind
from survey.selectors.said import said as _

NARROW = 6
"""Columns that a narrow page has room for."""


def released_block(one: ReleasedTable) -> Block:
    """The block of a table of a release; nothing in it is worded or worked out anew."""
    cells = [cell for _row, _column, cell in one.walk()]
    heads = _matrix_heads(one) if is_matrix(one) else _list_heads(one, cells)
    return Block(
        code=one.code,
        title=one.title,
        measure=one.measure,
        base=one.firms,
        heads=heads,
        rows=tuple(_row(one, place, len(heads)) for place in range(len(one.cells))),
        chart=_chart(one),
        signs=signs_of(cells),
        notes=one.notes,
        is_wide=len(heads) > NARROW,
    )


def _matrix_heads(one: ReleasedTable) -> tuple[str, ...]:
    return tuple(heading.label for heading in one.columns.headings)


def _list_heads(one: ReleasedTable, cells: list[Cell]) -> tuple[str, ...]:
    if one.spec.kind is TableKind.CHANGE:
        return _("Earlier wave"), _("This wave"), _("Rise or fall"), _("Interval (95%)"), _("Firms before and now")
    heads = (_("Figure"), _("Interval (95%)"), _("Firms"))
    # Where one row has a rank the column stands for all: rows of one table have the same columns.
    return (*heads, _("Rank"), _("Rank interval")) if any(cell.rank is not None for cell in cells) else heads


def _row(one: ReleasedTable, place: int, width: int) -> Row:
    heading, cells, statistic = one.rows.headings[place], one.cells[place], one.spec.statistic
    if is_matrix(one):
        return Row(label=with_unit(heading), figures=tuple(shown_estimate(cell, statistic) for cell in cells))
    (cell,) = cells
    if one.spec.kind is TableKind.CHANGE:
        return Row(label=with_unit(heading), figures=_changed(cell, one))
    n = "" if cell.n is None else f"{cell.n:,}"
    texts = (shown_interval(cell, statistic), n, "" if cell.rank is None else f"{cell.rank}", shown_ranks(cell))
    figures = (shown_estimate(cell, statistic), *(Shown(text=text) for text in texts))
    return Row(label=with_unit(heading), figures=figures[:width])


def _changed(cell: Cell, one: ReleasedTable) -> tuple[Shown, ...]:
    """Both figures as the tables of their waves show them, the change with its interval, and the firms behind both."""
    statistic = one.spec.statistic
    measured = one.spec.measured or statistic
    forms = [(value, number_format(value, measured, is_length=True)) for value in _both(cell)]
    both = [Shown(text=text_of(Written(value=value, form=form))) for value, form in forms]
    told = (shown_estimate(cell, statistic), Shown(text=shown_interval(cell, statistic)), Shown(text=levels_text(cell)))
    # Two blanks where levels are withheld, or the rest of the row would move under other heads.
    return (*(both or [Shown(text=""), Shown(text="")]), *told)


def _both(cell: Cell) -> tuple[float, ...]:
    return (cell.levels.before, cell.levels.after) if cell.levels else ()


def _chart(one: ReleasedTable) -> dict[str, Any] | None:
    """The picture of a table in one unit; a distribution as parts of a whole."""
    if one.spec.statistic in (Statistic.SHARE_CHANGE, Statistic.POINT_CHANGE):
        return change_chart(one.table, axis_title=_(one.spec.statistic.label))
    # Amounts of different units have no common axis, and a chart of withheld figures would be an empty frame.
    if not one.spec.statistic.is_fraction or not any(cell.estimate is not None for _r, _c, cell in one.walk()):
        return None
    if one.spec.kind is TableKind.DISTRIBUTION and is_matrix(one):
        return distribution_chart(one.table, None, is_adverse=one.is_adverse)
    return heat_map_chart(one.table) if is_matrix(one) else ranking_chart(one.table)
