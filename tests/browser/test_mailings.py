"""A mailing in a real browser: previewed, pressed twice, its worker dying in the middle, gone on with, in both languages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from playwright.sync_api import Page, expect
from pytest_django import Settings

from survey.mailing_terms import MailingChannel, MailingPurpose, PlannedDay
from survey.models import Case, Job, Mailing, Wave
from survey.services.mailing.planning import plan_mailing
from survey.terms import Role
from tests.browser.conftest import DESK, PHONE
from tests.browser.office import PASSWORD, sign_in, work_off_before
from tests.browser.respondent import replaced, scrolls_sideways, serious_findings

FIRST = 5


class WorkerDiedError(BaseException):
    """The worker is gone."""


class DyingBackend(EmailBackend):
    """Takes the first mails; then the worker dies with one in its hand."""

    def send_messages(self, messages: Any) -> Any:
        if len(mail.outbox) == FIRST:
            raise WorkerDiedError
        return super().send_messages(messages)


@pytest.fixture
def officer(site: str, cases: list[Case], office_user: Callable[[Role | str], User], settings: Settings) -> User:
    """An officer with a password; mails go to the outbox of the tests."""
    settings.SENDS_MAIL, settings.MAIL_PER_MINUTE = True, 10_000_000
    user = office_user(Role.FIELD_OFFICER)
    user.set_password(PASSWORD)
    user.save()
    return user


def press(page: Page, action: str, times: int = 1) -> None:
    button = page.locator(f"form[action$='/{action}/'] [type=submit]")
    replaced(page, lambda: button.click(click_count=times))


def plan_a_reminder(wave: Wave) -> None:
    plan_mailing(
        wave=wave,
        purpose=MailingPurpose.REMINDER_2,
        days=28,
        counted_from=PlannedDay.AFTER_INVITATION,
        channel=MailingChannel.EMAIL,
        otherwise=MailingChannel.LETTER,
        language="zh",
        site="https://survey.example.org/",
        actor=None,
    )


def looked_at(page: Page) -> None:
    """Nothing serious for axe, nothing that scrolls the page sideways."""
    assert (serious_findings(page), scrolls_sideways(page)) == ([], False)


@pytest.mark.parametrize(("locale", "viewport"), [("zh-CN", PHONE), ("en", DESK)])
def test_mailing_from_the_preview_to_the_last_firm(
    open_page: Callable[..., Page], site: str, officer: User, settings: Settings, locale: str, viewport: Any
) -> None:
    page = open_page(locale=locale, viewport=viewport)
    sign_in(page, site, officer.username)
    page.goto(f"{site}/admin/mailings/")
    looked_at(page)
    replaced(page, lambda: page.click("a.button.default"))
    expect(page.locator("#preview")).to_be_visible()
    looked_at(page)

    page.locator("[name=prepare]").dblclick()
    page.wait_for_url(f"{site}/admin/mailings/*/")
    assert (Mailing.objects.count(), Job.objects.count()) == (1, 1)
    work_off_before(page)
    press(page, "send", times=2)
    assert Job.objects.filter(kind="mailing_send").count() == 1

    outbox = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.browser.test_mailings.DyingBackend"
    work_off_before(page)
    settings.EMAIL_BACKEND = outbox
    assert Job.objects.get(kind="mailing_send").state == "failed"
    expect(page.locator("p.warning").first).to_be_visible()
    looked_at(page)

    # Whether the mail in the hand of the dead worker went, nobody knows: it is not written again by itself.
    press(page, "send")
    work_off_before(page)
    assert len({message.to[0] for message in mail.outbox}) == len(mail.outbox) == 23
    press(page, "unsure")
    press(page, "send")
    work_off_before(page)
    expect(page.locator(".import-done")).to_be_visible()
    assert len({message.to[0] for message in mail.outbox}) == len(mail.outbox) == 24
    assert Case.objects.filter(code_sent_at__isnull=False).count() == 24
    looked_at(page)
    plan_a_reminder(Mailing.objects.get().wave)
    for address in ("w1/mailings/texts/invitation/", "w1/mailings/plan/", "w1/mailings/"):
        page.goto(f"{site}/admin/waves/{address}")
        looked_at(page)
