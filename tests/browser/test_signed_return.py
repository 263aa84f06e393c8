"""A return that a manager signs: checked and printed, submitted, taken back, asked about, handed on in parts."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect

from survey.models import Case, Feedback, Response, SectionHandover
from survey.services.fieldwork.access_codes import derive_code
from survey.services.fieldwork.cases import return_for_correction
from survey.terms import Role
from tests.answered_case import submitted_case
from tests.browser.conftest import PHONE
from tests.browser.respondent import enter, save, scrolls_sideways, serious_findings
from tests.every_type import EVERY_TYPE

NARROW = {"width": 320, "height": 640}
FIRST = EVERY_TYPE.sections[0]
LONG = "欧阳" + "Longest-Unbroken-Name-" * 2


@pytest.fixture
def firm(site: str, case: Case) -> Case:
    return case


@pytest.fixture
def returned(firm: Case, office_user: Callable[[Role | str], User]) -> Response:
    """A response that an officer has returned with a note at a question."""
    return return_for_correction(
        response=submitted_case(firm),
        note="",
        about={"employees": "Really 20?"},
        actor=office_user(Role.FIELD_OFFICER),
    )


def current() -> Response:
    return Response.objects.get(is_current=True)


def test_firm_checks_prints_submits_takes_back_and_corrects(
    open_page: Callable[..., Page], site: str, firm: Case
) -> None:
    submitted_before = submitted_case(firm)
    page = open_page(viewport=PHONE)
    enter(page, site, firm)
    page.click(".take-back summary")
    page.click(".take-back button")
    expect(page.locator(".message.warning h2")).to_have_text("You are correcting what you submitted")

    page.goto(f"{site}/form/check/")
    expect(page.locator(".review-section[open]")).to_have_count(0)
    page.fill("#review-search", "employees")
    expect(page.locator(".review > div:visible")).to_have_count(1)
    page.click("#row-employees .change a")
    page.fill("#id_employees", "22")
    save(page)
    expect(page).to_have_url(re.compile("/check/"))
    expect(page.locator("#row-employees.seen dd").first).to_have_text("22 people")

    page.click("text=A copy to print and sign")
    signed = page.locator(".paper-signatures dt").all_inner_texts()
    assert signed == [
        "Head of the firm",
        "Head of statistics",
        "Filled in by",
        "Telephone",
        "Date of the return",
        "Seal of the firm",
    ]
    expect(page.locator(".copy-state")).to_contain_text("Not submitted")
    expect(page.locator("[data-print]")).to_be_visible()

    page.goto(f"{site}/form/check/")
    page.click("#submit-form button")
    page.wait_for_url("**/receipt/")
    expect(page.locator(".submissions tbody tr")).to_have_text(
        [
            re.compile(f"{current().receipt_number}.*This version counts"),
            re.compile(f"{submitted_before.receipt_number}.*Taken back by the firm"),
        ]
    )
    page.check("input[name=burden] >> nth=1")
    page.click("form[action$='/feedback/'] button")
    expect(page.locator("form[action$='/feedback/']")).to_have_count(0)
    assert (current().answers["employees"], Feedback.objects.count()) == (22, 1)


@pytest.mark.parametrize("javascript", [True, False])
def test_note_of_the_officer_is_answered_before_submitting_again(
    open_page: Callable[..., Page], site: str, firm: Case, returned: Response, javascript: bool
) -> None:
    page = open_page(viewport=PHONE, java_script_enabled=javascript)
    page.goto(site)
    page.fill("#access_code", derive_code(firm))
    page.click("#code-form .btn")
    page.goto(f"{site}/form/check/")
    expect(page.locator("#submit-form")).to_have_count(0)
    page.click(".summary a")
    expect(page.locator("#question-employees .officer-note")).to_have_text("The survey team asks: Really 20?")
    page.select_option("#id_reason_code__employees__note", "merger")
    page.click("#page-form .actions .btn-primary")
    page.wait_for_url(re.compile("/check/"))
    page.click("#submit-form button")
    page.wait_for_url("**/receipt/")
    assert (current().answers["employees"], current().reasons) == (20, {"employees__note": "#merger"})


def test_colleague_fills_in_the_section_of_a_link_that_expires(
    open_page: Callable[..., Page], site: str, firm: Case
) -> None:
    page, colleague = open_page(), open_page(viewport=PHONE)
    enter(page, site, firm)
    page.locator(".hub-hand a").first.click()
    page.fill("#id_colleague", "Li Na")
    page.click("#handover-form .btn-primary")
    link = page.locator("input[readonly]").input_value()

    colleague.goto(link)
    expect(colleague).to_have_url(f"{site}/")
    colleague.click("#code-form .btn")
    expect(colleague.locator(".hub-row .title")).to_have_text(["1. First part"])
    colleague.goto(f"{site}/form/page/firm/")
    colleague.fill("#id_employees", "20")
    colleague.check("input[name=has_cloud][value=no]")
    save(colleague)
    for closed in ("page/words", "check", "answers"):
        assert colleague.request.get(f"{site}/form/{closed}/").status == 403
    page.goto(f"{site}/form/")
    expect(page.locator(".hub-hand .who")).to_contain_text("Li Na saved 1 of 2 pages")

    SectionHandover.objects.update(expires_at=timezone.now())
    colleague.goto(f"{site}/form/")
    expect(colleague).to_have_url(f"{site}/")
    colleague.goto("about:blank")
    colleague.goto(link)
    colleague.click("#code-form .btn")
    expect(colleague.locator("#code-form .error-text")).to_be_visible()
    assert current().answers == {"employees": 20, "has_cloud": "no"}


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_axe_finds_nothing_serious_on_the_way_to_a_signed_return(
    open_page: Callable[..., Page], site: str, firm: Case, returned: Response, locale: str
) -> None:
    page = open_page(locale=locale, viewport=NARROW)
    enter(page, site, firm)
    findings = {}

    def look(name: str) -> None:
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        findings[name] = (serious_findings(page), scrolls_sideways(page))

    page.goto(f"{site}/form/hand-on/{FIRST.code}/")
    page.click("#handover-form .btn-primary")
    expect(page.locator(".error-text")).to_be_visible()
    page.fill("#id_colleague", LONG)
    page.click("#handover-form .btn-primary")
    expect(page.locator("input[readonly]")).to_be_visible()
    look("handed on")
    page.goto(f"{site}/form/")
    look("hub with a note")
    page.goto(f"{site}/form/page/firm/")
    look("note")
    page.goto(f"{site}/form/check/?about=employees")
    look("review with a note")
    page.goto(f"{site}/form/answers/")
    look("copy to sign")
    page.goto(f"{site}/form/page/firm/")
    page.fill("#id_employees", "22")
    save(page)
    page.goto(f"{site}/form/check/")
    page.click("#submit-form button")
    page.wait_for_url("**/receipt/")
    look("receipt of a correction")
    assert findings == {name: ([], False) for name in findings}
