"""What takes a firm one tap: last time's answer, a ranking in order, the figure in its unit; with and without script."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from survey.models import Case, Response, SamplingFrame, Wave
from survey.services.fieldwork.access_codes import derive_code
from tests.answered_before import case_with_last_answers
from tests.browser.conftest import PHONE
from tests.browser.respondent import enter, save, scrolls_sideways, serious_findings
from tests.waves import version_of

NARROW = {"width": 320, "height": 640}


@pytest.fixture
def firm(site: str, wave: Wave, frame: Callable[..., SamplingFrame]) -> Case:
    return case_with_last_answers(wave, frame)


@pytest.fixture
def at_page(open_page: Callable[..., Page], site: str, firm: Case) -> Callable[..., Page]:
    def opened(code: str, **options: Any) -> Page:
        page = open_page(viewport=PHONE, **options)
        enter_without_script(page, site, firm)
        page.goto(f"{site}/form/page/{code}/")
        return page

    return opened


def enter_without_script(page: Page, site: str, case: Case) -> None:
    page.goto(site)
    page.fill("#access_code", derive_code(case))
    page.click("#code-form .btn")
    page.wait_for_url(f"{site}/form/")


def begin_with_a_cloud(case: Case) -> None:
    """The firm has said on its first page that it has a cloud, so that the page of amounts is asked."""
    answers = {"employees": 30, "has_cloud": "yes", "cloud_share": 40}
    Response.objects.create(case=case, version=version_of(case.wave), answers=answers, revision=1)


def current() -> Response:
    return Response.objects.get(case__wave__code="w1", is_current=True)


@pytest.mark.parametrize("javascript", [True, False])
def test_last_answer_is_taken_over_in_one_tap(at_page: Callable[..., Page], javascript: bool) -> None:
    page = at_page("firm", java_script_enabled=javascript)
    expect(page.locator("#id_employees_last")).to_have_text("Last time: 30 people")
    page.fill("#id_employees", "31")
    page.click("[name=same__employees]")
    expect(page.locator("#id_employees")).to_have_value("30")
    page.check("input[name=has_cloud][value=no]")
    page.click("#page-form .actions .btn-primary")
    page.wait_for_url("**/choices/")
    assert (current().answers, current().taken_over) == ({"employees": 30, "has_cloud": "no"}, ["employees"])


def test_figure_typed_over_last_answer_is_one_of_now(at_page: Callable[..., Page]) -> None:
    page = at_page("firm")
    page.click("[name=same__employees]")
    page.fill("#id_employees", "61")
    page.check("input[name=has_cloud][value=no]")
    save(page)
    expect(page.locator(".verify p").first).to_contain_text("61 is a large change from 30")
    assert (current().answers["employees"], current().taken_over) == (61, [])


def test_ranking_is_tapped_in_order_and_taken_back(at_page: Callable[..., Page]) -> None:
    page = at_page("choices")
    taps = page.locator("#question-demands .tap")
    expect(page.locator("#question-demands select").first).to_be_hidden()
    for code in ("c", "a", "d", "b"):
        page.click(f".tap[data-code={code}]")
    expect(page.locator("#question-demands [role=status]")).to_contain_text("At most 3 answers")
    page.focus(".tap[data-code=c]")
    page.keyboard.press("Space")
    assert taps.evaluate_all(
        "all => all.map((tap) => [tap.dataset.code, tap.innerText.split('\\n')[0], tap.ariaPressed])"
    ) == [
        ["a", "1", "true"],
        ["b", "Option b", "false"],
        ["c", "Option c", "false"],
        ["d", "2", "true"],
    ]
    page.click("text=Serious")
    save(page)
    assert current().answers == {"cost": "4", "demands": ["a", "d"]}


def test_ranking_without_script_is_chosen_from_lists(at_page: Callable[..., Page]) -> None:
    page = at_page("choices", java_script_enabled=False)
    page.select_option("#id_demands__1", "c")
    page.select_option("#id_demands__2", "a")
    page.click("text=Serious")
    page.click("#page-form .actions .btn-primary")
    page.wait_for_url("**/words/")
    assert current().answers == {"cost": "4", "demands": ["c", "a"]}


@pytest.mark.parametrize("javascript", [True, False])
def test_amount_in_another_unit_is_mended_by_a_button(
    at_page: Callable[..., Page], firm: Case, javascript: bool
) -> None:
    begin_with_a_cloud(firm)
    page = at_page("amounts", java_script_enabled=javascript)
    page.fill("#id_bill", "560000")
    page.click("#page-form .actions .btn-primary")
    expect(page.locator(".repair button")).to_have_text("Did you mean 56 10,000 yuan? Change it")
    page.click(".repair button")
    page.wait_for_url("**/words/")
    assert current().answers["bill"] == 56


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_axe_finds_nothing_serious_in_what_takes_one_tap(
    open_page: Callable[..., Page], site: str, firm: Case, locale: str
) -> None:
    begin_with_a_cloud(firm)
    page = open_page(locale=locale, viewport=NARROW)
    enter(page, site, firm)
    findings = {}
    for code in ("firm", "choices", "amounts"):
        page.goto(f"{site}/form/page/{code}/")
        findings[code] = (serious_findings(page), scrolls_sideways(page))
    page.fill("#id_bill", "560000")
    save(page)
    expect(page.locator(".repair button")).to_be_visible()
    findings["repair"] = (serious_findings(page), scrolls_sideways(page))
    assert findings == {name: ([], False) for name in findings}
