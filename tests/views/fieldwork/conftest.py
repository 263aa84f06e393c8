"""The officer who works on firms in the tests of this room, and what the office works on."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from survey.instrument.schema import Questionnaire as Schema
from survey.models import CallList, Case, QuestionnaireVersion, Response, SamplingFrame, Wave
from survey.services.casework.calling import make_call_list
from survey.terms import Role
from tests.answered import ITEMS, answered_wave, in_another_version
from tests.calling import called_wave
from tests.every_type import EVERY_TYPE
from tests.views.fieldwork.queue import SPEND
from tests.waves import version_of


@pytest.fixture
def officer(as_role: Callable[[Role], Client], office_user: Callable[[Role | str], User]) -> User:
    """A field officer who is logged in and reads English."""
    as_role(Role.FIELD_OFFICER)
    return office_user(Role.FIELD_OFFICER)


@pytest.fixture
def called(wave: Wave, frame: Callable[..., SamplingFrame], officer: User) -> Wave:
    """A wave that is called after, with its rule."""
    called_wave(wave, frame, officer)
    return Wave.objects.get(pk=wave.pk)


@pytest.fixture
def made(called: Wave, officer: User) -> CallList:
    """The first list of calls of that wave."""
    return make_call_list(wave=called, actor=officer)


@pytest.fixture
def odd(wave: Wave, frame: Callable[..., SamplingFrame], officer: User) -> list[Response]:
    """Sixty firms spend 10 each, but the first two of these spend 5,000 and 400."""
    answered_wave(wave, frame, firms=120, sample=80, answers=60)
    version = in_another_version(wave, *ITEMS, SPEND)
    responses = list(Response.objects.order_by("-id"))
    for response, spend in zip(responses, [5000, 400, *[10] * 58], strict=True):
        response.answers, response.version = {**response.answers, "F1_spend": spend}, version
        response.save()
    return responses[:2]


@pytest.fixture
def proof_required(case: Case, settings: Settings, tmp_path: Path) -> None:
    """The questionnaire asks every firm for a file."""
    settings.MEDIA_ROOT = tmp_path
    schema = EVERY_TYPE.to_dict()
    proof = next(item for item in schema["sections"][1]["pages"][1]["items"] if item["code"] == "proof")
    proof |= {"required": "true()", "missing": ["refused"]}
    digest = Schema.from_dict(schema).digest
    asking = QuestionnaireVersion.objects.create(
        questionnaire=version_of(case.wave).questionnaire, number=2, schema=schema, digest=digest
    )
    Wave.objects.update(version=asking)


@pytest.fixture
def in_english(client: Client, db: None) -> None:
    """Whoever uses the browser reads English."""
    client.cookies["django_language"] = "en"
