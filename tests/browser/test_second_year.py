"""The second year in a real browser: last year's firms are known, refusals and closures are seen at the draw, seven in
ten firms are kept, and the new wave is written to."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from survey.casework_terms import FirmOutcome, OutcomeSource
from survey.instrument.schema import Text
from survey.models import Case, Firm, MailingRow, Sample, SamplingFrame, Wave
from survey.register_terms import FactSource
from survey.services.casework.outcomes import FoundOutcome, set_outcome
from survey.services.fieldwork.waves import close_wave
from survey.services.register.editing import edit_firm
from survey.services.register.from_frame import register_frame
from survey.terms import Role
from tests.browser.conftest import DESK, PHONE
from tests.browser.office import PASSWORD, sign_in, work_off_before
from tests.browser.respondent import replaced, scrolls_sideways, serious_findings

A_YEAR = timedelta(days=365)


@pytest.fixture
def officer(site: str, office_user: Callable[[Role | str], User]) -> User:
    user = office_user(Role.FIELD_OFFICER)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def next_year(cases: list[Case], frame: Callable[..., SamplingFrame], officer: User) -> SamplingFrame:
    """Last year one firm refused, and the register of companies says that another is closed; this year's list has come,
    and its wave has no sample yet."""
    wave, last = cases[0].wave, cases[0].sample_unit.sample.frame
    register_frame(frame=last, actor=officer)
    refused = FoundOutcome(outcome=FirmOutcome.REFUSED, source=OutcomeSource.CALLS, reason="Three calls.")
    set_outcome(case=Case.objects.get(pk=cases[0].pk), found=refused, actor=officer)
    gone = Firm.objects.get(credit_code=cases[1].sample_unit.unit.credit_code)
    edit_firm(firm=gone, values={"status": "closed"}, source=FactSource.REGISTER, detail="2026-1", actor=officer)
    close_wave(wave=wave, actor=officer)
    days = {"opens_at": wave.opens_at, "closes_at": wave.closes_at}
    Wave.objects.filter(pk=wave.pk).update(**{name: day - A_YEAR for name, day in days.items()})
    this = frame(title="This year")
    register_frame(frame=this, actor=officer)
    named: dict[str, Any] = {"code": "w2", "title": Text("第二轮", "Wave two"), "status": "planned"}
    Wave.objects.create(survey=wave.survey, version=wave.version, **named, **days)
    return this


def looked_at(page: Page) -> None:
    """Nothing serious for axe, nothing that scrolls the page sideways."""
    assert (serious_findings(page), scrolls_sideways(page)) == ([], False)


def choose(page: Page, frame: SamplingFrame, last: Sample) -> None:
    """What the draw of the second year is planned by."""
    page.select_option("#id_wave", str(Wave.objects.get(code="w2").pk))
    page.select_option("#id_frame", str(frame.pk))
    page.select_option("#id_method", "proportional")
    page.fill("#id_size", "24")
    page.select_option("#id_relation", "keep")
    page.select_option("#id_related_to", str(last.pk))
    page.fill("#id_kept_percent", "70")


@pytest.mark.parametrize(("locale", "viewport"), [("zh-CN", PHONE), ("en", DESK)])
def test_second_year_from_the_list_to_the_letters(
    open_page: Callable[..., Page],
    site: str,
    officer: User,
    cases: list[Case],
    next_year: SamplingFrame,
    locale: str,
    viewport: Any,
) -> None:
    page = open_page(locale=locale, viewport=viewport)
    sign_in(page, site, officer.username)

    page.goto(f"{site}{reverse('frame_register', args=[next_year.pk])}")
    expect(page.locator("main, #content").first).to_contain_text(cases[1].sample_unit.unit.name)
    looked_at(page)
    replaced(page, lambda: page.click("[name=take_out]"))
    assert not next_year.units.filter(credit_code=cases[1].sample_unit.unit.credit_code).exists()

    page.goto(f"{site}{reverse('sample_draw')}")
    choose(page, next_year, Sample.objects.get())
    replaced(page, lambda: page.click("[name=preview]"))
    refused = {"zh-CN": "1 家企业在以往批次拒报", "en": "1 firm has refused in an earlier wave."}[locale]
    expect(page.locator("#known + *")).to_contain_text(refused)
    looked_at(page)
    replaced(page, lambda: page.click("[name=draw]"))
    expect(page).to_have_url(f"{site}/admin/samples/w2/")
    looked_at(page)
    drawn = {unit.unit.credit_code for unit in Sample.objects.get(wave__code="w2").units.select_related("unit")}
    kept = drawn & {case.sample_unit.unit.credit_code for case in cases}
    assert (len(drawn), 0.5 < len(kept) / len(drawn) < 0.9) == (24, True)

    page.goto(f"{site}{reverse('wave_open', args=['w2'])}")
    replaced(page, lambda: page.click("form [type=submit].default"))
    page.goto(
        f"{site}{reverse('mailing_new', args=['w2'])}?purpose=invitation&channel=own&otherwise=letter&language=own"
    )
    looked_at(page)
    page.click("[name=prepare]")
    page.wait_for_url(f"{site}/admin/mailings/*/")
    work_off_before(page)
    assert MailingRow.objects.filter(mailing__wave__code="w2", state="waiting").count() == 24
    page.goto(
        f"{site}{reverse('firm_page', args=[Firm.objects.get(credit_code=cases[0].sample_unit.unit.credit_code).pk])}"
    )
    last_year = {"zh-CN": "第一轮", "en": "Wave one"}[locale]
    expect(page.locator("#content")).to_contain_text(last_year)
    looked_at(page)
