"""The life of a release in a browser: from the cut to the page that everybody with a right to results reads."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from survey.models import Release, SamplingFrame, Wave
from survey.services.results.release_life import certify_release, publish_due
from survey.services.roles import give_role
from survey.terms import Role, WaveStatus
from tests.answered import answered_wave
from tests.browser.conftest import DESK, PHONE
from tests.browser.office import PASSWORD, press, sign_in
from tests.browser.respondent import replaced, scrolls_sideways, serious_findings
from tests.released import CERTIFICATE

RELEASE = "/admin/releases/w1/1/"


@pytest.fixture
def answered(site: str, wave: Wave, frame: Callable[..., SamplingFrame]) -> Wave:
    for role in (Role.ANALYST, Role.METHODOLOGIST, Role.VIEWER):
        give_role(user=User.objects.create_user(role.value, password=PASSWORD), role=role)
    return answered_wave(wave, frame, firms=120, sample=80, answers=60)


def act(page: Page, site: str, name: str) -> None:
    """Follow the step's link on the release's page, and confirm it."""
    page.goto(f"{site}{RELEASE}")
    replaced(page, lambda: page.click(f"a[href$='/{name}/']"))
    confirm(page, site)


def confirm(page: Page, site: str) -> None:
    replaced(page, lambda: page.click("#content form [type=submit]"))
    expect(page).to_have_url(f"{site}{RELEASE}")


def test_release_is_made_checked_signed_by_another_held_back_and_published(
    open_page: Callable[..., Page], site: str, answered: Wave
) -> None:
    signer, maker = open_page(viewport=PHONE), open_page(viewport=DESK)
    sign_in(signer, site, Role.METHODOLOGIST, "/admin/releases/")
    # What a certificate proves has its own tests, and takes longer than all these pages.
    call_command("make_cut", "w1", "--without-certificate", verbosity=0)
    sign_in(maker, site, Role.ANALYST, "/admin/releases/new/?wave=w1")
    press(maker, "form[action$='/releases/new/'] [type=submit]")
    certify_release(release=Release.objects.get(), certificate=CERTIFICATE, actor=None)
    act(maker, site, "check")
    expect(maker.locator("a[href$='/sign/']")).to_have_count(0)

    act(signer, site, "sign")
    assert (serious_findings(signer), scrolls_sideways(signer)) == ([], False)
    maker.goto(f"{site}{RELEASE}embargo/")
    maker.fill("#id_until", f"{timezone.localtime() + timedelta(hours=1):%Y-%m-%dT%H:%M}")
    confirm(maker, site)

    reader = open_page(viewport=DESK)
    sign_in(reader, site, Role.VIEWER, "/admin/releases/")
    assert reader.goto(f"{site}{RELEASE}").status == 404  # type: ignore[union-attr]
    assert publish_due(timezone.now()) == []
    Release.objects.update(embargo_until=timezone.now())
    assert [str(release) for release in publish_due(timezone.now())] == ["w1 r1"]
    assert reader.goto(f"{site}{RELEASE}").status == 200  # type: ignore[union-attr]
    Wave.objects.update(status=WaveStatus.CLOSED.value)
    reader.goto(f"{site}/admin/dashboard/?chapter=all&wave=w1")
    expect(reader.locator(f"a[href*='{RELEASE}']").first).to_be_visible()
