"""What all pictures have in common: type, axes, wrapped labels. Ink is ``currentColor``, which follows the page."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any, ParamSpec

import altair as alt
from altair.utils.schemapi import debug_mode
from django.utils.translation import get_language

from survey.asked_terms.speaking import spoken
from survey.terms import AskedUnit

P = ParamSpec("P")

INK = "currentColor"
BAR, GREY, REFERENCE = "#4a9ba0", "#b3bdc7", "#b4532a"
FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif'
LABEL_COLUMNS = 40
LINE_HEIGHT = 14
LIFT = f"-{LINE_HEIGHT / 2:g} * (length(split(datum.label, '\\n')) - 1)"
"""Moves a label of several lines up, so that its middle stands at the row."""
CLOSING = set("，。；：、）》”’%,.;:)!?")


@lru_cache(maxsize=4096)
def wrapped(text: str, columns: int) -> str:
    """The text in lines of about ``columns`` narrow characters; a Chinese character counts as two, words stay whole."""
    lines, line, filled = [], "", 0
    for piece in _pieces(text):
        width = sum(_width(character) for character in piece.rstrip())
        # No line begins with a closing sign (GB/T 15834-2011, 5.1.1, on where marks may stand).
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


PLACES = ROWS, COLUMNS, EXTENT, TICKS = "@rows", "@columns", "@extent", "@ticks"
"""Places in a remembered picture that every table fills with its own values."""


def row_labels(strong: Iterable[str] = ()) -> alt.Y:
    """The vertical axis: labels in the order of the table, wrapped, the core ones by weight."""
    core = [wrapped(label, LABEL_COLUMNS) for label in strong]
    weight = {"condition": {"test": f"indexof({_texts(core)}, datum.value) >= 0", "value": 700}, "value": 400}
    # Vega breaks a label only where it is a list of lines, hence split(); labelLimit 0 because it cuts at 180 pixels
    # otherwise.
    axis = alt.Axis(title=None, labelExpr="split(datum.label, '\\n')", labelLimit=0, ticks=False, domain=False,
                    labelPadding=8, labelFontWeight=weight, labelOverlap=False, labelLineHeight=LINE_HEIGHT,
                    labelOffset=alt.ExprRef(LIFT))  # fmt: skip
    # sort=None: Vega-Lite sorts by alphabet unless it is told not to, and Chinese by code point.
    return alt.Y("label:N", sort=None, scale=alt.Scale(domain=[ROWS]), axis=axis)


def label_height(labels: Iterable[str]) -> int:
    """Height of a row that has room for the most lines of a label."""
    return max(
        26, LINE_HEIGHT * max((wrapped(label, LABEL_COLUMNS).count("\n") + 1 for label in labels), default=1) + 8
    )


def _texts(labels: Sequence[str]) -> str:
    # A label is content: quoted, so that none of it is read as an expression.
    quoted = (label.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") for label in labels)
    return "[" + ", ".join(f"'{label}'" for label in quoted) + "]"


def share_axis(title: str, **more: Any) -> alt.Axis:
    """Faint verticals at about six round shares."""
    return alt.Axis(title=title, format=".0%", tickCount=6, domain=False, ticks=False, **more)


def chart_data(name: str) -> Any:
    """Data that ``finished`` puts into the specification, so that Altair does not copy every row at every step."""
    return alt.NamedData(name=name)


Picture = Callable[P, Any]


Way = tuple[str | int, ...]
"""Keys and places that lead to a part of a specification."""


@dataclass(frozen=True, eq=False)
class Drawing:
    """The specification of a picture as JSON values, and the ways to its places ``["@name"]`` with their names."""

    specification: dict[str, Any]
    places: tuple[tuple[Way, str], ...]

    def filled(self, values: Mapping[str, list[Any]]) -> dict[str, Any]:
        """The specification with the values of each place; what has no place in it is not copied."""
        made = dict(self.specification)
        for way, name in self.places:
            part: Any = made
            for key in way[:-1]:
                # Copied as often as a way leads through it: a few keys, where the whole has hundreds.
                part[key] = part[key].copy()
                part = part[key]
            part[way[-1]] = values[name]
        return made


def _places(part: Any, way: Way = ()) -> Iterator[tuple[Way, str]]:
    if isinstance(part, list) and len(part) == 1 and part[0] in PLACES:
        yield way, part[0]
    elif isinstance(part, dict | list):
        for key, value in part.items() if isinstance(part, dict) else enumerate(part):
            yield from _places(value, (*way, key))


def remembered(picture: Picture[P]) -> Callable[P, Drawing]:
    """The drawing of a picture, built once for each set of arguments, language and whom it is of.

    Altair copies a chart at every step and checks every part against its schema, which takes longer than everything
    else on a page. The tests check the specifications.
    """

    @lru_cache(maxsize=256)
    def built(language: str | None, asks: AskedUnit, *args: Any, **kwargs: Any) -> Drawing:
        with debug_mode(False):
            specification: dict[str, Any] = picture(*args, **kwargs).to_dict(validate=False)
            return Drawing(specification, tuple(_places(specification)))

    @wraps(picture)
    def found(*args: P.args, **kwargs: P.kwargs) -> Drawing:
        return built(get_language(), spoken(), *args, **kwargs)  # type: ignore[arg-type]

    return found


def _look() -> dict[str, Any]:
    """The configuration of every picture."""
    axis = alt.AxisConfig(labelColor=INK, titleColor=INK, gridColor=INK, gridOpacity=0.12, domainColor=INK,
                          domainOpacity=0.4, tickColor=INK, tickOpacity=0.4, labelFontSize=12, titleFontSize=12,
                          titleFontWeight="normal", labelOpacity=0.9, titleOpacity=0.75)  # fmt: skip
    config = alt.Config(font=FONT, background="transparent", view=alt.ViewConfig(stroke=None), axis=axis,
                        legend=alt.LegendConfig(labelColor=INK, labelFontSize=12),
                        text=alt.MarkConfig(font=FONT))  # fmt: skip
    look: dict[str, Any] = config.to_dict()
    return look


LOOK = _look()
PADDING = {"left": 4, "top": 4, "bottom": 4, "right": 64}
"""At the right there is room for a figure and its mark behind the longest bar."""
# "fit-x" takes labels and padding into the width of the place; the height follows the rows.
FITTED = {"width": "container", "autosize": {"type": "fit-x", "contains": "padding"}, "padding": PADDING}


def finished(
    picture: Drawing, labels: Sequence[str], data: Mapping[str, list[dict[str, Any]]], **places: list[Any]
) -> dict[str, Any]:
    """A remembered picture with the rows of a table: as wide as its place, as high as its labels, without a box.

    ``places`` are further values, by the name of their place without the sign before it.
    """
    values = {ROWS: [wrapped(label, LABEL_COLUMNS) for label in labels]}
    values |= {f"@{name}": value for name, value in places.items()}
    height = max(len(labels), 1) * label_height(labels)
    return {**picture.filled(values), **FITTED, "height": height, "config": LOOK, "datasets": dict(data)}
