"""Rankings and intervals as Vega-Lite pictures of protected tables, written with Altair.

Each function takes a ``FigureTable`` and returns the specification as JSON values; ``matrix_charts`` has the others.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import altair as alt

from survey.exchange.figures.captions import of_all_text
from survey.exchange.figures.chart_style import (
    BAR,
    EXTENT,
    GREY,
    INK,
    LABEL_COLUMNS,
    REFERENCE,
    chart_data,
    finished,
    remembered,
    row_labels,
    share_axis,
    wrapped,
)
from survey.exchange.figures.figure_table import FigureTable
from survey.exchange.figures.findings import SIGNIFICANT
from survey.exchange.figures.shown import p_text, shown_estimate, shown_interval
from survey.methods.change.tables import adjusted_p
from survey.methods.tables.table import Cell, Heading, Statistic
from survey.selectors.said import said as _
from survey.terms import CellStatus

TWENTIETH = 0.05
"""The axis of a ranking ends at a multiple of it."""
NARROWEST, CHARACTER, GAP = 290.0, 7.0, 10.0
"""Pixels of the axis on a phone, of a character, and between an interval and its figure."""
END = 0.04
"""Part of the axis at the right end of the data; figures behind it stand in the padding."""


def ranking_chart(table: FigureTable, *, strong: Collection[str] = ()) -> dict[str, Any]:
    """Horizontal bars in the order of the table, whiskers for the 95 % interval, the value behind them.

    ``strong`` are the codes of the rows whose label is set bold.
    """
    rows = _rows(table)
    # At least a tenth, or a list of rare answers would look like one of common ones.
    reach = max([0.1, *(row["high"] or row["value"] or 0.0 for row in rows)])
    limit = min(1.0, round(TWENTIETH * -(-reach // TWENTIETH), 2))
    # Shares of employees or revenue are none of firms.
    picture = _bars(bold_labels(table, strong), _(table.spec.statistic.label))
    labels = [heading.label for heading in table.rows.headings]
    return finished(picture, labels, {"rows": rows}, extent=[0, limit])


def reference_chart(table: FigureTable, *, reference: float, reference_label: str, axis_title: str) -> dict[str, Any]:
    """Points with their 95 % interval against a reference value; the axis has 0 in sight."""
    rows = _rows(table)
    # A fifth beyond the data, for the figure above the point at the end.
    top = max([reference, *(row["high"] or row["value"] or 0.0 for row in rows)]) * 1.2
    least = min([reference, *(row["low"] or row["value"] or 0.0 for row in rows)])
    ends = [1.2 * least if least < 0 else 0, top if top > 0 else 1.0]
    data = {"rows": rows, "line": [{"reference": reference, "text": reference_label}]}
    labels = [heading.label for heading in table.rows.headings]
    # Higher than other rows, since the figure stands above its point.
    return {**finished(_points(axis_title), labels, data, extent=ends), "height": 64 * max(len(rows), 1)}


def change_chart(
    table: FigureTable, *, strong: Collection[str] = (), axis_title: str, p: Mapping[str, float] | None = None
) -> dict[str, Any]:
    """Points with their 95 % interval on both sides of no change: filled circles where it is significant, else hollow
    diamonds. ``p`` are the adjusted p-values, where they are known."""
    rows = _rows(table)
    p = adjusted_p(table) if p is None else p
    for heading, row in zip(table.rows.headings, rows, strict=True):
        is_significant = p.get(heading.code, 1.0) < SIGNIFICANT
        # Shape and filling both say it, so that it is seen without colours and in print.
        row |= {"shape": "circle" if is_significant else "diamond", "fill": row["colour"] if is_significant else "none"}
        row["p"] = p_text(p[heading.code]) if heading.code in p else ""
    ends = [row[end] for row in rows for end in ("value", "low", "high") if row[end] is not None]
    # At least a point to either side: small changes must not fill the picture as large ones do.
    low, high = min([-1.0, *ends]), max([1.0, *ends])
    labels = [heading.label for heading in table.rows.headings]
    picture = _changes(bold_labels(table, strong), axis_title)
    return finished(picture, labels, {"rows": rows, "line": [{"none": 0}]}, extent=_with_room(rows, low, high))


def _with_room(rows: Sequence[Mapping[str, Any]], low: float, high: float) -> list[float]:
    """Ends of the axis that leave room for the longest figure to the left of its interval, also on a phone."""
    longest = max((len(row["text"]) for row in rows if (row["value"] or 0.0) < 0), default=0)
    left = (CHARACTER * longest + GAP) / NARROWEST if longest else END
    span = (high - low) / (1 - left - END)
    return [low - left * span, high + END * span]


def bold_labels(table: FigureTable, strong: Collection[str]) -> tuple[str, ...]:
    """Labels of the rows with these codes, in an order that does not depend on that of the table."""
    return tuple(sorted(heading.label for heading in table.rows.headings if heading.code in strong))


@remembered
def _bars(bold: tuple[str, ...], title: str) -> Any:
    base = alt.Chart(chart_data("rows")).encode(y=row_labels(bold))
    x = alt.X("value:Q", scale=alt.Scale(domain=[EXTENT], nice=False), axis=share_axis(title))
    # scale=None: the value is the colour itself.
    colour = alt.Color("colour:N", scale=None)
    bars = base.mark_bar(height={"band": 0.62}).encode(x=x, color=colour, tooltip=_tooltip(title))
    text = base.mark_text(align="left", baseline="middle", dx=6, fontSize=12, color=INK)
    return bars + _whiskers(base) + text.encode(x=alt.X("behind:Q"), text=alt.Text("text:N"))


@remembered
def _points(title: str) -> Any:
    base = alt.Chart(chart_data("rows")).encode(y=row_labels())
    x = alt.X(
        "value:Q", title=title, scale=alt.Scale(domain=[EXTENT], nice=False), axis=alt.Axis(grid=False, tickCount=6)
    )
    points = base.mark_point(filled=True, size=90, opacity=1)
    points = points.encode(x=x, color=alt.Color("colour:N", scale=None), tooltip=_tooltip(title))
    text = base.mark_text(baseline="bottom", dy=-9, fontSize=12, color=INK)
    text = text.encode(x=alt.X("value:Q"), text=alt.Text("text:N"))
    line = alt.Chart(chart_data("line"))
    rule = line.mark_rule(color=REFERENCE, strokeDash=[5, 3], strokeWidth=1.5).encode(x=alt.X("reference:Q"))
    note = line.mark_text(align="center", baseline="bottom", dy=-4, fontSize=12, color=INK)
    # At the upper edge, where no row has its point.
    note = note.encode(x=alt.X("reference:Q"), y=alt.value(0), text=alt.Text("text:N"))
    return _whiskers(base) + points + text + rule + note


@remembered
def _changes(bold: tuple[str, ...], title: str) -> Any:
    base = alt.Chart(chart_data("rows")).encode(y=row_labels(bold))
    signed = "datum.value == 0 ? '0' : format(datum.value, '+,.0f')"
    axis = alt.Axis(title=title, labelExpr=signed, tickCount=7, tickMinStep=1, domain=False, ticks=False)
    x = alt.X("value:Q", scale=alt.Scale(domain=[EXTENT], nice=False), axis=axis)
    points = base.mark_point(size=80, opacity=1, strokeWidth=2)
    points = points.encode(x=x, stroke=alt.Stroke("colour:N", scale=None), fill=alt.Fill("fill:N", scale=None),
                           shape=alt.Shape("shape:N", scale=None),
                           tooltip=[*_tooltip(title), alt.Tooltip("p:N", title=_("p (Holm)"))])  # fmt: skip
    align, shift = _away("'right'", "'left'"), _away("-6", "6")
    text = base.mark_text(align=align, dx=shift, baseline="middle", fontSize=12, color=INK)
    text = text.encode(x=alt.X("outer:Q"), text=alt.Text("text:N"))
    none = alt.Chart(chart_data("line")).mark_rule(color=INK, strokeWidth=1).encode(x=alt.X("none:Q"))
    return none + _whiskers(base) + points + text


def _away(fall: str, rise: str) -> Any:
    """One of two expressions by the sign of the change, so that its figure stands off the line of no change."""
    return alt.ExprRef(f"datum.value < 0 ? {fall} : {rise}")


def _rows(table: FigureTable) -> list[dict[str, Any]]:
    all_firms = _("all firms")
    return [_row(heading, cell, table.spec.statistic, all_firms) for heading, _column, cell in table.walk()]


def _row(heading: Heading, cell: Cell, statistic: Statistic, all_firms: str) -> dict[str, Any]:
    shown = shown_estimate(cell, statistic)
    is_firm = cell.status in {CellStatus.SHOWN, CellStatus.CAUTION}
    return {
        "label": wrapped(heading.label, LABEL_COLUMNS),
        "name": heading.label,
        "value": cell.estimate,
        "low": cell.ci_low,
        "high": cell.ci_high,
        # The figure stands behind the whisker, not on it.
        "behind": cell.ci_high if cell.ci_high is not None else cell.estimate or 0.0,
        "outer": _outer(cell),
        "text": f"{shown.text} {shown.sign}".strip(),
        "interval": shown_interval(cell, statistic) or shown.reason,
        "n": "" if cell.n is None else f"{cell.n:,}",
        "base": heading.base or all_firms,
        "all": of_all_text(cell),
        "colour": BAR if is_firm else GREY,
    }


def _outer(cell: Cell) -> float:
    """The end of the interval that lies away from zero."""
    end = cell.ci_low if (cell.estimate or 0.0) < 0 else cell.ci_high
    return end if end is not None else cell.estimate or 0.0


def _whiskers(base: Any) -> Any:
    return base.mark_rule(color=INK, strokeWidth=1.2, opacity=0.8).encode(x=alt.X("low:Q"), x2=alt.X2("high:Q"))


def _tooltip(measure: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("name:N", title=_("Item")),
        alt.Tooltip("text:N", title=measure),
        alt.Tooltip("interval:N", title=_("Interval (95%)")),
        alt.Tooltip("n:N", title=_("Firms")),
        alt.Tooltip("base:N", title=_("Base")),
        alt.Tooltip("all:N", title=_("Of all firms")),
    ]
