"""How far a response has come along its route.

A page is complete when each required item on it has an answer (a Missing code is one) and each required cell too, no
text on it waits to be mended, and the page has been visited:
saved once, as the caller remembers it, or bearing an answer. A page of information only is always complete.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from survey.instrument.kinds.open_cells import open_cells
from survey.instrument.kinds.registry import kind_of
from survey.instrument.routing.route import Route, RouteItem, RoutePage, RouteSection


class SectionState(StrEnum):
    """The state of a section on the hub."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteProgress:
    """Complete pages and answered items on the route, each with how many there are."""

    pages_complete: int
    pages: int
    items_answered: int
    items: int


def asked_items(page: RoutePage) -> tuple[RouteItem, ...]:
    """The items of a page that can be answered."""
    return tuple(asked for asked in page.items if kind_of(asked.item).has_value)


def is_answered(route: Route, asked: RouteItem) -> bool:
    """Whether the item has an answer on the route; what could not be read is none."""
    return asked.item.code in route.answers and asked.item.code not in route.unread


def is_page_complete(route: Route, page: RoutePage, visited: Collection[str] = ()) -> bool:
    """Whether nothing on the page waits for an answer; ``visited`` are the codes of pages saved before."""
    items = asked_items(page)
    if any(_is_open(route, asked) for asked in items):
        return False
    # That nothing is required does not mean that it was seen: voluntary questions would count as done from the start.
    return not items or page.page.code in visited or any(is_answered(route, asked) for asked in items)


def _is_open(route: Route, asked: RouteItem) -> bool:
    """Whether something must still be entered or mended at the item."""
    if asked.item.code in route.unread or (asked.required and not is_answered(route, asked)):
        return True
    value = route.answers.get(asked.item.code)
    return bool(open_cells(asked.item, asked.options, value, is_required=asked.required))


def section_state(route: Route, section: RouteSection, visited: Collection[str] = ()) -> SectionState:
    """Not started, in progress or complete."""
    if all(is_page_complete(route, page, visited) for page in section.pages):
        return SectionState.COMPLETE
    touched = any(
        page.page.code in visited
        # What could not be read was entered all the same: the firm has begun here.
        or any(is_answered(route, asked) or asked.item.code in route.unread for asked in page.items)
        for page in section.pages
    )
    return SectionState.IN_PROGRESS if touched else SectionState.NOT_STARTED


def next_open_page(route: Route, visited: Collection[str] = ()) -> RoutePage | None:
    """The first page that is not complete, or None when all are."""
    return next((page for page in route.pages if not is_page_complete(route, page, visited)), None)


def progress_of(route: Route, visited: Collection[str] = ()) -> RouteProgress:
    """How many pages are complete and how many items are answered."""
    # Along the route: questions that others lead past must not keep the bar below its end.
    items = [asked for page in route.pages for asked in asked_items(page)]
    return RouteProgress(
        pages_complete=sum(is_page_complete(route, page, visited) for page in route.pages),
        pages=len(route.pages),
        items_answered=sum(is_answered(route, asked) for asked in items),
        items=len(items),
    )
