"""Native charts of the release workbook: bars with the 95 % interval, and the five steps as stacked bars."""

from math import ceil, floor, log10

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.data_source import NumDataSource, NumRef
from openpyxl.chart.error_bar import ErrorBars
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties
from openpyxl.worksheet.worksheet import Worksheet

from survey.exchange.figures.findings import measure_of
from survey.exchange.figures.shown import MINUS
from survey.exchange.figures.step_colours import step_colours
from survey.methods.tables.table import ProtectedTable, Statistic, TableKind
from survey.terms import CellStatus

BAR = "4A9BA0"
ESTIMATE, BELOW, ABOVE = 4, "N", "O"
TITLE_SIZE, LABEL_SIZE = 1200, 900
"""Hundredths of a point."""
WIDTH = 34.0
"""Centimetres; two fifths of it hold a long label in one line, without which a program leaves others out."""
TICKS = 8
"""Steps of an axis, at most, give or take one at its ends."""
CENTIMETRES_A_ROW = 0.53
TITLE_AND_AXIS, LEGEND, EDGE = 2.1, 1.3, 0.4
"""Centimetres above the bars, and below them with and without a legend."""


def rows_of_chart(table: ProtectedTable) -> int:
    """How many rows of a sheet a chart of the table covers, with one to spare."""
    return int(height_of_chart(len(table.cells)) / CENTIMETRES_A_ROW) + 2


def height_of_chart(bars: int) -> float:
    """Centimetres."""
    return max(7.5, 0.48 * bars + 3.5)


def add_bar_chart(sheet: Worksheet, table: ProtectedTable, *, head_row: int, place: int) -> None:
    """Bars of a list of figures in the order of the table, with error bars from the columns of arms.

    The chart stands at the row ``place``, under what it shows, so that both are seen and printed together.
    """
    first, last = head_row + 1, head_row + len(table.cells)
    chart = _bar_chart(measure_of(table), len(table.cells))
    chart.add_data(Reference(sheet, min_col=ESTIMATE, min_row=head_row, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=first, max_row=last))
    series = chart.series[0]
    series.graphicalProperties = GraphicalProperties(solidFill=BAR)
    # Intervals are not symmetric, and only error bars with lengths of their own can be that.
    series.errBars = ErrorBars(errBarType="both", errValType="cust", noEndCap=True,
                               plus=_column(sheet, ABOVE, first, last),
                               minus=_column(sheet, BELOW, first, last))  # fmt: skip
    chart.legend = None
    _span_intervals(chart, table)
    if not table.spec.statistic.is_fraction:
        chart.y_axis.number_format = "0"
    if table.spec.kind is TableKind.CHANGE or table.spec.statistic is Statistic.BALANCE:
        _on_both_sides_of_zero(chart)
    sheet.add_chart(chart, f"A{place}")


def _span_intervals(chart: BarChart, table: ProtectedTable) -> None:
    """An axis as long as the intervals; one left to the program follows the bars and cuts the intervals off."""
    cells = [cell for _row, _column, cell in table.walk()]
    ends = [end for cell in cells for end in (cell.estimate, cell.ci_low, cell.ci_high) if end is not None]
    low, high = min([0.0, *ends]), max([0.0, *ends])
    if low == high:
        return
    step = _round_step((high - low) / TICKS)
    chart.y_axis.majorUnit = step
    # Both set: Excel and WPS choose their own ends by the bars alone.
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = step * floor(low / step), step * ceil(high / step)


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 5 and 10 times a power of ten that is not below ``least``."""
    power = 10.0 ** floor(log10(least))
    return next(power * times for times in (1, 2, 5, 10) if power * times >= least)


def _on_both_sides_of_zero(chart: BarChart) -> None:
    chart.y_axis.number_format = f'+0;"{MINUS}"0;0'
    # Labels at the edge, since at the axis they would lie under the bars of a fall.
    chart.x_axis.tickLblPos = "low"


def leaves_gaps(table: ProtectedTable) -> bool:
    """Whether steps of a distribution are not shown, so that the others do not add up to 100 %."""
    return any(cell.estimate is None and cell.status is not CellStatus.EMPTY for _r, _c, cell in table.walk())


def add_step_chart(
    sheet: Worksheet, table: ProtectedTable, *, head_row: int, place: int, is_adverse: bool = True
) -> None:
    """The steps of a distribution as bars that add up to 100 %, in the colours of the scale; at the row ``place``.

    What is not shown is a last part without a colour, from the column behind the steps.
    """
    last, steps = head_row + len(table.cells), len(table.columns.headings)
    gap = 1 if leaves_gaps(table) else 0
    chart = _bar_chart(measure_of(table), len(table.cells), below=LEGEND)
    chart.y_axis.majorUnit = 0.2
    # Without an overlap of 100 the stacked parts stand beside one another in steps.
    chart.grouping, chart.overlap = "stacked", 100
    chart.y_axis.scaling.max = 1
    chart.add_data(
        Reference(sheet, min_col=2, max_col=1 + steps + gap, min_row=head_row, max_row=last), titles_from_data=True
    )
    chart.set_categories(Reference(sheet, min_col=1, min_row=head_row + 1, max_row=last))
    for series, colour in zip(chart.series, step_colours(steps, is_adverse=is_adverse), strict=False):
        series.graphicalProperties = GraphicalProperties(solidFill=colour.lstrip("#").upper())
    if gap:
        chart.series[-1].graphicalProperties = GraphicalProperties(noFill=True, ln=LineProperties(solidFill="B3BDC7"))
    chart.legend.position = "b"
    sheet.add_chart(chart, f"A{place}")


def _bar_chart(title: str, bars: int, *, below: float = EDGE) -> BarChart:
    chart = BarChart()
    chart.type, chart.style, chart.gapWidth = "bar", 10, 45
    chart.title = title
    chart.title.overlay = False
    chart.title.tx.rich.p[0].r[0].rPr = CharacterProperties(sz=TITLE_SIZE, b=True)
    # Bar charts of Excel begin at the foot; the table begins at the head.
    chart.x_axis.scaling.orientation = "maxMin"
    # openpyxl from 3.1 leaves the element out, and Excel then takes the axes for deleted.
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.tickLblSkip = 1  # every bar has its label, also where a program finds them close
    chart.y_axis.number_format = "0%"
    chart.y_axis.scaling.min = 0
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill="E6EBF0"))
    labels = ParagraphProperties(defRPr=CharacterProperties(sz=LABEL_SIZE))
    chart.x_axis.txPr = RichText(p=[Paragraph(pPr=labels, endParaRPr=CharacterProperties())])
    chart.width, chart.height = WIDTH, height_of_chart(bars)
    top, share = TITLE_AND_AXIS / chart.height, 1 - (TITLE_AND_AXIS + below) / chart.height
    chart.layout = Layout(
        # Said, because programs give long labels so little room that they leave every other one out.
        manualLayout=ManualLayout(layoutTarget="inner", x=0.4, y=top, w=0.56, h=share, xMode="edge", yMode="edge")
    )
    return chart


def _column(sheet: Worksheet, letter: str, first: int, last: int) -> NumDataSource:
    return NumDataSource(numRef=NumRef(f=f"'{sheet.title}'!${letter}${first}:${letter}${last}"))
