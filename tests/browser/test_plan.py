"""A designer adds a theme to the analysis plan, and two designers do not overwrite one another."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from survey.models import AnalysisPlan, Questionnaire
from survey.terms import Role
from tests.browser.conftest import DESK, PHONE
from tests.browser.office import PASSWORD, sign_in
from tests.browser.respondent import replaced, scrolls_sideways, serious_findings

PLAN = "/admin/questionnaires/small/plan/"


@pytest.fixture
def designer_page(
    open_page: Callable[..., Page], site: str, small: Questionnaire, office_user: Callable[[Role], User], english: None
) -> Callable[..., Page]:
    """Opens a browser in which a designer has signed in."""
    user = office_user(Role.DESIGNER)
    user.set_password(PASSWORD)
    user.save()

    def make(**face: Any) -> Page:
        page = open_page(**face)
        sign_in(page, site, user.username)
        return page

    return make


def fill_in_theme(page: Page, code: str) -> None:
    page.fill("[name=code]", code)
    page.fill("[name=text_zh]", "成本")
    page.fill("[name=text_en]", "Cost")
    page.select_option("[name=scale]", index=1)
    page.fill("[name=items]", "pain")


def press_save(page: Page) -> None:
    replaced(page, lambda: page.click(".submit-row [type=submit]"))


def test_designer_adds_a_theme_and_sees_it_in_the_plan(designer_page: Callable[..., Page], site: str) -> None:
    page = designer_page()
    page.goto(f"{site}{PLAN}theme/add/")
    fill_in_theme(page, "cost")
    press_save(page)
    expect(page).to_have_url(f"{site}{PLAN}#theme")
    assert page.inner_text("#theme tbody th") == "Cost"
    assert [theme["code"] for theme in AnalysisPlan.objects.get().content["themes"]] == ["cost"]


def test_save_of_a_page_that_is_out_of_date_is_refused_and_keeps_what_was_typed(
    designer_page: Callable[..., Page], site: str
) -> None:
    first, second = designer_page(), designer_page()
    for page in (first, second):
        page.goto(f"{site}{PLAN}theme/add/")
    for page, code in ((first, "cost"), (second, "price")):
        fill_in_theme(page, code)
        press_save(page)
    assert "changed by somebody else" in second.inner_text(".messagelist")
    assert second.input_value("[name=code]") == "price"
    assert [theme["code"] for theme in AnalysisPlan.objects.get().content["themes"]] == ["cost"]


@pytest.mark.parametrize(("locale", "scheme", "viewport"), [("zh-CN", "light", PHONE), ("en", "dark", DESK)])
def test_plan_pages_are_for_everyone(
    designer_page: Callable[..., Page], site: str, locale: str, scheme: str, viewport: Any
) -> None:
    page = designer_page(locale=locale, color_scheme=scheme, viewport=viewport)
    faults = []
    parts = ("scale", "theme", "indicator", "group", "table", "note")
    for address in ("", "names/", "protection/", *(f"{part}/add/" for part in parts)):
        page.goto(f"{site}{PLAN}{address}")
        faults += [f"{address}: {found}" for found in serious_findings(page)]
        faults += [f"{address} scrolls sideways"] if scrolls_sideways(page) else []
    page.fill("[name=paragraph_zh]", "字" * 300)
    press_save(page)
    faults += [f"after saving: {found}" for found in serious_findings(page)]
    faults += ["a long note scrolls sideways"] if scrolls_sideways(page) else []
    assert faults == [], "\n".join(faults)
