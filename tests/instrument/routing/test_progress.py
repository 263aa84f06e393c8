from typing import Any

from survey.instrument.routing.progress import (
    RouteProgress,
    SectionState,
    is_page_complete,
    next_open_page,
    progress_of,
    section_state,
)
from survey.instrument.routing.route import route_of
from survey.terms import ItemType
from tests.instrument.tiny import TODAY, item, page, questionnaire

FORM = questionnaire(
    page("info", item("hello", ItemType.NOTE)),
    page("must", item("a", required="true()"), item("b")),
    page("may", item("c"), item("d")),
)


def route(**answers: Any) -> Any:
    return route_of(FORM, answers, {}, TODAY)


def state(visited: Any = (), **answers: Any) -> Any:
    found = route(**answers)
    return section_state(found, found.sections[0], visited)


def test_section_goes_from_not_started_to_complete() -> None:
    assert state() is SectionState.NOT_STARTED
    assert state(b=1) is SectionState.IN_PROGRESS
    assert state(a=1) is SectionState.IN_PROGRESS
    assert state(a=1, c=1) is SectionState.COMPLETE


def test_page_left_blank_is_complete_once_visited() -> None:
    assert state(visited={"may"}) is SectionState.IN_PROGRESS
    assert state(visited={"may"}, a=1) is SectionState.COMPLETE


def test_required_answer_is_waited_for_on_a_visited_page() -> None:
    found = route(b=1)
    assert not is_page_complete(found, found.page("must"), {"must"})


def test_non_answer_completes_a_required_item() -> None:
    found = route(a="refused")
    assert is_page_complete(found, found.page("must"))


def test_next_open_page_leads_on() -> None:
    page = next_open_page(route())
    assert page is not None
    assert page.page.code == "must"
    assert next_open_page(route(a=1), {"may"}) is None


def test_progress_counts_pages_and_items() -> None:
    assert progress_of(route(a=1)) == RouteProgress(pages_complete=2, pages=3, items_answered=1, items=4)
