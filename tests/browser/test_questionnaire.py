"""The questionnaire in a browser: with and without JavaScript, with a keyboard alone, on a phone, for everyone."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect
from pytest_django import Settings

from survey.models import Case, Response
from survey.services.fieldwork.access_codes import derive_code
from survey.terms import ResponseStatus
from tests.browser.conftest import DESK, PHONE
from tests.browser.respondent import enter, replaced, save, scrolls_sideways, serious_findings

NARROW = {"width": 320, "height": 640}


@pytest.fixture
def firm(site: str, case: Case) -> Case:
    return case


def stored() -> Response:
    return Response.objects.get(is_current=True)


def test_link_fills_the_field_and_leaves_the_address(open_page: Any, site: str, firm: Case) -> None:
    page = open_page()
    page.goto(f"{site}/#code={derive_code(firm)}")
    expect(page.locator("#access_code")).to_have_value(derive_code(firm))
    expect(page).to_have_url(f"{site}/")
    expect(page.locator("#code-form .btn")).to_be_focused()


@pytest.mark.parametrize("javascript", [True, False])
def test_whole_way_on_a_phone(open_page: Any, site: str, firm: Case, javascript: Any) -> None:
    page = open_page(viewport=PHONE, java_script_enabled=javascript)
    page.goto(site)
    page.fill("#access_code", derive_code(firm).lower().replace("-", " "))
    page.click("#code-form .btn")
    page.click(".actions .btn-primary")
    page.fill("#id_employees", "20")
    page.check("input[name=has_cloud][value=no]")
    page.click("#page-form .btn-primary")
    page.wait_for_url("**/choices/")
    page.click("text=Serious")
    page.click("#page-form .btn-primary")
    page.wait_for_url("**/words/")
    page.click("#page-form .btn-primary")
    page.wait_for_url("**/check/")
    page.click("#submit-form button")
    page.wait_for_url("**/receipt/")
    expect(page.locator(".receipt-number")).to_have_text(stored().receipt_number)
    assert stored().answers == {"employees": 20, "has_cloud": "no", "cost": "4"}


def test_keyboard_alone_is_enough(open_page: Any, site: str, firm: Case) -> None:
    page = open_page()
    enter(page, site, firm)
    page.goto(f"{site}/form/page/firm/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.focus("#id_employees")
    page.keyboard.press("Control+A")
    page.keyboard.type("20")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("#id_has_cloud")).to_be_checked()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/choices/")
    assert stored().answers == {"employees": 20, "has_cloud": "no"}


def test_draft_is_saved_while_typing_and_announced(open_page: Any, site: str, firm: Case) -> None:
    page = open_page()
    enter(page, site, firm)
    page.goto(f"{site}/form/page/firm/")
    page.fill("#id_employees", "77")
    expect(page.locator("#saved")).to_have_text(re.compile(r"Saved \d\d:\d\d"))
    assert stored().answers["employees"] == 77
    assert page.locator("#saved").get_attribute("role") == "status"


def test_further_question_appears_at_once(open_page: Any, site: str, firm: Case) -> None:
    page = open_page()
    enter(page, site, firm)
    page.goto(f"{site}/form/page/firm/")
    expect(page.locator("#question-cloud_share")).to_be_hidden()
    page.check("input[name=has_cloud][value=yes]")
    expect(page.locator("#question-cloud_share")).to_be_visible()
    page.fill("#id_cloud_share", "40")
    save(page)
    expect(page).to_have_url(f"{site}/form/page/choices/")


def test_summary_takes_the_focus_and_links_to_the_field(open_page: Any, site: str, firm: Case) -> None:
    page = open_page()
    enter(page, site, firm)
    page.goto(f"{site}/form/page/choices/")
    save(page)
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator("#summary")).to_be_focused()
    page.locator("#summary a").first.click()
    expect(page.locator("#id_cost")).to_be_focused()


def test_quick_typing_then_saving_is_no_conflict_with_oneself(open_page: Any, site: str, firm: Case) -> None:
    page = open_page()
    enter(page, site, firm)
    page.goto(f"{site}/form/page/firm/")
    page.check("input[name=has_cloud][value=no]")
    expect(page.locator("#saved")).to_contain_text("Saved")
    with page.expect_request("**/draft/"):
        page.fill("#id_employees", "1")
    page.fill("#id_employees", "12")
    save(page)
    expect(page).to_have_url(f"{site}/form/page/choices/")
    assert stored().answers == {"employees": 12, "has_cloud": "no"}


def test_two_colleagues_see_both_answers(open_page: Any, site: str, firm: Case) -> None:
    first, second = open_page(), open_page()
    for page in (first, second):
        enter(page, site, firm)
        page.goto(f"{site}/form/page/firm/")
    first.check("input[name=has_cloud][value=no]")
    first.fill("#id_employees", "20")
    save(first)
    second.fill("#id_employees", "30")
    expect(second.locator("#saved")).to_contain_text("Someone else has changed")
    save(second)
    expect(second.locator(".answer-text").nth(0)).to_have_text("20 people")
    second.check("#id_employees_typed")
    save(second)
    assert stored().answers["employees"] == 30


def test_session_warning_is_extended_by_one_key(open_page: Any, site: str, firm: Case, settings: Settings) -> None:
    settings.SESSION_COOKIE_AGE = 121
    page = open_page()
    enter(page, site, firm)
    expect(page.locator("#session-warning")).to_be_visible()
    settings.SESSION_COOKIE_AGE = 3600
    expect(page.locator("#session-stay")).to_be_focused()
    with page.expect_response("**/form/stay/"):
        page.keyboard.press("Enter")
    expect(page.locator("#session-warning")).to_be_hidden()
    page.reload()
    assert int(page.locator("body").get_attribute("data-session-seconds")) > 3500


def test_nothing_typed_is_lost_when_the_session_has_ended(open_page: Any, site: str, firm: Case) -> None:
    page = open_page()
    enter(page, site, firm)
    page.goto(f"{site}/form/page/firm/")
    page.context.clear_cookies()
    page.fill("#id_employees", "471")
    expect(page.locator("#saved")).to_contain_text("Your session has ended")
    page.check("input[name=has_cloud][value=no]")
    save(page)
    page.fill("#access_code", derive_code(firm))
    page.click("#code-form .btn")
    page.wait_for_url("**/choices/")
    assert stored().answers == {"employees": 471, "has_cloud": "no"}


def test_double_click_submits_once(open_page: Any, site: str, firm: Case) -> None:
    page = open_page()
    enter(page, site, firm)
    page.goto(f"{site}/form/page/firm/")
    page.check("input[name=has_cloud][value=no]")
    save(page)
    page.click("text=Serious")
    save(page)
    save(page)
    page.dblclick("#submit-form button")
    page.wait_for_url("**/receipt/")
    assert Response.objects.filter(status=ResponseStatus.SUBMITTED).count() == 1


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
@pytest.mark.parametrize("viewport", [PHONE, DESK, NARROW], ids=["phone", "desk", "narrow"])
def test_axe_finds_nothing_serious_and_nothing_scrolls_sideways(
    open_page: Any, site: str, firm: Case, locale: Any, viewport: Any
) -> None:
    page = open_page(locale=locale, viewport=viewport)
    findings = {}

    def look(name: Any) -> None:
        findings[name] = (serious_findings(page), scrolls_sideways(page))

    page.goto(site)
    look("home")
    page.fill("#access_code", "x")
    replaced(page, lambda: page.click("#code-form .btn"))
    look("home with error")
    enter(page, site, firm)
    look("hub")
    for path in ("check", "print", "notice", *(f"page/{code}" for code in ("firm", "choices", "words"))):
        page.goto(f"{site}/form/{path}/")
        look(path)
    page.goto(f"{site}/form/page/firm/")
    page.check("input[name=has_cloud][value=yes]")
    expect(page.locator("#question-cloud_share")).to_be_visible()
    page.fill("#id_employees", "5000")
    save(page)
    look("firm with errors")
    page.goto(f"{site}/form/page/amounts/")
    page.fill("#id_ratio", "many")
    page.fill("#id_mix__own", "30")
    save(page)
    look("amounts with errors")
    assert findings == {name: ([], False) for name in findings}


def test_dark_mode_has_enough_contrast(open_page: Any, site: str, firm: Case) -> None:
    page = open_page(color_scheme="dark")
    page.goto(site)
    home = serious_findings(page)
    enter(page, site, firm)
    page.goto(f"{site}/form/page/choices/")
    save(page)
    assert (home, serious_findings(page)) == ([], [])


def test_targets_are_large_enough_for_a_thumb(open_page: Any, site: str, firm: Case) -> None:
    page = open_page(viewport=PHONE)
    enter(page, site, firm)
    page.goto(f"{site}/form/page/choices/")
    heights = [box["height"] for part in page.locator(".choice:visible").all() if (box := part.bounding_box())]
    assert min(heights) >= 44


def test_severity_stands_side_by_side_on_a_desk_and_stacked_on_a_phone(open_page: Any, site: str, firm: Case) -> None:
    rows = {}
    for name, viewport in (("desk", DESK), ("phone", PHONE)):
        page = open_page(viewport=viewport)
        enter(page, site, firm)
        page.goto(f"{site}/form/page/choices/")
        tops = [box["y"] for part in page.locator(".severity .choice").all() if (box := part.bounding_box())]
        rows[name] = len(set(tops))
    assert rows == {"desk": 1, "phone": 5}


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_pages_of_rare_moments_are_for_everyone_too(open_page: Any, site: str, firm: Case, locale: Any) -> None:
    page, colleague = (open_page(locale=locale, viewport=NARROW) for _ in range(2))
    findings = {}
    for someone in (page, colleague):
        enter(someone, site, firm)
        someone.goto(f"{site}/form/page/firm/")
    colleague.check("input[name=has_cloud][value=no]")
    save(colleague)
    page.fill("#id_employees", "30")
    save(page)
    findings["conflict"] = (serious_findings(page), scrolls_sideways(page))
    colleague.goto(f"{site}/form/offline/")
    replaced(colleague, lambda: colleague.click("main form .btn-primary"))
    expect(colleague.locator(".summary")).to_be_focused()
    findings["offline form refused"] = (serious_findings(colleague), scrolls_sideways(colleague))
    page.check("#id_employees_stored")
    save(page)
    page.goto(f"{site}/form/page/choices/")
    page.context.clear_cookies()
    page.check("input[name=cost][value='4']")
    save(page)
    findings["code again"] = (serious_findings(page), scrolls_sideways(page))
    page.fill("#access_code", derive_code(firm))
    page.click("#code-form .btn")
    page.wait_for_url("**/words/")
    save(page)
    page.click("#submit-form button")
    page.wait_for_url("**/receipt/")
    findings["receipt"] = (serious_findings(page), scrolls_sideways(page))
    page.goto(f"{site}/form/answers/")
    findings["answers"] = (serious_findings(page), scrolls_sideways(page))
    assert findings == {name: ([], False) for name in findings}
