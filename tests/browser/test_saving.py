"""Nothing typed is lost: leaving at once, a dead network, closed tabs, two devices, no JavaScript."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from survey.models import Case, Response
from survey.services.fieldwork.access_codes import derive_code
from survey.terms import ResponseStatus
from tests.browser.conftest import PATIENCE, PHONE
from tests.browser.respondent import save

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
WAITS = re.compile("^No connection: the page waits")


@pytest.fixture
def firm(site: str, case: Case) -> Case:
    return case


@pytest.fixture
def at_page(open_page: Callable[..., Page], site: str, firm: Case) -> Callable[..., Page]:
    """A page of the questionnaire, opened by somebody of the firm on a device of its own; where its clock stands,
    nothing is saved because a moment has passed since something was typed."""

    def opened(code: str = "firm", *, clock_stands: bool = False, **options: Any) -> Page:
        page = open_page(**options)
        if clock_stands:
            page.clock.install(time=NOON)
            page.clock.pause_at(NOON + timedelta(hours=1))
        page.goto(site)
        page.fill("#access_code", derive_code(firm))
        page.click("#code-form .btn")
        page.wait_for_url(f"{site}/form/")
        page.goto(f"{site}/form/page/{code}/")
        return page

    return opened


def stored() -> dict[str, Any]:
    response = Response.objects.filter(is_current=True).first()
    return dict(response.answers) if response else {}


def stored_soon(answers: dict[str, Any]) -> bool:
    """Whether the server has these answers before long."""
    end = time.monotonic() + PATIENCE / 1000
    while stored() != answers and time.monotonic() < end:
        time.sleep(0.1)
    return stored() == answers


def kept_on_device(page: Page) -> int:
    return int(page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('tongdian-typed:')).length"))


@pytest.mark.parametrize("way", ["address", "closed"])
def test_what_is_typed_last_survives_leaving_at_once(at_page: Callable[..., Page], site: str, way: str) -> None:
    page = at_page()
    page.fill("#id_employees", "77")
    if way == "address":
        page.goto(f"{site}/form/notice/")
    else:
        page.context.new_page()
        page.close(run_before_unload=True)
    assert stored_soon({"employees": 77})


def test_hidden_page_saves_at_once(at_page: Callable[..., Page]) -> None:
    page = at_page(clock_stands=True)
    page.evaluate("Object.defineProperty(document, 'visibilityState', { value: 'hidden' })")
    page.fill("#id_employees", "77")
    with page.expect_request("**/draft/"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert stored_soon({"employees": 77})


@pytest.mark.parametrize(
    ("name", "address"), [("hub", "**/form/"), ("notice", "**/notice/"), ("leave", re.compile(r":\d+/$"))]
)
@pytest.mark.parametrize("javascript", [True, False])
def test_links_beside_the_questions_save_first(
    at_page: Callable[..., Page], name: str, address: Any, javascript: bool
) -> None:
    page = at_page(viewport=PHONE, java_script_enabled=javascript)
    page.fill("#id_employees", "77")
    page.click(f"button[name=go][value={name}] >> nth=0")
    page.wait_for_url(address)
    assert stored() == {"employees": 77}


def test_page_sent_into_a_dead_network_waits_and_goes_on(at_page: Callable[..., Page]) -> None:
    page = at_page()
    page.check("input[name=has_cloud][value=no]")
    expect(page.locator("#saved")).to_contain_text("Saved")
    page.context.set_offline(True)
    page.fill("#id_employees", "77")
    page.click("#page-form .actions .btn-primary")
    expect(page.locator("#saved")).to_have_text(WAITS)
    page.context.set_offline(False)
    page.wait_for_url("**/choices/")
    assert stored() == {"employees": 77, "has_cloud": "no"}


def test_network_that_dies_unnoticed_takes_nothing(at_page: Callable[..., Page]) -> None:
    page = at_page()
    page.route("**/form/page/**", lambda route: route.abort())
    page.fill("#id_employees", "77")
    page.check("input[name=has_cloud][value=no]")
    page.click("#page-form .actions .btn-primary")
    expect(page.locator("#saved")).to_have_text(WAITS)
    page.unroute("**/form/page/**")
    page.wait_for_url("**/choices/")
    assert stored() == {"employees": 77, "has_cloud": "no"}


def test_typed_page_survives_reload_and_a_closed_tab(at_page: Callable[..., Page], site: str) -> None:
    page = at_page()
    page.context.route("**/draft/", lambda route: route.abort())
    page.fill("#id_employees", "77")
    page.reload()
    expect(page.locator("#id_employees")).to_have_value("77")
    other = page.context.new_page()
    page.close()
    page.context.unroute("**/draft/")
    other.goto(f"{site}/form/")
    assert stored_soon({"employees": 77})
    expect(other.locator("#sections")).to_be_visible()
    other.wait_for_function("Object.keys(localStorage).length === 0")


def test_typed_page_survives_going_away_and_back_without_a_network(at_page: Callable[..., Page], site: str) -> None:
    page = at_page()
    page.context.route("**/draft/", lambda route: route.abort())
    page.fill("#id_employees", "77")
    page.goto(f"{site}/form/notice/")
    page.go_back()
    expect(page.locator("#id_employees")).to_have_value("77")
    page.context.unroute("**/draft/")
    page.check("input[name=has_cloud][value=no]")
    assert stored_soon({"employees": 77, "has_cloud": "no"})


@pytest.mark.parametrize("javascript", [True, False])
def test_back_saves_the_page_first(at_page: Callable[..., Page], javascript: bool) -> None:
    page = at_page("choices", java_script_enabled=javascript)
    page.click("text=Serious")
    page.click("button.back, .back button")
    page.wait_for_url("**/firm/")
    assert stored() == {"cost": "4"}


def test_older_text_of_this_device_does_not_overwrite_a_colleagues_answer(at_page: Callable[..., Page]) -> None:
    page, colleague = at_page(), at_page()
    page.context.route("**/draft/", lambda route: route.abort())
    page.fill("#id_employees", "77")
    expect(page.locator("#saved")).to_contain_text("Not saved yet")
    colleague.fill("#id_employees", "20")
    expect(colleague.locator("#saved")).to_contain_text("Saved")
    page.context.unroute("**/draft/")
    page.reload()
    expect(page.locator("#saved")).to_contain_text("Someone else has changed")
    assert stored() == {"employees": 20}


def test_submission_waits_for_the_network_and_wipes_the_device(at_page: Callable[..., Page], site: str) -> None:
    page = at_page()
    page.fill("#id_employees", "20")
    page.check("input[name=has_cloud][value=no]")
    save(page)
    page.click("text=Serious")
    save(page)
    save(page)
    page.evaluate("localStorage.setItem(`tongdian-typed:${document.body.dataset.firm}:/x/`, '{}')")
    page.context.set_offline(True)
    page.click("#submit-form button")
    expect(page.locator("#submitted")).to_contain_text("nothing has been submitted yet")
    page.context.set_offline(False)
    page.wait_for_url("**/receipt/")
    page.wait_for_function("Object.keys(localStorage).length === 0")
    assert Response.objects.get().status == ResponseStatus.SUBMITTED


def test_leaving_wipes_the_device(at_page: Callable[..., Page]) -> None:
    page = at_page(clock_stands=True)
    page.fill("#id_employees", "77")
    assert kept_on_device(page) == 1
    page.evaluate("localStorage.setItem(`tongdian-typed:${document.body.dataset.firm}:/x/`, '{}')")
    page.click("button[value=leave]")
    page.wait_for_url(re.compile(r":\d+/$"))
    assert (kept_on_device(page), stored()) == (0, {"employees": 77})


def test_unread_text_is_marked_here_and_on_the_other_device(at_page: Callable[..., Page]) -> None:
    page = at_page()
    page.fill("#id_employees", "many")
    expect(page.locator("#saved")).to_have_text(re.compile(r"Saved \d\d:\d\d; 1 answer not understood"))
    page.focus("#id_email")
    expect(page.locator("#question-employees.wrong .error-text")).to_be_visible()
    colleague = at_page()
    expect(colleague.locator("#id_employees")).to_have_value("many")
    expect(colleague.locator("#question-employees.wrong .error-text")).to_be_visible()
    page.fill("#id_employees", "30")
    expect(page.locator("#saved")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))
    expect(page.locator("#question-employees .error-text")).to_be_hidden()
    assert stored() == {"employees": 30}


def test_follow_up_that_nobody_has_seen_is_no_error(at_page: Callable[..., Page]) -> None:
    page = at_page(clock_stands=True)
    page.fill("#id_employees", "20")
    page.check("input[name=has_cloud][value=yes]")
    page.clock.run_for(1_000)
    # It is shown, and its clock stands: the moment after which it counts as seen does not pass.
    expect(page.locator("#question-cloud_share")).to_be_visible()
    save(page)
    expect(page).to_have_url(re.compile("/firm/#question-cloud_share$"))
    expect(page.locator(".summary")).to_have_count(0)
    expect(page.locator("#question-cloud_share")).to_be_visible()


def test_verify_box_speaks_of_the_figure_on_the_screen(at_page: Callable[..., Page]) -> None:
    page = at_page()
    page.check("input[name=has_cloud][value=no]")
    page.fill("#id_employees", "5000")
    save(page)
    expect(page.locator(".verify dd")).to_have_text("5,000 people")
    page.fill("#id_employees", "7000")
    expect(page.locator(".verify dd")).to_have_text("7,000 people")
    page.fill("#id_employees", "70")
    expect(page.locator(".verify")).to_be_hidden()
