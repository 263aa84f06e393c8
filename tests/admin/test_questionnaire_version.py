"""Versions are published and retired by actions of the lists, and otherwise only looked at."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from survey.models import Item, Questionnaire, QuestionnaireVersion, Wave
from survey.services.design.publishing import publish_questionnaire
from survey.terms import VersionStatus


def run_action(client: Client, model: str, action: str, pk: int) -> Any:
    data = {"action": action, "_selected_action": [pk]}
    return client.post(reverse(f"admin:survey_{model}_changelist"), data, follow=True)


def test_action_publishes(designer: Client, small: Questionnaire) -> None:
    run_action(designer, "questionnaire", "publish", small.pk)
    assert QuestionnaireVersion.objects.get().status == VersionStatus.TEST


def test_action_says_why_it_does_not_publish(designer: Client, small: Questionnaire) -> None:
    Item.objects.all().delete()
    response = run_action(designer, "questionnaire", "publish", small.pk)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert QuestionnaireVersion.objects.count() == 0


def test_action_retires_a_version(designer: Client, small: Questionnaire) -> None:
    version = publish_questionnaire(questionnaire=small, actor=None)
    run_action(designer, "questionnaireversion", "retire", version.pk)
    version.refresh_from_db()
    assert version.status == VersionStatus.RETIRED


def test_version_is_only_looked_at(designer: Client, small: Questionnaire) -> None:
    version = publish_questionnaire(questionnaire=small, actor=None)
    address = reverse("admin:survey_questionnaireversion_change", args=[version.pk])
    assert designer.get(address).status_code == 200
    assert designer.post(address, {"number": 7}).status_code == 403


@pytest.mark.parametrize(("status", "said"), [("closed", "success"), ("open", "error")])
def test_action_retires_no_version_that_collects(
    designer: Client, small: Questionnaire, wave: Wave, status: str, said: str
) -> None:
    version = publish_questionnaire(questionnaire=small, actor=None)
    Wave.objects.filter(pk=wave.pk).update(version=version, status=status)
    answer = run_action(designer, "questionnaireversion", "retire", version.pk)
    assert [message.level_tag for message in answer.context["messages"]] == [said]
    version.refresh_from_db()
    assert (version.status == VersionStatus.RETIRED) is (said == "success")


def test_list_of_questionnaires_names_the_newest_version_and_leads_to_print(
    designer: Client, small: Questionnaire
) -> None:
    address = reverse("admin:survey_questionnaire_changelist")
    before = designer.get(address).content.decode()
    publish_questionnaire(questionnaire=small, actor=None)
    cell = '<td class="field-newest_version">v1</td>'
    assert [cell in page for page in (before, designer.get(address).content.decode())] == [False, True]
    assert reverse("questionnaire_print", args=[small.code]) in before


def test_list_of_versions_shows_the_head_of_the_digest_and_leads_to_print(
    designer: Client, small: Questionnaire
) -> None:
    version = publish_questionnaire(questionnaire=small, actor=None)
    page = designer.get(reverse("admin:survey_questionnaireversion_changelist")).content.decode()
    assert f'<td class="field-short_digest">{version.digest[:12]}</td>' in page
    assert reverse("version_print", args=[small.code, 1]) in page
