"""What the pages of results are drawn with where a template would take most of the time of a page."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from survey.exchange.figures.block import Row
from survey.exchange.figures.shown import Shown

register = template.Library()


@register.filter
def figure_rows(rows: Iterable[Row]) -> SafeString:
    """The body of a table of figures: a page has thousands of cells, each of which a template would look up anew."""
    return mark_safe("\n".join(map(_row, rows)))


@register.filter
def figure(shown: Shown) -> SafeString:
    """A figure with its sign, raised where it stands behind a number."""
    return mark_safe(_figure(shown))


def _row(row: Row) -> str:
    strong = ' class="core"' if row.is_strong else ""
    return f'<tr{strong}>\n<th scope="row">{escape(row.label)}</th>\n{"".join(map(_cell, row.figures))}\n</tr>'


def _cell(shown: Shown) -> str:
    reason = f' title="{escape(shown.reason)}"' if shown.reason else ""
    return f'<td class="{escape(shown.status)}"{reason}>{_figure(shown)}</td>'


def _figure(shown: Shown) -> str:
    sign = escape(shown.sign)
    return escape(shown.text) + (f"<sup>{sign}</sup>" if shown.text and sign else sign)
