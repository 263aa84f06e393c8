"""Every kind of office page for everyone: nothing serious for axe, nothing that scrolls the page sideways on a phone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from survey.instrument.schema import Text
from survey.models import Item, Questionnaire, QuestionnaireVersion, Response, SamplingFrame, Wave
from survey.services.design.questionnaire_loading import load_questionnaire
from survey.services.fieldwork.sampling import draw_sample
from survey.services.roles import give_role
from survey.terms import Role
from tests.browser.conftest import DESK, PHONE
from tests.browser.office import PASSWORD, sign_in
from tests.browser.respondent import replaced, scrolls_sideways, serious_findings
from tests.every_type import EVERY_TYPE, give_every_type

FACES = [("zh-CN", "light", PHONE), ("en", "dark", DESK)]
"""Each language once, each colour scheme once, each width once."""


@pytest.fixture
def office(
    site: str, wave: Wave, frame: Callable[..., SamplingFrame], office_user: Callable[[Role | str], User], english: None
) -> Wave:
    """The wave of every item type with a draft that can be edited, a sample, one answer, and one person of all roles."""
    version = give_every_type(wave)
    load_questionnaire(content=EVERY_TYPE, survey=wave.survey, replace=True, actor=None)
    draw_sample(wave=wave, frame=frame(), size=24, method="proportional", seed=5, actor=None)
    case = wave.cases.all()[0]
    Response.objects.create(case=case, version=version, answers={"employees": 20, "has_cloud": "no"})
    planned = {"survey": wave.survey, "opens_at": wave.opens_at, "closes_at": wave.closes_at, "version": version}
    Wave.objects.create(code="w2", title=Text("第二轮", "Wave two"), status="planned", **planned)
    user = office_user(Role.ADMINISTRATOR)
    for role in Role:
        give_role(user=user, role=role)
    user.set_password(PASSWORD)
    user.save()
    return wave


def addresses(wave: Wave) -> list[str]:
    """Office pages, without the part that they share."""
    case, response = wave.cases.all()[0], Response.objects.get()
    item, designed = Item.objects.get(code="place"), Questionnaire.objects.get()
    version = QuestionnaireVersion.objects.get()
    changed = {"questionnaire": designed.pk, "page": item.page_id, "item": item.pk, "questionnaireversion": version.pk}
    changed |= {"wave": Wave.objects.get(code="w2").pk, "survey": wave.survey_id}
    return [
        "", "frame-import/", "sample/draw/", "cases/", "cases/?text=nobody", "dashboard/", "waves/w1/close/",
        "samples/w1/", "waves/w1/progress/", "cases/work/", "editing/", "acceptance/", "firms/", "classifications/", "waves/w1/mailings/",
        "waves/w2/open/", "auth/user/", "auth/user/add/", "survey/staffaction/",
        "questionnaires/every_type/publish/", "questionnaires/every_type/print/", "questionnaires/every_type/compare/",
        "questionnaires/every_type/concepts/", "questionnaires/xlsform/", "questionnaires/every_type/v1/test/",
        f"auth/user/{User.objects.get().pk}/change/", f"cases/{case.pk}/", f"cases/{case.pk}/offline/", f"cases/{case.pk}/answers/{response.pk}/",
        *(f"survey/{model}/{key}/change/" for model, key in changed.items()),
    ]  # fmt: skip


def preview_bulk_action(page: Page, site: str) -> None:
    page.goto(f"{site}/admin/cases/")
    page.check("[name=all]")
    page.select_option("#action", "close")
    replaced(page, lambda: page.click(".action-bar [type=submit]"))
    expect(page).to_have_url(re.compile("/cases/action/$"))


def preview_sample(page: Page, site: str) -> None:
    page.goto(f"{site}/admin/sample/draw/")
    page.select_option("#id_wave", index=1)
    page.select_option("#id_frame", index=1)
    page.fill("#id_size", "24")
    replaced(page, lambda: page.click("[name=preview]"))
    expect(page.locator("#allocation")).to_be_visible()


def fill_in_as_a_test(page: Page, site: str) -> None:
    page.goto(f"{site}/admin/questionnaires/every_type/v1/test/")
    replaced(page, lambda: page.click("#content form [type=submit]"))
    replaced(page, lambda: page.click("#main form .btn-primary"))
    expect(page.locator("#summary")).to_be_visible()


STEPS: dict[str, Callable[[Page, str], None]] = {
    "preview of a bulk action": preview_bulk_action,
    "preview of a sample": preview_sample,
    "test with errors": fill_in_as_a_test,
}


@pytest.mark.parametrize(("locale", "scheme", "viewport"), FACES, ids=["phone", "desk"])
def test_office_pages_are_for_everyone(
    open_page: Callable[..., Page], site: str, office: Wave, locale: Any, scheme: Any, viewport: Any
) -> None:
    page = open_page(locale=locale, color_scheme=scheme, viewport=viewport)
    sign_in(page, site, f"{Role.ADMINISTRATOR.value}_1")
    findings = {}
    for address in addresses(office):
        answer = page.goto(f"{site}/admin/{address}")
        findings[address] = (answer and answer.status, serious_findings(page), scrolls_sideways(page))
    for name, step in STEPS.items():
        step(page, site)
        findings[name] = (200, serious_findings(page), scrolls_sideways(page))
    assert findings == {name: (200, [], False) for name in findings}
