"""A session keys for a firm only as long as the officer who began it is there and may."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest
from django.test import RequestFactory

from survey.instrument.answers import parse_page
from survey.models import Case, Response, StaffAction
from survey.services.answers.responses import PageInput, save_answers
from survey.terms import Channel, Role
from survey.views.respondent.keying_session import (
    SESSION_KEY,
    Keying,
    keying_has_ended,
    keying_of,
    save_as_given,
    submit_as_given,
)
from tests.tiny_survey import TINY

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(office_user: Callable[[Role | str], User]) -> User:
    return office_user(Role.FIELD_OFFICER)


def request_of(rf: RequestFactory, user: Any, held: Any) -> HttpRequest:
    request: Any = rf.get("/")
    request.user, request.session = user, {SESSION_KEY: held} if held is not None else {}
    return request  # type: ignore[no-any-return]


def begun_by(user: User) -> dict[str, Any]:
    return {"id": 7, "keyed_by": user.pk, "channel": "paper"}


def test_officer_keys_for_the_case_by_the_channel_that_was_named(rf: RequestFactory, officer: User) -> None:
    request = request_of(rf, officer, begun_by(officer))
    assert keying_of(request) == Keying(officer=officer, channel=Channel.PAPER, case_id=7)
    assert not keying_has_ended(request, begun_by(officer))


@pytest.mark.parametrize("held", [None, 7, {"id": 7}])
def test_session_of_a_firm_keys_nothing(rf: RequestFactory, officer: User, held: Any) -> None:
    assert keying_of(request_of(rf, officer, held)) is None
    assert not keying_has_ended(request_of(rf, officer, held), held if isinstance(held, dict) else {})


def test_another_officer_does_not_go_on_in_the_name_of_the_first(
    rf: RequestFactory, officer: User, office_user: Callable[[Role | str], User]
) -> None:
    others: list[Any] = [office_user(Role.ADMINISTRATOR), AnonymousUser()]
    for other in others:
        assert keying_of(request_of(rf, other, begun_by(officer))) is None
        assert keying_has_ended(request_of(rf, other, begun_by(officer)), begun_by(officer))


@pytest.mark.parametrize("lost", ["is_active", "is_staff", "groups"])
def test_right_that_is_taken_away_ends_the_keying(rf: RequestFactory, officer: User, lost: str) -> None:
    if lost == "groups":
        officer.groups.clear()
    else:
        User.objects.filter(pk=officer.pk).update(**{lost: False})
    # Read anew, as every request does: a user keeps the permissions that it was asked for once.
    user = User.objects.get(pk=officer.pk)
    assert keying_of(request_of(rf, user, begun_by(officer))) is None


def test_page_is_saved_by_the_officer_who_keys_and_otherwise_by_the_firm(
    rf: RequestFactory, officer: User, case: Case
) -> None:
    page = TINY.pages["p"]
    channels = []
    for held in (None, begun_by(officer)):
        stored = Response.objects.filter(case=case).first()
        parsed = parse_page(page, {"q_severity": ["4"], "q_share": ["12"]})
        given = PageInput(page=page, parsed=parsed, revision=stored.revision if stored else 0)
        save_as_given(request_of(rf, officer, held), case, given, draft=False)
        channels.append(Response.objects.get(case=case).channel)
    assert channels == ["web", "paper"]
    assert StaffAction.objects.get(verb="key_answers").actor == officer


def test_answers_are_submitted_by_the_officer_who_keys_and_otherwise_by_the_firm(
    rf: RequestFactory, officer: User, cases: list[Case]
) -> None:
    page = TINY.pages["p"]
    for case, held in zip(cases, (None, begun_by(officer)), strict=False):
        given = PageInput(page=page, parsed=parse_page(page, {"q_severity": ["4"], "q_share": ["12"]}))
        revision = save_answers(case=case, given=given).response.revision
        submit_as_given(request_of(rf, officer, held), case, f"key{case.pk}", revision)
    assert list(Response.objects.values_list("status", flat=True)) == ["submitted"] * 2
    assert [action.actor for action in StaffAction.objects.filter(verb="submit_keyed")] == [officer]
