"""The pages of the analysis plan: who may see and change it, and that every part goes in and out as it is."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from survey.instrument.plan.default import completed_plan
from survey.instrument.plan.plan import AnalysisPlan
from survey.models import Questionnaire, Survey
from survey.selectors.design.plan import read_plan
from survey.selectors.design.questionnaire import read_questionnaire
from survey.terms import AskedUnit, Role
from tests.instrument.plan.small import PLAN

PAGE = "/admin/questionnaires/small/plan/"
FORMS = [
    "names/",
    "protection/",
    "weighting/",
    *(f"{kind}/add/" for kind in ("scale", "theme", "indicator", "group", "table")),
]
POSTS = ["scale/take-over/", "scale/0/move/", "scale/0/remove/"]
KINDS = {"scale": "scales", "theme": "themes", "indicator": "indicators", "group": "groups", "table": "blocks"}


def test_page_shows_what_follows_from_the_questionnaire(designer: Client, small: Questionnaire) -> None:
    context = designer.get(PAGE).context
    derived = completed_plan(read_questionnaire(small.pk))
    assert [table["code"] for table in context["tables"]] == [table.code for table in derived.blocks]
    assert [section["is_derived"] for section in context["sections"]] == [True] * 6


def test_titles_that_follow_are_of_what_the_survey_asks(designer: Client, small: Questionnaire) -> None:
    of_firms = {table["title"] for table in designer.get(PAGE).context["tables"]}
    Survey.objects.update(asks=AskedUnit.LOCAL_UNIT)
    of_units = {table["title"] for table in designer.get(PAGE).context["tables"]}
    changed = {(before, before.replace("firm", "local unit")) for before in of_firms if "firm" in before}
    assert {before for before, _after in changed} == {
        "Severity by size of the firm",
        "Is it in use? by size of the firm",
    }
    assert of_units == {dict(changed).get(title, title) for title in of_firms}


def test_titles_are_taken_over_as_they_were_shown(designer: Client, small: Questionnaire) -> None:
    Survey.objects.update(asks=AskedUnit.LOCAL_UNIT)
    designer.post(f"{PAGE}group/take-over/", {"revision": 0})
    assert {group.code: group.text.en for group in read_plan(small.pk).groups}["size"] == "Size of the local unit"


def test_page_shows_the_designed_parts_in_their_order(designer: Client, planned: Questionnaire) -> None:
    sections = {section["kind"]: section for section in designer.get(PAGE).context["sections"]}
    for kind, field in KINDS.items():
        assert [line["code"] for line in sections[kind]["lines"]] == [part.code for part in getattr(PLAN, field)]


def test_page_shows_what_is_wrong(designer: Client, planned: Questionnaire) -> None:
    page = designer.get(PAGE).content.decode()
    assert "The questionnaire has no item “orders”." in page


def test_part_is_moved_and_removed(designer: Client, planned: Questionnaire) -> None:
    designer.post(f"{PAGE}table/0/move/", {"by": "1", "revision": 3})
    designer.post(f"{PAGE}table/3/remove/", {"revision": 4})
    assert [table.code for table in read_plan(planned.pk).blocks] == ["themes", "ranked", "numbers"]


def test_removal_is_told(designer: Client, planned: Questionnaire) -> None:
    page = designer.post(f"{PAGE}table/0/remove/", {"revision": 3}, follow=True).content.decode()
    assert "It is taken out of the plan." in page


def test_stale_removal_takes_nothing_out(designer: Client, planned: Questionnaire) -> None:
    designer.post(f"{PAGE}table/0/remove/", {"revision": 2})
    assert read_plan(planned.pk) == PLAN


def test_part_that_is_gone_is_told(designer: Client, planned: Questionnaire) -> None:
    page = designer.post(f"{PAGE}theme/7/remove/", {"revision": 3}, follow=True).content.decode()
    assert "is not there any more" in page


def test_derived_section_is_taken_over(designer: Client, small: Questionnaire) -> None:
    designer.post(f"{PAGE}group/take-over/", {"revision": 0})
    assert read_plan(small.pk) == AnalysisPlan(groups=completed_plan(read_questionnaire(small.pk)).groups)


@pytest.mark.parametrize("page", ["", *FORMS])
def test_designer_sees_every_page(designer: Client, small: Questionnaire, page: str) -> None:
    assert designer.get(PAGE + page).status_code == 200


@pytest.mark.parametrize("page", ["", *FORMS])
def test_viewer_and_nobody_are_refused(
    client: Client, small: Questionnaire, office_user: Callable[[Role], User], page: str
) -> None:
    address = PAGE + page
    assert client.get(address).headers["Location"] == f"{reverse('admin:login')}?next={address}"
    client.force_login(office_user(Role.VIEWER))
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("page", POSTS)
def test_change_by_the_wrong_person_or_method_is_refused(
    client: Client, planned: Questionnaire, office_user: Callable[[Role], User], page: str
) -> None:
    client.force_login(office_user(Role.ANALYST))
    assert client.post(PAGE + page, {"revision": 3}).status_code == 403
    client.force_login(office_user(Role.DESIGNER))
    assert client.get(PAGE + page).status_code == 405
    assert read_plan(planned.pk) == PLAN


@pytest.mark.parametrize("page", ["colour/add/", "theme/9/", "scale/0/"])
def test_unknown_part_is_not_found(designer: Client, small: Questionnaire, page: str) -> None:
    assert designer.get(PAGE + page).status_code == 404
