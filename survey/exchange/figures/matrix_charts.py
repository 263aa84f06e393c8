"""Distributions as diverging bars and heat maps with the figure in each cell, as Vega-Lite pictures."""

from collections.abc import Collection
from typing import Any

import altair as alt

from survey.exchange.figures.chart_style import (
    COLUMNS,
    EXTENT,
    GREY,
    INK,
    LABEL_COLUMNS,
    LINE_HEIGHT,
    TICKS,
    chart_data,
    finished,
    remembered,
    row_labels,
    wrapped,
)
from survey.exchange.figures.charts import bold_labels
from survey.exchange.figures.figure_table import FigureTable
from survey.exchange.figures.shown import percentage, shown_estimate
from survey.exchange.figures.step_colours import ink_on, step_colours
from survey.methods.tables.table import Cell, Heading, Statistic, TableKind
from survey.selectors.said import said as _
from survey.terms import CellStatus

DARK, LIGHT = "#1b2a3a", "#ffffff"
SQUARE: Any = {"width": {"band": 0.985}, "height": {"band": 0.95}}
UNCERTAIN = 0.75
FIRM = {CellStatus.SHOWN, CellStatus.CAUTION}
SEQUENTIAL = ("#e4f0f0", "#8fc1c4", "#3d8f95", "#095a60")
PRINTED_FROM = 0.05
"""A part that is narrower has no room for two digits."""
HEAD_COLUMNS = 12
TWO_LINES = 38
"""Height of a row with two lines in its cells."""
GAP = 0.1


def distribution_chart(
    table: FigureTable,
    not_applicable: FigureTable | None,
    *,
    strong: Collection[str] = (),
    is_adverse: bool = True,
) -> dict[str, Any]:
    """Diverging bars centred on the middle step; "does not apply" stands outlined on the right on a base of its own.

    The worst step has the warm end of the colours: the last one where ``is_adverse``, else the first.
    """
    colours = step_colours(len(table.columns.headings), is_adverse=is_adverse)
    segments = [row for heading, cells in _rows(table) for row in _segments(heading, cells, table, colours)]
    # At least 0.3, so that the middle does not wander where nearly all chose one step.
    reach = _tenth_above(max([0.3, *(abs(segment[end]) for segment in segments for end in ("start", "end"))]))
    apart = (
        [_outlined(row, cells[0], not_applicable, reach + GAP) for row, cells in _rows(not_applicable)]
        if not_applicable is not None
        else []
    )
    right = _tenth_above(max([reach + 0.34, *(row["end"] + 0.12 for row in apart)]))
    data = {
        "segments": [segment for segment in segments if "step" in segment],
        "gaps": [segment for segment in segments if "gap" in segment],
        "inside": [segment for segment in segments if segment["text"]],
        "apart": apart,
        "head": [{"x": reach + GAP, "text": _("Does not apply")}] if apart else [],
    }
    steps = tuple(heading.label for heading in table.columns.headings)
    labels = [heading.label for heading in table.rows.headings]
    picture, ticks = _diverging(bold_labels(table, strong), steps, colours), [tick / 5 for tick in range(-5, 6)]
    ticks = [tick for tick in ticks if abs(tick) <= reach]
    return finished(picture, labels, data, extent=[-reach, right], ticks=ticks)


