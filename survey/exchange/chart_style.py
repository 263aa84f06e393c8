"""What all pictures have in common: type, axes, wrapped labels. Ink is ``currentColor``, which follows the page."""

import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import wraps
from typing import Any, ParamSpec

import altair as alt
from altair.utils.schemapi import debug_mode

P = ParamSpec("P")

INK = "currentColor"
BAR, GREY, REFERENCE = "#4a9ba0", "#b3bdc7", "#b4532a"
FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif'
LABEL_COLUMNS = 40
LINE_HEIGHT = 14
LIFT = f"-{LINE_HEIGHT / 2:g} * (length(split(datum.label, '\\n')) - 1)"
"""Moves a label of several lines up, so that its middle stands at the row."""
CLOSING = set("，。；：、）》”’%,.;:)!?")


def wrapped(text: str, columns: int) -> str:
    """The text in lines of about ``columns`` narrow characters; a Chinese character counts as two, words stay whole."""
    lines, line, filled = [], "", 0
    for piece in _pieces(text):
        width = sum(_width(character) for character in piece.rstrip())
        if line and filled + width > columns and piece[0] not in CLOSING:
            lines.append(line.rstrip())
            line, filled = "", 0
        line += piece
        filled += sum(_width(character) for character in piece)
    return "\n".join([*lines, line.rstrip()])


def _pieces(text: str) -> list[str]:
    """Words with the space behind them, and single wide characters."""
    pieces: list[str] = []
    for character in text:
        if pieces and _width(character) == 1 and pieces[-1][-1] != " " and _width(pieces[-1][-1]) == 1:
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def row_labels(labels: Sequence[str], strong: Collection[str] = ()) -> alt.Y:
    """The vertical axis: labels in the given order, wrapped, the core ones by weight."""
    order = [wrapped(label, LABEL_COLUMNS) for label in labels]
    core = [wrapped(label, LABEL_COLUMNS) for label in strong]
    weight = {"condition": {"test": f"indexof({_texts(core)}, datum.value) >= 0", "value": 700}, "value": 400}
    axis = alt.Axis(title=None, labelExpr="split(datum.label, '\\n')", labelLimit=0, ticks=False, domain=False,
                    labelPadding=8, labelFontWeight=weight, labelOverlap=False, labelLineHeight=LINE_HEIGHT,
                    labelOffset=alt.ExprRef(LIFT))  # fmt: skip
    return alt.Y("label:N", sort=None, scale=alt.Scale(domain=order), axis=axis)


def _texts(labels: Sequence[str]) -> str:
    quoted = (label.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") for label in labels)
    return "[" + ", ".join(f"'{label}'" for label in quoted) + "]"


def share_axis(title: str, **more: Any) -> alt.Axis:
    """Faint verticals every 20 %."""
    return alt.Axis(title=title, format=".0%", values=[0, 0.2, 0.4, 0.6, 0.8, 1.0], domain=False, ticks=False, **more)


def named(name: str) -> Any:
    """Data that ``finished`` puts into the specification, so that Altair does not copy every row at every step."""
    return alt.NamedData(name=name)


Chart = Callable[P, dict[str, Any]]


def unchecked(chart: Chart[P]) -> Chart[P]:
    """The chart function without Altair's check of every part against its schema, which takes most of the time.

    The tests check the specifications instead.
    """

    @wraps(chart)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> dict[str, Any]:
        with debug_mode(False):
            return chart(*args, **kwargs)

    return drawn


def finished(chart: Any, *, data: Mapping[str, list[dict[str, Any]]], rows: int, row_height: int) -> dict[str, Any]:
    """The specification as JSON values: as wide as its place, as high as its rows, without a box."""
    axis = alt.AxisConfig(labelColor=INK, titleColor=INK, gridColor=INK, gridOpacity=0.12, domainColor=INK,
                          domainOpacity=0.4, tickColor=INK, tickOpacity=0.4, labelFontSize=12, titleFontSize=12,
                          titleFontWeight="normal", labelOpacity=0.9, titleOpacity=0.75)  # fmt: skip
    config = alt.Config(font=FONT, background="transparent", view=alt.ViewConfig(stroke=None), axis=axis,
                        legend=alt.LegendConfig(labelColor=INK, labelFontSize=12),
                        text=alt.MarkConfig(font=FONT))  # fmt: skip
    sized = chart.properties(width="container", height=max(rows, 1) * row_height,
                             autosize=alt.AutoSizeParams(type="fit-x", contains="padding"), padding=4)  # fmt: skip
    specification: dict[str, Any] = sized.properties(config=config).to_dict(validate=False)
    return {**specification, "datasets": dict(data)}
