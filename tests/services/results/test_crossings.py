"""A crossing is asked for once, and answered once: taken up into the plan that is being designed, or declined."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User

from survey.instrument.plan.default import completed_plan
from survey.instrument.plan.plan import AnalysisPlan
from survey.models import CrossingRequest, SamplingFrame, StaffAction, Wave
from survey.selectors.design.plan import read_draft, read_plan
from survey.services.design.plan import change_plan
from survey.services.results.crossings import (
    CrossingRefusedError,
    ask_for_crossing,
    decline_crossing,
    is_planned,
    take_crossing_up,
)
from survey.terms import Role
from tests.answered import PLAN, SCHEMA, sampled_wave
from tests.interrupted import half_written
from tests.waves import version_of

pytestmark = pytest.mark.django_db
WHOLE = completed_plan(SCHEMA, PLAN)
BOTH = ("district", "size")


@pytest.fixture
def asked_wave(wave: Wave, frame: Callable[..., SamplingFrame]) -> Wave:
    return sampled_wave(wave, frame(), 24)


@pytest.fixture
def analyst(office_user: Callable[[Role | str], User]) -> User:
    return office_user(Role.ANALYST)


def ask(wave: Wave, actor: User, plan: AnalysisPlan = WHOLE, **given: str) -> CrossingRequest:
    asked = {"first": "size", "second": "district", "reason": " For the city. ", **given}
    return ask_for_crossing(wave=wave, plan=plan, actor=actor, **asked)


def refusal(do: Callable[[], Any]) -> str:
    with pytest.raises(CrossingRefusedError) as refused:
        do()
    return refused.value.code


def test_crossing_is_asked_for_in_one_order_with_who_and_why(asked_wave: Wave, analyst: User) -> None:
    made = ask(asked_wave, analyst)
    assert (made.first, made.second, made.reason, made.asked_by, made.state) == (
        "district", "size", "For the city.", analyst, "open",
    )  # fmt: skip
    assert StaffAction.objects.get(verb="ask_for_crossing").detail == {"first": "district", "second": "size"}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"first": "x"}, "not_of_frame"),
        ({"first": "district"}, "one_group"),
        ({"reason": " "}, "no_reason"),
    ],
)
def test_request_that_says_nothing_is_refused(
    asked_wave: Wave, analyst: User, given: dict[str, Any], code: str
) -> None:
    assert refusal(lambda: ask(asked_wave, analyst, **given)) == code
    assert not CrossingRequest.objects.exists()


def test_crossing_that_is_planned_or_asked_for_is_refused_until_it_is_answered(asked_wave: Wave, analyst: User) -> None:
    [(first, second), *_others] = WHOLE.crossings
    assert refusal(lambda: ask(asked_wave, analyst, first=second, second=first)) == "planned_already"
    made = ask(asked_wave, analyst)
    assert refusal(lambda: ask(asked_wave, analyst)) == "asked_already"
    decline_crossing(request=made, answer="Too fine.", actor=analyst)
    assert ask(asked_wave, analyst).pk != made.pk


def test_crossing_is_planned_in_either_order() -> None:
    [(first, second), *_others] = WHOLE.crossings
    assert (is_planned(WHOLE, first, second), is_planned(WHOLE, second, first)) == (True, True)
    assert not is_planned(WHOLE, "district", "size")


def test_request_is_declined_with_a_reason_and_once(asked_wave: Wave, analyst: User) -> None:
    made = ask(asked_wave, analyst)
    assert refusal(lambda: decline_crossing(request=made, answer=" ", actor=analyst)) == "no_answer"
    decline_crossing(request=made, answer=" Too fine. ", actor=analyst)
    made.refresh_from_db()
    assert (made.state, made.answer, made.answered_by, made.answered_at is not None) == (
        "declined", "Too fine.", analyst, True,
    )  # fmt: skip
    assert refusal(lambda: take_crossing_up(request=made, actor=analyst)) == "answered_already"


def test_crossing_that_is_taken_up_stands_beside_those_of_the_plan_once(asked_wave: Wave, analyst: User) -> None:
    made = ask(asked_wave, analyst)
    questionnaire = version_of(asked_wave).questionnaire_id
    take_crossing_up(request=made, actor=analyst)
    made.refresh_from_db()
    assert made.state == "taken_up"
    crossings = read_plan(questionnaire).crossings
    assert crossings[-1] == BOTH
    take_crossing_up(request=ask(asked_wave, analyst), actor=analyst)
    assert read_plan(questionnaire).crossings == crossings


def test_crossing_of_a_wave_without_a_version_is_not_taken_up(asked_wave: Wave, analyst: User) -> None:
    made = ask(asked_wave, analyst)
    Wave.objects.update(version=None)
    made.refresh_from_db()
    assert refusal(lambda: take_crossing_up(request=CrossingRequest.objects.get(), actor=analyst)) == "not_in_draft"
    assert CrossingRequest.objects.get().state == "open"


def test_crossing_of_a_group_that_the_draft_lacks_is_not_taken_up(asked_wave: Wave, analyst: User) -> None:
    made, questionnaire = ask(asked_wave, analyst), version_of(asked_wave).questionnaire
    draft = read_draft(questionnaire.pk)
    without = replace(WHOLE, groups=tuple(group for group in WHOLE.groups if group.code != "size"), crossings=())
    change_plan(questionnaire=questionnaire, plan=without, revision=draft.revision, actor=analyst)
    assert refusal(lambda: take_crossing_up(request=made, actor=analyst)) == "not_in_draft"
    assert (CrossingRequest.objects.get().state, read_plan(questionnaire.pk).crossings) == ("open", ())


def test_crossing_of_the_only_two_groups_of_the_draft_is_taken_up(asked_wave: Wave, analyst: User) -> None:
    made, questionnaire = ask(asked_wave, analyst), version_of(asked_wave).questionnaire
    draft = read_draft(questionnaire.pk)
    both = replace(WHOLE, groups=tuple(group for group in WHOLE.groups if group.code in BOTH), crossings=())
    change_plan(questionnaire=questionnaire, plan=both, revision=draft.revision, actor=analyst)
    take_crossing_up(request=made, actor=analyst)
    assert read_plan(questionnaire.pk).crossings[-1] == BOTH


def test_crossing_is_asked_for_declined_and_taken_up_whole_or_not_at_all(asked_wave: Wave, analyst: User) -> None:
    assert half_written(lambda: ask(asked_wave, analyst)) == []
    declined = CrossingRequest.objects.get()
    assert half_written(lambda: decline_crossing(request=declined, answer="Too fine.", actor=analyst)) == []
    made = ask(asked_wave, analyst)
    assert half_written(lambda: take_crossing_up(request=made, actor=analyst)) == []