def heat_map_chart(table: FigureTable, *, strong: Collection[str] = ()) -> dict[str, Any]:
    """One hue from light to dark with the figure in each cell; a withheld or unreliable one is grey with its sign."""
    all_firms = _("all firms")
    rows = [_square(row, column, cell, table, all_firms) for row, column, cell in table.walk()]
    known = [row["value"] for row in rows if row["is_firm"]]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    for row in rows:
        if row["is_firm"]:
            # About where the sequence of colours becomes too dark for dark letters.
            row["ink"] = LIGHT if row["value"] > low + 0.55 * (high - low) else DARK
            row["strength"] = 1.0
    labels = [heading.label for heading in table.rows.headings]
    heads = [wrapped(heading.label, HEAD_COLUMNS) for heading in table.columns.headings]
    statistic = table.spec.statistic
    measure = _("Share of firms") if statistic is Statistic.RATE else _(statistic.label)
    picture = _squares(bold_labels(table, strong), max((head.count("\n") for head in heads), default=0), measure)
    made = finished(picture, labels, {"squares": rows}, columns=heads, extent=[low, high])
    lines = 2 if table.spec.kind is TableKind.RESPONSE else 1
    height = max(made["height"], len(labels) * lines * TWO_LINES // 2)
    return {**made, "height": height, "padding": 4}


@remembered
def _diverging(bold: tuple[str, ...], steps: tuple[str, ...], colours: tuple[str, ...]) -> Any:
    order = row_labels(bold)
    x = alt.X("start:Q", scale=alt.Scale(domain=[EXTENT], nice=False), axis=_diverging_axis())
    head = alt.Chart(chart_data("head")).mark_text(align="left", baseline="bottom", dy=-4, fontSize=12, color=INK)
    head = head.encode(x=alt.X("x:Q"), y=alt.value(0), text=alt.Text("text:N"))
    return alt.layer(_bars(order, x, steps, colours), _gaps(order), _inside(order), *_beside(order), head)


@remembered
def _squares(bold: tuple[str, ...], lines: int, measure: str) -> Any:
    axis = alt.Axis(orient="top", labelAngle=0, labelExpr="split(datum.label, '\\n')", labelLimit=0,
                    labelPadding=6 + LINE_HEIGHT * lines, ticks=False, domain=False, title=None, labelOverlap=False,
                    labelLineHeight=LINE_HEIGHT, labelBaseline="bottom")  # fmt: skip
    x = alt.X("column:N", sort=None, scale=alt.Scale(domain=[COLUMNS]), axis=axis)
    base = alt.Chart(chart_data("squares")).encode(y=row_labels(bold), x=x)
    tooltip = [
        alt.Tooltip("name:N", title=_("Item")),
        alt.Tooltip("group:N", title=_("Group of firms")),
        alt.Tooltip("exact:N", title=measure),
        alt.Tooltip("n:N", title=_("Firms")),
        alt.Tooltip("base:N", title=_("Base")),
    ]
    colour = alt.Color("value:Q", scale=alt.Scale(domain=[EXTENT], range=list(SEQUENTIAL)), legend=None)
    filled = base.transform_filter("datum.is_firm").mark_rect(**SQUARE)
    empty = base.transform_filter("!datum.is_firm").mark_rect(fill=GREY, fillOpacity=0.14, **SQUARE)
    raised = alt.ExprRef("length(split(datum.text, '\\n')) > 1 ? -6.5 : 0")
    figures = base.mark_text(fontSize=12, lineBreak="\n", lineHeight=13, dy=raised)
    ink, strength = alt.Color("ink:N", scale=None), alt.Opacity("strength:Q", scale=None)
    figures = figures.encode(text=alt.Text("text:N"), color=ink, opacity=strength, tooltip=tooltip)
    layers: Any = alt.layer(filled.encode(color=colour, tooltip=tooltip), empty.encode(tooltip=tooltip), figures)
    # Otherwise the ink of the figures and the colours of the squares would share one scale.
    return layers.resolve_scale(color="independent")


def _tenth_above(value: float) -> float:
    """The next tenth, so that pictures of similar tables are the same."""
    return round(0.1 * -(-(value + 0.02) // 0.1), 1)


def _rows(table: FigureTable) -> list[tuple[Heading, tuple[Cell, ...]]]:
    return list(zip(table.rows.headings, table.cells, strict=True))


def _segments(
    heading: Heading, cells: tuple[Cell, ...], table: FigureTable, colours: tuple[str, ...]
) -> list[dict[str, Any]]:
    """The steps of one item from left to right, the middle of the middle one at 0.

    Steps that are not shown leave a gap with their sign: they share equally what the others leave of 100 %.
    """
    hidden = [cell for cell in cells if _leaves_a_gap(cell)]
    if not any(cell.estimate is not None for cell in cells):
        sign = next((shown_estimate(cell, table.spec.statistic).sign for cell in (hidden or cells)), "")
        return [{**_place(heading, 0.0, 0.0), "text": sign, "ink": INK}]
    # Equal parts: the picture must not tell withheld steps apart. Not below 0, which rounding could give.
    left = max(1.0 - sum(cell.estimate or 0.0 for cell in cells), 0.0)
    shares = [left / len(hidden) if _leaves_a_gap(cell) else cell.estimate or 0.0 for cell in cells]
    half = len(shares) // 2
    # Diverging bars centred on the middle step (Heiberger and Robbins 2014, Journal of Statistical Software 57(5)).
    start = -sum(shares[:half]) - (shares[half] / 2 if len(shares) % 2 else 0.0)
    found = []
    for step, cell, share, colour in zip(table.columns.headings, cells, shares, colours, strict=True):
        shown = shown_estimate(cell, table.spec.statistic)
        place = _place(heading, start, start + share)
        n = "" if cell.n is None else f"{cell.n:,}"
        if _leaves_a_gap(cell):
            found.append({**place, "gap": True, "text": shown.sign, "share": shown.reason, "n": n, "ink": INK})
        else:
            # The middle of a band is no figure.
            text = f"{100 * share:.0f}{shown.sign}" if share >= PRINTED_FROM and not cell.band else ""
            told = shown.text if cell.estimate is not None else percentage(share)
            drawn = {"step": step.label, "text": text, "share": f"{told} {shown.sign}".strip()}
            found.append({**place, **drawn, "n": n, "ink": ink_on(colour)})
        start += share
    return found


def _leaves_a_gap(cell: Cell) -> bool:
    """Whether a step has a share that is not shown; an empty one has none."""
    return cell.estimate is None and cell.status is not CellStatus.EMPTY


def _place(heading: Heading, start: float, end: float) -> dict[str, Any]:
    label, base = wrapped(heading.label, LABEL_COLUMNS), heading.base or _("all firms")
    return {
        "label": label,
        "name": heading.label,
        "base": base,
        "start": start,
        "end": end,
        "middle": (start + end) / 2,
    }


def _outlined(heading: Heading, cell: Cell, table: FigureTable, start: float) -> dict[str, Any]:
    shown = shown_estimate(cell, table.spec.statistic)
    return {**_place(heading, start, start + (cell.estimate or 0.0)), "text": f"{shown.text} {shown.sign}".strip()}


def _bars(order: alt.Y, x: alt.X, steps: tuple[str, ...], colours: tuple[str, ...]) -> Any:
    # labelLimit 0: the wording of a step must not be cut.
    legend = alt.Legend(title=None, orient="top", direction="horizontal", symbolType="square", labelLimit=0, columns=5)
    colour = alt.Color("step:N", scale=alt.Scale(domain=list(steps), range=list(colours)), legend=legend)
    tooltip = [
        alt.Tooltip("name:N", title=_("Item")),
        alt.Tooltip("step:N", title=_("Answer")),
        alt.Tooltip("share:N", title=_("Share of firms")),
        alt.Tooltip("n:N", title=_("Firms")),
        alt.Tooltip("base:N", title=_("Base")),
    ]
    bars = alt.Chart(chart_data("segments")).mark_bar(height={"band": 0.7})
    return bars.encode(y=order, x=x, x2=alt.X2("end:Q"), color=colour, tooltip=tooltip)


def _gaps(order: alt.Y) -> Any:
    """Steps that are not shown: an outline without a colour."""
    base = alt.Chart(chart_data("gaps")).encode(y=order)
    outline = base.mark_bar(height={"band": 0.7}, fill=GREY, fillOpacity=0.14, stroke=GREY, strokeDash=[3, 2])
    tooltip = [alt.Tooltip("name:N", title=_("Item")), alt.Tooltip("share:N", title=_("Share of firms"))]
    return outline.encode(x=alt.X("start:Q"), x2=alt.X2("end:Q"), tooltip=tooltip)


def _inside(order: alt.Y) -> Any:
    colour = alt.Color("ink:N", scale=None)
    figures = alt.Chart(chart_data("inside")).mark_text(fontSize=11.5)
    return figures.encode(y=order, x=alt.X("middle:Q"), text=alt.Text("text:N"), color=colour)


def _beside(order: alt.Y) -> tuple[Any, Any]:
    base = alt.Chart(chart_data("apart")).encode(y=order)
    outline = base.mark_bar(height={"band": 0.7}, fill="transparent", stroke=INK, strokeOpacity=0.7, strokeDash=[3, 2])
    text = base.mark_text(fontSize=11.5, align="left", dx=5, color=INK)
    return outline.encode(x=alt.X("start:Q"), x2=alt.X2("end:Q")), text.encode(
        x=alt.X("end:Q"), text=alt.Text("text:N")
    )


def _diverging_axis() -> alt.Axis:
    return alt.Axis(title=None, values=[TICKS], domain=False, ticks=False, labelExpr="format(abs(datum.value), '.0%')")


def _is_share(table: FigureTable) -> bool:
    return table.spec.statistic.is_fraction


def _square(row: Heading, column: Heading, cell: Cell, table: FigureTable, all_firms: str) -> dict[str, Any]:
    shown = shown_estimate(cell, table.spec.statistic)
    figure = f"{100 * cell.estimate:.0f}" if cell.estimate is not None and _is_share(table) else shown.text
    if cell.band and _is_share(table):
        # The colour needs one value; the middle of a band is no figure, and a reader would take it for one.
        figure = "–".join(f"{100 * end:.6g}" for end in cell.band)
    if table.spec.kind is TableKind.RESPONSE and cell.n and cell.weighted_count is not None:
        figure = f"{figure}\n{cell.weighted_count:,.0f}/{cell.n:,}"
    return {
        "label": wrapped(row.label, LABEL_COLUMNS),
        "name": row.label,
        "column": wrapped(column.label, HEAD_COLUMNS),
        "group": column.label,
        "base": row.base or all_firms,
        "value": cell.estimate,
        "text": f"{figure} {shown.sign}".strip(),
        "exact": f"{shown.text} {shown.reason}".strip(),
        "n": "" if cell.n is None else f"{cell.n:,}",
        "is_firm": cell.estimate is not None and cell.status in FIRM,
        "ink": INK,
        # Quieter by what shines through, not by a grey of its own: one grey is not dark enough by day and light enough
        # by night.
        "strength": 1.0 if cell.estimate is None else UNCERTAIN,
    }
