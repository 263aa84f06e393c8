"""Parts of the office's lists."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import HttpRequest

register = template.Library()


@register.inclusion_tag("office/sort_head.html", takes_context=True)
def sort_head(context: dict[str, Any], column: str, label: str) -> dict[str, str]:
    """The head of a column that sorts the list by it, and the other way round when it does already."""
    request: HttpRequest = context["request"]
    sort = context["sort"]
    directions = {column: "ascending", f"-{column}": "descending"}
    query = request.GET.copy()
    # Sorted otherwise, the page that one was on holds other rows.
    query.pop("page", None)
    query["sort"] = f"-{column}" if sort == column else column
    return {"label": label, "direction": directions.get(sort, ""), "address": f"?{query.urlencode()}"}


@register.filter
def nearby(page: "Page[Any]") -> Iterator[int | str]:
    """The numbers of the first, the last and the neighbouring pages, with an ellipsis where some are left out."""
    return iter(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))


@register.filter
def grouped(number: float) -> str:
    """A number with its thousands grouped, as statistics are printed; one decimal where it is not whole."""
    return f"{number:,.1f}" if number % 1 else f"{number:,.0f}"
