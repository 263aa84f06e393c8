"""The rule of calling stands once it was used; a list is made by it, once, from what has come in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User

from survey.casework_terms import CallReason
from survey.models import CallingPlan, Case, Contact, ListedCall, SamplingFrame, StaffAction, Wave
from survey.selectors.results.next_calls import NextCalls, next_calls
from survey.services.casework import calling
from survey.services.casework.calling import CallingError, fix_calling_plan, make_call_list
from tests.calling import CHOICE, called_wave, silent
from tests.interrupted import half_written


@pytest.fixture
def officer(db: None) -> User:
    return User.objects.create(username="officer")


@pytest.fixture
def plan(wave: Wave, frame: Callable[..., SamplingFrame], officer: User) -> CallingPlan:
    return called_wave(wave, frame, officer)


def test_list_holds_silent_firms_once_with_a_tenth_at_random(plan: CallingPlan, officer: User) -> None:
    made = make_call_list(wave=plan.wave, actor=officer)
    calls = list(made.calls.order_by("place"))
    assert [call.place for call in calls] == list(range(1, 31))
    assert {call.case_id for call in calls} <= {case.pk for case in silent(plan.wave)}
    assert len({call.case_id for call in calls}) == 30
    assert sum(call.reason == CallReason.RANDOM.value for call in calls) == 3


def test_list_says_what_its_calls_are_expected_to_gain(plan: CallingPlan, officer: User) -> None:
    made = make_call_list(wave=plan.wave, actor=officer)
    assert (made.number, made.answered, made.advice) == (1, 40, "call")
    assert 0 < made.expected < made.error
    assert {labels["zh"] != "" for _code, labels, _error, _expected in made.figures} == {True}
    assert sum(row[4] for row in made.classes) == 30


def test_lists_of_a_wave_are_numbered(plan: CallingPlan, officer: User) -> None:
    assert [make_call_list(wave=plan.wave, actor=officer).number for _ in range(2)] == [1, 2]


def test_same_answers_and_seed_give_the_same_list(plan: CallingPlan, officer: User) -> None:
    made = make_call_list(wave=plan.wave, actor=officer)
    first = list(made.calls.values_list("case", "reason"))
    made.delete()
    assert list(make_call_list(wave=plan.wave, actor=officer).calls.values_list("case", "reason")) == first


def test_refused_and_firms_without_a_telephone_are_not_called(plan: CallingPlan, officer: User) -> None:
    without, refused = silent(plan.wave)[:2]
    Contact.objects.filter(unit=without.sample_unit.unit).update(phone="")
    Case.objects.filter(pk=refused.pk).update(disposition="refusal", status="finalised")
    CallingPlan.objects.update(size=100)
    listed = set(make_call_list(wave=plan.wave, actor=officer).calls.values_list("case", flat=True))
    assert listed == {case.pk for case in silent(plan.wave)} - {without.pk, refused.pk}


def test_rule_is_changed_until_the_first_list_and_keeps_its_seed(plan: CallingPlan, officer: User) -> None:
    changed = fix_calling_plan(wave=plan.wave, choice=CHOICE, seed=99, actor=officer)
    assert (changed.pk, changed.seed) == (plan.pk, 7)
    make_call_list(wave=plan.wave, actor=officer)
    with pytest.raises(CallingError) as refused:
        fix_calling_plan(wave=plan.wave, choice=CHOICE, seed=7, actor=officer)
    assert refused.value.complaint.code == "already_calling"
    assert StaffAction.objects.filter(verb="fix_calling_plan").count() == 2


def test_list_by_a_rule_that_changed_meanwhile_is_not_kept(
    plan: CallingPlan, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def while_it_changes(*given: Any) -> NextCalls:
        fix_calling_plan(wave=plan.wave, choice=CHOICE, seed=7, actor=officer)
        return next_calls(*given)

    monkeypatch.setattr(calling, "next_calls", while_it_changes)
    with pytest.raises(CallingError) as refused:
        make_call_list(wave=plan.wave, actor=officer)
    assert refused.value.complaint.code == "rule_changed"
    assert plan.wave.call_lists.count() == 0


def test_wave_without_a_rule_or_that_is_over_gets_no_list(plan: CallingPlan, officer: User) -> None:
    wave = plan.wave
    Wave.objects.filter(pk=wave.pk).update(status="closed")
    with pytest.raises(CallingError) as refused:
        make_call_list(wave=Wave.objects.get(pk=wave.pk), actor=officer)
    assert refused.value.complaint.code == "not_collecting"
    plan.delete()
    with pytest.raises(CallingError) as refused:
        make_call_list(wave=Wave.objects.get(pk=wave.pk), actor=officer)
    assert refused.value.complaint.code == "no_rule"


def test_too_few_answers_are_said(wave: Wave, cases: list[Case], officer: User) -> None:
    fix_calling_plan(wave=wave, choice=CHOICE, seed=1, actor=officer)
    with pytest.raises(CallingError) as refused:
        make_call_list(wave=wave, actor=officer)
    assert refused.value.complaint.code == "too_few_answers"
    assert not ListedCall.objects.exists()


def test_rule_and_list_of_calls_are_whole_or_not_there(wave: Wave, plan: CallingPlan, officer: User) -> None:
    assert half_written(lambda: fix_calling_plan(wave=wave, choice=CHOICE, seed=7, actor=officer)) == []
    assert half_written(lambda: make_call_list(wave=wave, actor=officer)) == []
