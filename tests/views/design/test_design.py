"""All questions in print, and the check before publishing: the right person, the wrong one, nobody."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from survey.instrument.schema import Text
from survey.models import AnalysisPlan, Item, Questionnaire, QuestionnaireVersion, Survey
from survey.services.design.publishing import publish_questionnaire
from survey.terms import AskedUnit, Role

PRINT = "/admin/questionnaires/small/print/"
PUBLISH = "/admin/questionnaires/small/publish/"


def test_print_shows_every_question_and_the_statutory_header(designer: Client, small: Questionnaire) -> None:
    page = designer.get(PRINT, {"language": "en"}).content.decode()
    for text in ("How serious is it?", "Is it in use?", "T1", "2026-1", "Bureau of Statistics", "2099"):
        assert text in page


def test_print_follows_the_language_asked_for(designer: Client, small: Questionnaire) -> None:
    page = designer.get(PRINT, {"language": "zh"}).content.decode()
    assert ('lang="zh-hans"' in page, "有多严重？" in page, "统计局" in page) == (True, True, True)


def test_print_of_a_version_shows_what_was_published(designer: Client, small: Questionnaire) -> None:
    publish_questionnaire(questionnaire=small, actor=None)
    Item.objects.filter(code="uses").update(text=Text("是否使用？", "Changed since"))
    page = designer.get("/admin/questionnaires/small/v1/print/", {"language": "en"}).content.decode()
    assert ("Is it in use?" in page, "Changed since" in page) == (True, False)


@pytest.mark.parametrize("address", [PRINT, "/admin/questionnaires/small/v1/print/"])
def test_print_of_a_survey_of_local_units_tells_of_these(designer: Client, small: Questionnaire, address: str) -> None:
    publish_questionnaire(questionnaire=small, actor=None)
    of_firms = designer.get(address, {"language": "en"}).content.decode()
    Survey.objects.update(asks=AskedUnit.LOCAL_UNIT.value)
    of_units = designer.get(address, {"language": "en"}).content.decode()
    assert ("local unit" in of_firms, "local unit" in of_units) == (False, True)


@pytest.mark.parametrize("address", ["/admin/questionnaires/none/print/", "/admin/questionnaires/small/v9/print/"])
def test_unknown_questionnaire_or_version_is_not_found(designer: Client, small: Questionnaire, address: str) -> None:
    assert designer.get(address).status_code == 404


@pytest.mark.parametrize("address", [PRINT, PUBLISH])
def test_viewer_is_refused(
    client: Client, office_user: Callable[[Role | str], User], small: Questionnaire, address: str
) -> None:
    client.force_login(office_user(Role.VIEWER))
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("address", [PRINT, PUBLISH])
def test_nobody_is_sent_to_the_login_page(client: Client, small: Questionnaire, address: str) -> None:
    assert client.get(address).headers["Location"] == f"{reverse('admin:login')}?next={address}"


def test_print_refuses_a_post(designer: Client, small: Questionnaire) -> None:
    assert designer.post(PRINT).status_code == 405


def test_check_shows_what_is_to_be_mended_and_offers_no_publishing(
    designer: Client, small: Questionnaire, english: None
) -> None:
    Item.objects.filter(code="uses").update(relevant="${later} = 1")
    response = designer.get(PUBLISH, headers={"accept-language": "en"})
    assert [finding.place for finding in response.context["findings"]] == ["uses relevant"]
    assert b'value="Publish"' not in response.content


def test_check_alone_publishes_nothing(designer: Client, small: Questionnaire) -> None:
    designer.get(PUBLISH)
    assert QuestionnaireVersion.objects.count() == 0


def test_post_publishes_and_leads_to_the_version(
    designer: Client, small: Questionnaire, office_user: Callable[[Role | str], User]
) -> None:
    response = designer.post(PUBLISH)
    version = QuestionnaireVersion.objects.get()
    assert response.headers["Location"] == reverse("admin:survey_questionnaireversion_change", args=[version.pk])
    assert version.published_by == office_user(Role.DESIGNER)


def test_post_with_errors_leads_back_to_the_check(designer: Client, small: Questionnaire) -> None:
    Item.objects.filter(code="uses").update(relevant="${later} = 1")
    assert designer.post(PUBLISH).headers["Location"] == PUBLISH
    assert QuestionnaireVersion.objects.count() == 0


def test_check_says_that_nothing_is_new(designer: Client, small: Questionnaire) -> None:
    version = publish_questionnaire(questionnaire=small, actor=None)
    assert designer.get(PUBLISH).context["same"] == version


def test_check_tells_how_long_it_takes(designer: Client, small: Questionnaire) -> None:
    designer.cookies["django_language"] = "en"
    page = designer.get(PUBLISH).content.decode()
    assert "With every question asked it takes about 0 minutes to read and answer; the notice says 10." in page


def test_check_shows_what_is_wrong_with_the_plan_and_offers_no_publishing(
    designer: Client, small: Questionnaire
) -> None:
    AnalysisPlan.objects.create(questionnaire=small, content={"threshold": {"firms": 2}})
    response = designer.get(PUBLISH)
    assert [finding.place for finding in response.context["plan_findings"]] == ["Protection firms"]
    assert b'value="Publish"' not in response.content
