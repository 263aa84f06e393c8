"""The pages of figures in a browser: charts under the strict policy, beside their tables, at every width."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from survey.models import SamplingFrame, Wave
from survey.services.results.cuts import make_cut
from survey.terms import Role
from tests.answered import answered_wave
from tests.browser.conftest import DESK, PHONE
from tests.browser.office import PASSWORD, sign_in
from tests.browser.respondent import scrolls_sideways, serious_findings

CLEARED, WORKING = "/admin/dashboard/?chapter=all", "/admin/dashboard/working/?chapter=all"
BOTH = pytest.mark.parametrize("path", [CLEARED, WORKING])


@pytest.fixture
def enter(
    site: str,
    wave: Wave,
    frame: Callable[..., SamplingFrame],
    office_user: Callable[[Role | str], User],
    open_page: Any,
) -> Any:
    """Opens a page of figures of a wave with sixty answers and a cut: (page, what the browser complained about)."""

    def make(path: str = CLEARED, **options: Any) -> Any:
        make_cut(wave=answered_wave(wave, frame, firms=120, sample=80, answers=60), actor=None)
        methodologist = office_user(Role.METHODOLOGIST)
        methodologist.set_password(PASSWORD)
        methodologist.save()
        page, complaints = open_page(**options), []
        page.on("console", lambda message: complaints.append(message.text))
        sign_in(page, site, methodologist.username, path)
        return page, complaints

    return make


@BOTH
def test_charts_are_drawn_without_a_complaint_of_the_policy(enter: Any, path: str) -> None:
    page, complaints = enter(path)
    expect(page.locator("html[data-charts=drawn]")).to_be_attached()
    assert page.locator(".chart svg").count() == page.locator("[data-chart]").count() > 3
    assert complaints == []


def test_table_is_folded_when_its_chart_stands_and_opens_again(enter: Any) -> None:
    page, _ = enter()
    expect(page.locator("#ranking .chart svg")).to_be_visible()
    expect(page.locator("#ranking table")).to_be_hidden()
    page.click("#ranking summary")
    expect(page.locator("#ranking table")).to_be_visible()


def test_tables_stand_open_without_javascript(enter: Any) -> None:
    page, _ = enter(java_script_enabled=False)
    expect(page.locator("#ranking table")).to_be_visible()
    expect(page.locator("#ranking tbody tr").first).to_contain_text("%")


def test_pointing_at_a_bar_shows_its_figures(enter: Any) -> None:
    page, _ = enter()
    # Charts that are still drawn would move the bar away from the pointer.
    expect(page.locator("html[data-charts=drawn]")).to_be_attached()
    page.locator("#ranking .chart svg .mark-rect path").first.hover()
    expect(page.locator("#vg-tooltip-element")).to_contain_text("Pain B4")


@BOTH
@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_page_is_for_everyone_and_does_not_scroll_sideways(enter: Any, viewport: Any, path: str) -> None:
    page, _ = enter(path, viewport=viewport)
    expect(page.locator("html[data-charts=drawn]")).to_be_attached()
    assert (serious_findings(page), scrolls_sideways(page)) == ([], False)


def test_band_of_working_figures_stands_on_paper(enter: Any) -> None:
    page, _ = enter(WORKING, java_script_enabled=False)
    page.emulate_media(media="print")
    band = page.locator(".band")
    expect(band).to_be_visible()
    # Fixed to the sheet, so that it is repeated on each.
    assert band.evaluate("each => getComputedStyle(each).position") == "fixed"


@BOTH
def test_source_and_time_stand_under_every_block_on_paper(enter: Any, path: str) -> None:
    page, _ = enter(path, java_script_enabled=False)
    page.emulate_media(media="print")
    blocks = page.locator(".result").count()
    assert [page.locator(".result .print-only:visible", has_text="Source:").count(), blocks > 3] == [blocks, True]
