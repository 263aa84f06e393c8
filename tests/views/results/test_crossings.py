"""A crossing that is missing is asked for by an analyst, and taken up into the plan or declined with a reason."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User

from survey.models import CrossingRequest, SamplingFrame, StaffAction, Wave
from survey.selectors.design.plan import read_plan
from survey.services.results.cuts import make_cut
from survey.terms import Role
from tests.answered import answered_wave

ASK, LIST = "/admin/dashboard/crossings/ask/", "/admin/dashboard/crossings/"
PAIR = {"wave": "w1", "first": "size", "second": "district", "reason": "Report to the city"}


@pytest.fixture
def answered(wave: Wave, frame: Callable[..., SamplingFrame]) -> Wave:
    answered_wave(wave, frame, firms=120, sample=80, answers=40)
    make_cut(wave=wave, actor=None)
    return wave


def test_analyst_asks_once(answered: Wave, as_role: Any) -> None:
    analyst = as_role(Role.ANALYST)
    said = [analyst.post(ASK, PAIR, follow=True).content.decode() for _again in range(2)]
    assert ["passed on" in said[0], "asked for this crossing already" in said[1]] == [True, True]
    request = CrossingRequest.objects.get()
    assert (request.first, request.second, request.reason) == ("district", "size", "Report to the city")
    assert StaffAction.objects.get(verb="ask_for_crossing").detail == {"first": "district", "second": "size"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"first": "district"}, "needs two groups"),
        ({"first": "x"}, "Only groups of the list of firms"),
        ({"reason": " "}, "has no reason"),
    ],
)
def test_request_that_cannot_be_is_refused_with_a_sentence(
    answered: Wave, as_role: Any, changed: dict[str, str], said: str
) -> None:
    page = as_role(Role.ANALYST).post(ASK, {**PAIR, **changed}, follow=True).content.decode()
    assert (said in page, CrossingRequest.objects.exists()) == (True, False)


def asked_by(user: User, wave: Wave) -> CrossingRequest:
    return CrossingRequest.objects.create(wave=wave, first="district", second="size", reason="r", asked_by=user)


def test_designer_puts_it_into_the_plan_that_is_being_designed(
    answered: Wave, as_role: Any, office_user: Callable[[Role | str], User]
) -> None:
    asked = asked_by(office_user(Role.ANALYST), answered)
    designer = as_role(Role.DESIGNER)
    assert "Put it into the plan" in designer.get(LIST).content.decode()
    designer.post(f"{LIST}{asked.pk}/answer/", {"take_up": ""})
    asked.refresh_from_db()
    assert answered.version is not None
    assert (asked.state, ("district", "size") in read_plan(answered.version.questionnaire_id).crossings) == (
        "taken_up",
        True,
    )


def test_methodologist_declines_with_a_reason_and_cannot_take_up(
    answered: Wave, as_role: Any, office_user: Callable[[Role | str], User]
) -> None:
    asked = asked_by(office_user(Role.ANALYST), answered)
    methodologist, address = as_role(Role.METHODOLOGIST), f"{LIST}{asked.pk}/answer/"
    assert methodologist.post(address, {"take_up": ""}).status_code == 403
    methodologist.post(address, {"decline": "", "answer": " "})
    asked.refresh_from_db()
    assert asked.state == "open"
    methodologist.post(address, {"decline": "", "answer": "Too fine"})
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == ("declined", "Too fine")
    assert "Too fine" in methodologist.get(LIST).content.decode()


def test_empty_list_says_where_to_ask(wave: Wave, as_role: Any) -> None:
    assert "Nobody has asked for a crossing." in as_role(Role.ANALYST).get(LIST).content.decode()
