"""A trial is kept in the session of the designer, one for each version, and knows no case."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory

from survey.models import QuestionnaireVersion
from survey.views.design.trial import SESSION_KEY, end_trial, keep_trial, new_trial, trial_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_() -> HttpRequest:
    made = RequestFactory().get("/")
    made.session = SessionStore()
    return made


def kept(request: HttpRequest) -> Mapping[str, Any]:
    return dict(request.session[SESSION_KEY])


def test_trial_comes_back_as_it_was_kept(version: QuestionnaireVersion, request_: HttpRequest) -> None:
    assert trial_of(request_, version) is None
    facts = {"frame_employees": 20}
    tried = replace(new_trial(version), facts=facts, answers={"employees": 20}, visited=("firm", "choices", "firm"))
    keep_trial(request_, version, tried)
    again = trial_of(request_, version)
    assert again == replace(tried, visited=("firm", "choices"))
    assert request_.session.modified


def test_trial_of_one_version_ends_without_another(version: QuestionnaireVersion, request_: HttpRequest) -> None:
    other = QuestionnaireVersion.objects.create(
        questionnaire=version.questionnaire, number=2, schema=version.schema, digest="other"
    )
    for one in (version, other):
        keep_trial(request_, one, new_trial(one))
    end_trial(request_, version)
    end_trial(request_, version)
    assert (trial_of(request_, version), list(kept(request_))) == (None, [str(other.pk)])


def test_trial_is_asked_as_a_firm_is(version: QuestionnaireVersion) -> None:
    tried = replace(new_trial(version), answers={"has_cloud": "yes"})
    assert [page.page.code for page in tried.route.pages] == ["firm", "choices", "amounts", "words"]
    assert (tried.is_shown("second"), tried.notes.about) == (True, {})
