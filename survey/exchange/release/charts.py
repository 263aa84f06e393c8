"""Native charts of the release workbook: bars with the 95 % interval, and the steps of a scale as stacked bars."""

from dataclasses import dataclass
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

from survey.exchange.figures.shown import MINUS
from survey.exchange.figures.step_colours import step_colours
from survey.exchange.release.columns import ESTIMATE_PLACE
from survey.methods.released.table import ReleasedTable
from survey.methods.tables.table import Cell, Statistic, TableKind

BAR = "4A9BA0"
TITLE_SIZE, LABEL_SIZE = 1200, 800
"""Hundredths of a point."""
TICKS = 8
"""Steps of an axis, at most, give or take one at its ends."""
TITLE_AND_AXIS, LEGEND, EDGE = 2.1, 1.3, 0.4
"""Centimetres above the bars, and below them with and without a legend."""
A_BAR = 0.62
"""Centimetres that a bar takes where there is room."""
POINTS = (Statistic.BALANCE, Statistic.DIFFUSION, Statistic.INDEX)
DRAWN = {*(one for one in Statistic if one.is_fraction), Statistic.SHARE_CHANGE, Statistic.POINT_CHANGE, *POINTS}
"""Statistics of which all rows of a table have one unit, so that bars compare them."""
ROUNDING = 10
"""Digits of an arm: the difference of two rounded figures, not of how they are stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPlace:
    """Where a chart stands on its sheet and what it shows: the row of heads above its data, its own first row, its size
    in centimetres, and where the lengths of the intervals below and above its bars stand."""

    head_row: int
    row: int
    width: float
    height: float
    arms: tuple[str, str] | None = None


def has_chart(table: ReleasedTable) -> bool:
    """Whether the table is drawn: a list in one unit as bars, a distribution as parts of a whole."""
    if table.spec.kind is TableKind.DISTRIBUTION and len(table.columns.headings) > 1:
        return bool(table.cells)
    return len(table.columns.headings) == 1 and len(table.cells) > 1 and table.spec.statistic in DRAWN


def height_of_chart(table: ReleasedTable, most: float) -> float:
    """Centimetres; never more than a printed page has, so that no chart is cut in two."""
    below = LEGEND if table.spec.kind is TableKind.DISTRIBUTION else EDGE
    return min(max(4.5, TITLE_AND_AXIS + below + A_BAR * len(table.cells)), most)


def add_chart(sheet: Worksheet, table: ReleasedTable, place: ChartPlace) -> None:
    """Draw the table at its place, under what it shows, so that both are read together."""
    draw = _steps if table.spec.kind is TableKind.DISTRIBUTION and len(table.columns.headings) > 1 else _bars
    sheet.add_chart(draw(sheet, table, place), f"A{place.row}")


def _bars(sheet: Worksheet, table: ReleasedTable, place: ChartPlace) -> BarChart:
    """Bars of a list of figures in the order of the table, with error bars of their own lengths."""
    first, last = place.head_row + 1, place.head_row + len(table.cells)
    chart = _bar_chart(table, place)
    figures = Reference(sheet, min_col=ESTIMATE_PLACE, min_row=place.head_row, max_row=last)
    chart.add_data(figures, titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=first, max_row=last))
    series = chart.series[0]
    series.graphicalProperties = GraphicalProperties(solidFill=BAR)
    if place.arms is not None:
        # Intervals are not symmetric, and only error bars with lengths of their own can be that.
        below, above = (NumDataSource(numRef=NumRef(f=reference)) for reference in place.arms)
        series.errBars = ErrorBars(errBarType="both", errValType="cust", noEndCap=True, plus=above, minus=below)
    chart.legend = None
    _span_intervals(chart, table)
    if not table.spec.statistic.is_fraction:
        chart.y_axis.number_format = "0"
    if table.spec.kind is TableKind.CHANGE or table.spec.statistic is Statistic.BALANCE:
        _on_both_sides_of_zero(chart)
    return chart


def arms_of(table: ReleasedTable) -> list[tuple[str, float, float]]:
    """By row of a list its code and how far the interval reaches below and above the figure; none where no figure of
    the table has an interval."""
    arms = [(row.code, _arm(cell, cell.ci_low), _arm(cell, cell.ci_high)) for row, _column, cell in table.walk()]
    return (
        [(code, below or 0.0, above or 0.0) for code, below, above in arms] if any(b or a for _c, b, a in arms) else []
    )


def _arm(cell: Cell, end: float | None) -> float | None:
    return None if end is None or cell.estimate is None else round(abs(end - cell.estimate), ROUNDING)


def _span_intervals(chart: BarChart, table: ReleasedTable) -> None:
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


def _steps(sheet: Worksheet, table: ReleasedTable, place: ChartPlace) -> BarChart:
    """The steps of a distribution as bars side by side in the colours of the scale; what is not shown is a gap."""
    last, steps = place.head_row + len(table.cells), len(table.columns.headings)
    chart = _bar_chart(table, place, below=LEGEND)
    chart.y_axis.majorUnit = 0.2
    # Without an overlap of 100 the stacked parts stand beside one another in steps.
    chart.grouping, chart.overlap = "stacked", 100
    shown = [sum(cell.estimate or 0.0 for cell in row) for row in table.cells]
    # Rounded parts add up to a little more or less than the whole.
    chart.y_axis.scaling.max = max(1.0, ceil(10 * round(max(shown, default=0.0), ROUNDING)) / 10)
    data = Reference(sheet, min_col=2, max_col=1 + steps, min_row=place.head_row, max_row=last)
    chart.add_data(data, titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=place.head_row + 1, max_row=last))
    for series, colour in zip(chart.series, step_colours(steps, is_adverse=table.is_adverse), strict=True):
        series.graphicalProperties = GraphicalProperties(solidFill=colour.lstrip("#").upper())
    chart.legend.position = "b"
    return chart


def _bar_chart(table: ReleasedTable, place: ChartPlace, *, below: float = EDGE) -> BarChart:
    chart = BarChart()
    chart.type, chart.style, chart.gapWidth = "bar", 10, 45
    chart.title = table.measure
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
    labels = ParagraphProperties(defRPr=CharacterProperties(sz=_label_size(len(table.cells), place.height)))
    chart.x_axis.txPr = RichText(p=[Paragraph(pPr=labels, endParaRPr=CharacterProperties())])
    chart.width, chart.height = place.width, place.height
    top, share = TITLE_AND_AXIS / chart.height, 1 - (TITLE_AND_AXIS + below) / chart.height
    chart.layout = Layout(
        # Said, because programs give long labels so little room that they leave every other one out.
        manualLayout=ManualLayout(layoutTarget="inner", x=0.44, y=top, w=0.53, h=share, xMode="edge", yMode="edge")
    )
    return chart


def _label_size(bars: int, height: float) -> int:
    """Smaller letters where many bars share the height of a page."""
    room = (height - TITLE_AND_AXIS) / max(bars, 1)
    # 1 cm is 28.3 points; a line needs about 1.3 times its letters.
    return int(max(500, min(LABEL_SIZE, 100 * room * 28.3 / 1.3)))
