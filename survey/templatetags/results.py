"""What the pages of results are drawn with where a template would take most of the time of a page."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape as html_escape
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe

from survey.exchange.figures.block import Row
from survey.exchange.figures.shown import Shown

register = template.Library()
# The same heads, signs and figures stand in thousands of cells.
escape = lru_cache(maxsize=4096)(html_escape)


@register.filter
def head_cells(heads: Iterable[str]) -> SafeString:
    """The heads of the columns of figures."""
    return mark_safe("".join(f'<th scope="col">{escape(head)}</th>' for head in heads))


@register.filter
def figure_rows(rows: Iterable[Row], heads: Sequence[str]) -> SafeString:
    """The body of a table of figures: a page has thousands of cells, each of which a template would look up anew.

    Each cell carries the head of its column, which a phone shows beside the figure.
    """
    # Once for all rows, not once for each of thousands of cells.
    escaped = [escape(head) for head in heads]
    return mark_safe("\n".join(_row(row, escaped) for row in rows))


@register.filter
def figure(shown: Shown) -> SafeString:
    """A figure with its sign, raised where it stands behind a number."""
    return mark_safe(_figure(shown))


@register.filter
def chart_script(chart: Mapping[str, Any], element: str) -> SafeString:
    """What Django's ``json_script`` writes, which looks up each of a chart's thousands of characters in a table."""
    text = json.dumps(chart, cls=DjangoJSONEncoder)
    for sign, written in UNSAFE_IN_SCRIPTS.items():
        text = text.replace(sign, written)
    return mark_safe(f'<script id="{escape(element)}" type="application/json">{text}</script>')


UNSAFE_IN_SCRIPTS = {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"}
"""Signs that could end a script, as JSON writes them otherwise."""


def _row(row: Row, heads: Sequence[str]) -> str:
    strong = ' class="core"' if row.is_strong else ""
    cells = "".join(_cell(shown, head) for shown, head in zip(row.figures, heads, strict=True))
    return f'<tr{strong}>\n<th scope="row">{escape(row.label)}</th>\n{cells}\n</tr>'


def _cell(shown: Shown, head: str) -> str:
    reason = f' title="{escape(shown.reason)}"' if shown.reason else ""
    n = f" <small>({escape(shown.n)})</small>" if shown.n else ""
    return f'<td class="{escape(shown.status)}" data-head="{head}"{reason}><span>{_figure(shown)}{n}</span></td>'


def _figure(shown: Shown) -> str:
    sign = escape(shown.sign)
    return escape(shown.text) + (f"<sup>{sign}</sup>" if shown.text and sign else sign)
