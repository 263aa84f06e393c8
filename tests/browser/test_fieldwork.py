"""The work of an office between letters and figures in a real browser, in both languages: messages of firms, calls,
outcomes, acceptance, suspicious answers, whom to call next, a bookkeeper of several firms."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from survey.casework_terms import CallResult, EntryKind, FirmOutcome, OutcomeSource
from survey.models import Acceptance, CallList, Case, CaseEntry, Correction, EditingDecision, Job, Response, Wave
from survey.models import SamplingFrame as Frame
from survey.services.register.delegates import delegate_code
from survey.services.register.from_frame import register_frame
from survey.terms import CaseStatus, ResponseStatus, Role
from tests.answered import ITEMS, answered_wave, answers_of, in_another_version
from tests.answered_case import submitted_case
from tests.browser.conftest import DESK, PHONE
from tests.browser.office import PASSWORD, looked_at, sign_in, work_off_before
from tests.browser.respondent import enter, replaced
from tests.delegated import firm_of, give
from tests.views.fieldwork.queue import SPEND

IN_BOTH_LANGUAGES = pytest.mark.parametrize(("locale", "viewport"), [("zh-CN", PHONE), ("en", DESK)])


@pytest.fixture
def officer(site: str, wave: Wave, office_user: Callable[[Role | str], User]) -> User:
    """A field officer with a password."""
    user = office_user(Role.FIELD_OFFICER)
    user.set_password(PASSWORD)
    user.save()
    return user


def submits(page: Page, form: str, times: int = 1) -> None:
    """Press the button of the form that posts to an address with this end."""
    button = page.locator(f"form[action$='{form}'] [type=submit]").first
    replaced(page, lambda: button.click(click_count=times))


def asks_for_time(page: Page, site: str, case: Case) -> str:
    """The firm asks for a day more than the wave has, pressing twice; which day."""
    until = f"{timezone.localdate(case.wave.closes_at) + timedelta(days=3):%Y-%m-%d}"
    enter(page, site, case)
    page.goto(f"{site}{reverse('respondent:officer')}")
    looked_at(page)
    page.check("[name=about][value=time]")
    page.fill("#id_until", until)
    replaced(page, lambda: page.locator("#officer-form .btn-primary").dblclick())
    assert CaseEntry.objects.count() == 1
    return until


@IN_BOTH_LANGUAGES
def test_firm_asks_for_time_and_is_called_until_its_case_ends(
    open_page: Callable[..., Page], site: str, officer: User, case: Case, locale: str, viewport: Any
) -> None:
    firm = open_page(locale=locale, viewport=viewport)
    until = asks_for_time(firm, site, case)
    page = open_page(locale=locale, viewport=viewport)
    sign_in(page, site, officer.username)
    page.goto(f"{site}{reverse('casework')}?list=letters")
    looked_at(page)
    replaced(page, lambda: page.click("table.cases th a"))
    looked_at(page)
    asked = CaseEntry.objects.get().pk
    page.fill(f"#id_{asked}_granted_until", until)
    submits(page, f"/letters/{asked}/")
    assert f"{Case.objects.get(pk=case.pk).extended_until:%Y-%m-%d}" == until
    firm.reload()
    expect(firm.locator(".message.success")).to_be_visible()
    looked_at(firm)

    page.select_option("#id_kind", EntryKind.CALL.value)
    page.select_option("#id_result", CallResult.PROMISED.value)
    page.fill("#id_next_action", "3")
    submits(page, "/log/", times=2)
    assert CaseEntry.objects.filter(kind=EntryKind.CALL.value, author=officer).count() == 1
    page.click("section[aria-labelledby=outcome] summary")
    page.select_option("#id_outcome", FirmOutcome.DEREGISTERED.value)
    page.select_option("#id_source", OutcomeSource.REGISTER.value)
    page.fill("#id_reason", "2026-11")
    submits(page, "/outcome/")
    looked_at(page)
    assert Case.objects.get(pk=case.pk).status == CaseStatus.FINALISED.value


@IN_BOTH_LANGUAGES
def test_answers_stop_counting_and_count_again_and_returns_are_accepted(
    open_page: Callable[..., Page], site: str, officer: User, case: Case, locale: str, viewport: Any
) -> None:
    submitted_case(case)
    page = open_page(locale=locale, viewport=viewport)
    sign_in(page, site, officer.username)
    page.goto(f"{site}{reverse('case_detail', args=[case.pk])}")
    page.click("section[aria-labelledby=outcome] summary")
    page.select_option("#id_outcome", FirmOutcome.OUT_OF_SCOPE.value)
    page.select_option("#id_source", OutcomeSource.VISIT.value)
    page.fill("#id_reason", "?")
    submits(page, "/outcome/")
    assert Case.objects.get(pk=case.pk).is_set_aside
    looked_at(page)
    page.fill("#id_back_reason", "!")
    submits(page, "/outcome/take-back/")
    assert not Case.objects.get(pk=case.pk).is_set_aside

    page.goto(f"{site}{reverse('acceptance')}")
    looked_at(page)
    while (open_ones := page.locator("form:has([name=remark])")).count():
        open_ones.first.locator("[name=remark]").fill("3")
        replaced(page, open_ones.first.locator("[type=submit]").click)
    looked_at(page)
    districts = Case.objects.values("sample_unit__unit__district").distinct().count()
    assert Acceptance.objects.filter(district=None).count() == 1
    assert Acceptance.objects.exclude(district=None).count() == districts


def two_spend_much(wave: Wave, frame: Callable[..., Frame]) -> list[Response]:
    """The answers of two firms that spend 5,000 and 400 where 58 others spend 10 each."""
    answered_wave(wave, frame, firms=120, sample=80, answers=0)
    version = in_another_version(wave, *ITEMS, SPEND)
    cases = Case.objects.filter(wave=wave).order_by("pk")[:60]
    made = [
        Response.objects.create(
            case=case,
            version=version,
            answers={**answers_of(number), "F1_spend": spend},
            status=ResponseStatus.SUBMITTED.value,
            submitted_at=timezone.now(),
            receipt_number=f"{wave.code}-{case.pk}",
        )
        for number, (case, spend) in enumerate(zip(cases, [5000, 400, *[10] * 58], strict=True))
    ]
    Case.objects.filter(responses__isnull=False).update(status=CaseStatus.SUBMITTED.value)
    return made[:2]


@IN_BOTH_LANGUAGES
def test_suspicious_answer_is_corrected_or_accepted(
    open_page: Callable[..., Page],
    site: str,
    officer: User,
    wave: Wave,
    frame: Callable[..., Frame],
    locale: str,
    viewport: Any,
) -> None:
    wrong, unusual = two_spend_much(wave, frame)
    page = open_page(locale=locale, viewport=viewport)
    sign_in(page, site, officer.username)
    page.goto(f"{site}{reverse('editing')}")
    looked_at(page)
    replaced(page, page.locator(f"a[href*='/cases/{wrong.case_id}/'][href*='F1_spend']").click)
    looked_at(page)
    page.fill("#id_F1_spend", "50")
    page.fill("#id_reason", "?")
    replaced(page, page.locator(".correcting [type=submit]").click)
    assert Correction.objects.values_list("response", "item", "new").get() == (wrong.pk, "F1_spend", 50)
    page.goto(f"{site}{reverse('editing')}")
    page.fill(f"#said-{unusual.case_id}", "OK")
    replaced(page, page.locator(f"section:has(#said-{unusual.case_id}) [name=accept]").dblclick)
    assert EditingDecision.objects.values_list("response", "item").get() == (unusual.pk, "F1_spend")
    expect(page.locator("[name=response]")).to_have_count(0)
    looked_at(page)


@IN_BOTH_LANGUAGES
def test_rule_of_calling_is_set_and_the_list_of_the_day_made_and_worked_on(
    open_page: Callable[..., Page],
    site: str,
    officer: User,
    wave: Wave,
    frame: Callable[..., Frame],
    locale: str,
    viewport: Any,
) -> None:
    answered_wave(wave, frame, firms=120, sample=80, answers=40)
    Case.objects.filter(responses__isnull=False).update(status=CaseStatus.SUBMITTED.value)
    page = open_page(locale=locale, viewport=viewport)
    sign_in(page, site, officer.username)
    address = f"{site}{reverse('call_list', args=[wave.code])}"
    page.goto(address)
    replaced(page, page.locator("#content a.button.default").click)
    looked_at(page)
    page.fill("#id_size", "20")
    replaced(page, page.locator("form.rule [type=submit]").click)
    page.locator("form[action$='/calls/new/'] [type=submit]").dblclick()
    page.wait_for_url("**/admin/jobs/*/")
    assert Job.objects.filter(kind="call_list").count() == 1
    work_off_before(page)
    page.goto(address)
    looked_at(page)
    expect(page.locator("table.cases tbody tr td.why")).to_have_count(20)
    first = CallList.objects.get().calls.get(place=1).case
    replaced(page, page.locator("table.cases th a").first.click)
    page.select_option("#id_kind", EntryKind.CALL.value)
    page.select_option("#id_result", CallResult.NO_ANSWER.value)
    submits(page, "/log/")
    page.goto(address)
    expect(page.locator("table.cases tr.done th")).to_have_text(first.sample_unit.unit.full_name)
    page.goto(f"{site}{reverse('wave_monitor', args=[wave.code])}")
    looked_at(page)


@IN_BOTH_LANGUAGES
def test_bookkeeper_opens_several_firms_with_one_code(
    open_page: Callable[..., Page], site: str, officer: User, cases: list[Case], locale: str, viewport: Any
) -> None:
    register_frame(frame=cases[0].sample_unit.unit.frame, actor=None)
    given = [give(firm_of(case), officer, is_main=case == cases[0]) for case in cases[:2]]
    page = open_page(locale=locale, viewport=viewport)
    page.goto(f"{site}/")
    page.fill("#access_code", delegate_code(given[0].delegate))
    page.click("#code-form .btn")
    page.wait_for_url(f"{site}/firms/")
    looked_at(page)
    for number in (0, 1):
        expect(page.locator(".handed")).to_have_count(2)
        page.locator(".handed .btn-primary").nth(number).click()
        page.wait_for_url(f"{site}/form/")
        page.goto(f"{site}/firms/")
