"""Microdata are sent to those with the right to them, and it is written down."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import User
from django.test import Client

from survey.models import SamplingFrame, StaffAction, Wave
from survey.terms import Role
from tests.answered import answered_wave, sampled_wave
from tests.working import exported

EXPORT = "/admin/microdata/"


@pytest.fixture
def answered(wave: Wave, frame: Callable[..., SamplingFrame]) -> Any:
    return answered_wave(wave, frame, firms=60, sample=30, answers=12)


@pytest.mark.parametrize("role", [Role.METHODOLOGIST, Role.ADMINISTRATOR])
def test_microdata_are_sent_to(answered: Any, client: Client, office_user: Callable[[Role], User], role: Role) -> None:
    client.force_login(office_user(role))
    response = exported(client, EXPORT, {"wave": "w1", "words": "on"})
    assert response["Content-Disposition"] == 'attachment; filename="w1-working-microdata.zip"'
    table = ZipFile(BytesIO(response.content)).read("w1-working-microdata.csv").decode("utf-8-sig")
    assert (len(table.splitlines()), "I_comment" in table.splitlines()[0]) == (13, True)
    action = StaffAction.objects.get(verb="export_microdata")
    assert (str(action.actor), action.detail["with_words"]) == (f"{role.value}_1", True)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.VIEWER, Role.FIELD_OFFICER, Role.DESIGNER])
def test_microdata_are_refused_to(
    answered: Any, client: Client, office_user: Callable[[Role], User], role: Role
) -> None:
    client.force_login(office_user(role))
    assert client.post(EXPORT, {"wave": "w1"}).status_code == 403
    assert not StaffAction.objects.filter(verb="export_microdata").exists()


def test_button_is_on_the_page_of_working_figures(
    answered: Any, client: Client, office_user: Callable[[Role], User]
) -> None:
    client.force_login(office_user(Role.METHODOLOGIST))
    assert EXPORT in client.get("/admin/dashboard/working/?chapter=all").content.decode()


def test_wave_without_answers_is_refused_with_a_sentence(
    wave: Wave, frame: Callable[..., SamplingFrame], client: Client, office_user: Callable[[Role], User]
) -> None:
    sampled_wave(wave, frame(), 24)
    client.force_login(office_user(Role.METHODOLOGIST))
    client.cookies["django_language"] = "en"
    page = exported(client, EXPORT, {"wave": "w1"}).content.decode()
    assert "Fewer than two firms answered" in page
