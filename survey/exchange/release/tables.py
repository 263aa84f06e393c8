"""The sheets of the tables: a matrix of estimates where there are groups, and every figure with n, error and mark."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from survey.exchange.figures.captions import base_line, of_all_text
from survey.exchange.figures.effects import remark_of
from survey.exchange.figures.findings import measure_of, title_of
from survey.exchange.figures.shown import MINUS, p_text, shown_estimate, shown_second
from survey.exchange.release.charts import add_bar_chart, add_step_chart, leaves_gaps, rows_of_chart
from survey.exchange.sheets.writing import (
    BODY,
    GROUP_WIDTH,
    HAIRLINE,
    QUIET,
    RIGHT,
    WRAP,
    fit_widths,
    lines_of,
    put,
    put_head,
    put_title,
)
from survey.methods.change.tables import adjusted_p
from survey.methods.tables.table import Cell, Heading, ProtectedTable, Statistic, TableKind

SIGNED, UNSIGNED, POINT = f'+0.0;"{MINUS}"0.0;0.0', "0.0", f'0.0;"{MINUS}"0.0'
NUMBER, SIGNED_NUMBER = f'#,##0.00;"{MINUS}"#,##0.00', f'+#,##0.00;"{MINUS}"#,##0.00;0.00'
POINTS = (Statistic.BALANCE, Statistic.DIFFUSION, Statistic.INDEX)
FORMATS = {
    Statistic.SHARE: "0.0%",
    Statistic.RATE: "0.0%",
    Statistic.EMPLOYEE_SHARE: "0.0%",
    Statistic.REVENUE_SHARE: "0.0%",
    Statistic.COUNT: "#,##0",
    Statistic.TOTAL: "#,##0",
    **dict.fromkeys((Statistic.DIFFUSION, Statistic.INDEX), UNSIGNED),
    **dict.fromkeys((Statistic.BALANCE, Statistic.SHARE_CHANGE, Statistic.POINT_CHANGE), SIGNED),
    **dict.fromkeys((Statistic.MEAN_CHANGE, Statistic.VALUE_CHANGE), SIGNED_NUMBER),
}
DRAWN = {*(one for one in Statistic if one.is_fraction), Statistic.SHARE_CHANGE, Statistic.POINT_CHANGE, *POINTS}
"""Statistics of which all rows of a table have one unit, so that bars compare them."""
LABEL_WIDTH = 44.0
REMARK, REMARK_PLACE = "M", 13
"""The last column of a list that is printed; the arms after it are there for the chart alone."""


def figure_heads(table: ProtectedTable) -> tuple[str, ...]:
    """Heads of the list of figures; changes have no ranks, but the two figures that they lie between."""
    heads = list(_heads())
    if table.spec.kind is TableKind.CHANGE:
        heads[2] = _("Firms in both waves")
        # In the places of the ranks, so that the arms of the error bars stay in the columns that the chart names.
        heads[8:11] = [_("Before"), _("Now"), _("Firms before and now")]
    return tuple(heads)


def _heads() -> tuple[str, ...]:
    return (
        _("Item"), _("Group or answer"), _("Firms (n)"), _("Estimate"), _("Standard error"), _("CV"),
        _("Interval (95%), from"), _("Interval (95%), to"), _("Rank"), _("Rank interval, from"), _("Rank interval, to"),
        _("Quality"), _("Remark"), _("Arm below"), _("Arm above"),
    )  # fmt: skip


def fill_table_sheet(
    sheet: Worksheet, tables: Sequence[ProtectedTable], *, marks: Sequence[str], is_adverse: bool = True
) -> int:
    """Write tables below one another, a single one with its chart; the row of heads to repeat in print is returned.

    Those are the heads of the list, which runs over pages. Heads stay in sight as well where the list is all there is.
    """
    first = tables[0]
    lines = [measure_of(first), base_line(first)] if title_of(first) != measure_of(first) else [base_line(first)]
    lines += [_(note) for note in first.notes]
    row = put_title(sheet, title_of(first), lines, marks=marks)
    head_row = list_row = row
    for place, table in enumerate(tables):
        if table is not first:
            put(sheet, row, 1, title_of(table), QUIET)
            put(sheet, row + 1, 1, base_line(table), QUIET)
            row += 2
        if len(table.columns.headings) > 1:
            row = _matrix_with_chart(sheet, table, row, with_chart=len(tables) == 1, is_adverse=is_adverse) + 1
        list_row = list_row if place else row
        row = _figures(sheet, table, row) + 1
        if len(tables) == 1 and _has_bars(table):
            add_bar_chart(sheet, table, head_row=list_row, place=row)
            row += rows_of_chart(table)
    fit_widths(sheet, head_row, label_width=LABEL_WIDTH, wide=REMARK)
    # With a matrix above the list, frozen heads would stand over the wrong columns.
    sheet.freeze_panes = f"B{head_row + 1}" if list_row == head_row else "B1"
    widest = max(REMARK_PLACE, *(len(table.columns.headings) + 1 for table in tables))
    sheet.print_area = f"A1:{get_column_letter(widest)}{row}"
    return list_row


def _matrix_with_chart(sheet: Worksheet, table: ProtectedTable, row: int, *, with_chart: bool, is_adverse: bool) -> int:
    """The matrix and, of a distribution, the stacked bars that show it. Next free row."""
    free = _matrix(sheet, table, row)
    if not with_chart or table.spec.kind is not TableKind.DISTRIBUTION:
        return free
    add_step_chart(sheet, table, head_row=row, place=free + 1, is_adverse=is_adverse)
    return free + 1 + rows_of_chart(table)


def _has_bars(table: ProtectedTable) -> bool:
    """Whether the list is drawn as bars with intervals: a single column in one unit."""
    return len(table.columns.headings) == 1 and len(table.cells) > 1 and table.spec.statistic in DRAWN


def _matrix(sheet: Worksheet, table: ProtectedTable, row: int) -> int:
    """Estimates only, items by groups or steps. Next free row."""
    has_gaps = table.spec.kind is TableKind.DISTRIBUTION and leaves_gaps(table)
    heads = [_("Item"), *(heading.label for heading in table.columns.headings)]
    put_head(sheet, row, [*heads, _("Not shown")] if has_gaps else heads)
    for offset, (heading, cells) in enumerate(zip(table.rows.headings, table.cells, strict=True), 1):
        label = put(sheet, row + offset, 1, heading.label)
        label.alignment, label.border = WRAP, HAIRLINE
        sheet.row_dimensions[row + offset].height = 14.0 * lines_of(heading.label, LABEL_WIDTH - 2) + 2
        for column, cell in enumerate(cells, 2):
            _estimate(sheet, row + offset, column, cell, table)
        if has_gaps:
            left = max(1.0 - sum(cell.estimate or 0.0 for cell in cells), 0.0)
            put(sheet, row + offset, len(cells) + 2, round(left, 9), QUIET, "0.0%").alignment = RIGHT
    return row + len(table.cells) + 1


def _figures(sheet: Worksheet, table: ProtectedTable, row: int) -> int:
    """Every figure on a line of its own. Next free row."""
    put_head(sheet, row, figure_heads(table))
    line = row
    p = adjusted_p(table) if table.spec.kind is TableKind.CHANGE else {}
    for line, (heading, column, cell) in enumerate(table.walk(), row + 1):
        told = _remarks(cell, table, p.get(heading.code))
        _figure(sheet, line, heading, column, cell, table, _("; ").join(filter(None, told)))
    return line + 1


def _remarks(cell: Cell, table: ProtectedTable, p: float | None) -> Iterator[str]:
    """Why a figure is marked, its p-value, and the share of all firms."""
    yield shown_estimate(cell, table.spec.statistic).reason
    yield "" if p is None else p_text(p)
    if cell.rank is not None and cell.p_next is not None:
        yield _("against the next rank %(p)s") % {"p": p_text(cell.p_next)}
    if cell.of_all is not None:
        yield _("of all firms %(share)s") % {"share": of_all_text(cell)}
    if cell.second is not None:
        yield _("bootstrap interval %(interval)s") % {"interval": shown_second(cell, table.spec.statistic)}
    yield from remark_of(cell)


def _figure(
    sheet: Worksheet, row: int, heading: Heading, column: Heading, cell: Cell, table: ProtectedTable, remark: str
) -> None:
    lines = [
        lines_of(with_unit(heading), LABEL_WIDTH - 2),
        *(lines_of(text, GROUP_WIDTH - 2) for text in (column.label, remark)),
    ]
    sheet.row_dimensions[row].height = 14.0 * max(lines) + 2
    put(sheet, row, 1, with_unit(heading)).alignment = WRAP
    put(sheet, row, 2, column.label).alignment = WRAP
    put(sheet, row, 3, cell.n, number_format="#,##0").alignment = RIGHT
    _estimate(sheet, row, 4, cell, table)
    for place, (value, number_format) in enumerate(_details(cell, table), 5):
        put(sheet, row, place, value, number_format=number_format).alignment = RIGHT
    put(sheet, row, 12, cell.quality).alignment = WRAP
    put(sheet, row, REMARK_PLACE, remark, QUIET).alignment = WRAP
    # Outside of what is printed; hidden columns would be left out of the chart.
    for place in (14, 15):
        arm = put(sheet, row, place, _arm(cell, place == 15), QUIET, FORMATS.get(table.spec.statistic, NUMBER))
        arm.alignment = RIGHT
    for each in sheet[f"A{row}:{get_column_letter(15)}{row}"][0]:
        each.border = HAIRLINE


def with_unit(heading: Heading) -> str:
    """What a row is about, with the unit of its amounts."""
    return _("%(item)s, %(unit)s") % {"item": heading.label, "unit": heading.unit} if heading.unit else heading.label


def _details(cell: Cell, table: ProtectedTable) -> Iterator[tuple[float | int | str | None, str]]:
    statistic = table.spec.statistic
    number_format = FORMATS.get(statistic, NUMBER)
    yield cell.se, {SIGNED: UNSIGNED, SIGNED_NUMBER: NUMBER}.get(number_format, number_format)
    yield cell.cv, "0.0%"
    yield cell.ci_low, number_format
    yield cell.ci_high, number_format
    if table.spec.kind is TableKind.CHANGE:
        yield from _levels(cell, statistic)
        return
    yield from ((rank, "0") for rank in (cell.rank, cell.rank_low, cell.rank_high))


def _levels(cell: Cell, statistic: Statistic) -> Iterator[tuple[float | str | None, str]]:
    """Both figures of a change, and the firms of each."""
    number_format = {Statistic.SHARE_CHANGE: "0.0%", Statistic.POINT_CHANGE: POINT}.get(statistic, NUMBER)
    levels = cell.levels
    yield levels.before if levels else None, number_format
    yield levels.after if levels else None, number_format
    yield f"{levels.n_before:,} → {levels.n_after:,}" if levels else None, "@"


def _estimate(sheet: Worksheet, row: int, column: int, cell: Cell, table: ProtectedTable) -> None:
    """The estimate as a number with its mark, or the sign that stands for it."""
    statistic = table.spec.statistic
    number_format = FORMATS.get(statistic, NUMBER)
    if cell.quality:
        # The mark is in the format, so that the cell stays a number to reckon with; each of the parts for +, - and 0
        # bears it.
        number_format = ";".join(f'{part}" {cell.quality}"' for part in number_format.split(";"))
    value = cell.estimate if cell.estimate is not None else shown_estimate(cell, statistic).sign
    written = put(sheet, row, column, value, BODY, number_format)
    written.alignment, written.border = RIGHT, HAIRLINE


def _arm(cell: Cell, is_above: bool) -> float | None:
    """Length of the interval's arm, which the error bars of the chart take."""
    end = cell.ci_high if is_above else cell.ci_low
    return None if end is None or cell.estimate is None else abs(end - cell.estimate)
