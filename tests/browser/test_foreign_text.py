"""Labels that hold markup are drawn and shown as text, in charts and in the tooltips over them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from survey.instrument.schema import Text
from survey.models import SamplingFrame, Wave
from survey.services.results.cuts import make_cut
from survey.terms import Role
from tests.answered import PLAN, answered_wave
from tests.browser.office import PASSWORD, sign_in

PAYLOAD = "<img src=x onerror=document.title='bad'></script><script>document.title='bad'</script>"
NAMES = {"B1_severity": Text(PAYLOAD, PAYLOAD), "B4_severity": Text("痛点", "Pain")}


@pytest.fixture
def dashboard(
    monkeypatch: pytest.MonkeyPatch,
    site: str,
    wave: Wave,
    frame: Callable[..., SamplingFrame],
    office_user: Callable[[Role | str], User],
    open_page: Any,
) -> Any:
    """The dashboard of a survey whose short names are markup."""
    monkeypatch.setattr("tests.answered.PLAN", replace(PLAN, names=NAMES))
    make_cut(wave=answered_wave(wave, frame, firms=120, sample=80, answers=60), actor=None)
    analyst = office_user(Role.ANALYST)
    analyst.set_password(PASSWORD)
    analyst.save()
    page = open_page()
    sign_in(page, site, analyst.username, "/admin/dashboard/?chapter=all")
    expect(page.locator("html[data-charts=drawn]")).to_be_attached()
    return page


def test_label_is_drawn_as_text_and_runs_nothing(dashboard: Any) -> None:
    assert "onerror" in dashboard.locator("#ranking .chart svg").text_content()
    assert dashboard.locator("main img[src=x]").count() == 0
    assert dashboard.title() != "bad"


def test_tooltip_shows_the_label_as_text(dashboard: Any) -> None:
    dashboard.locator("#ranking .chart svg .mark-rect path").first.hover()
    tooltip = dashboard.locator("#vg-tooltip-element.visible")
    expect(tooltip).to_be_visible()
    bars = dashboard.locator("#ranking .chart svg .mark-rect path")
    labels = dashboard.locator("#ranking tbody th").all_text_contents()
    [of_payload] = [number for number, label in enumerate(labels) if "onerror" in label]
    bars.nth(of_payload).hover()
    expect(tooltip).to_contain_text("onerror")
    assert tooltip.locator("img").count() == 0
    assert dashboard.title() != "bad"
