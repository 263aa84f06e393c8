"""``manage.py make_call_list``."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from survey.models import CallingPlan, CallList, Case, SamplingFrame, StaffAction, Wave
from survey.terms import Role
from tests.calling import called_wave

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def plan(wave: Wave, frame: Callable[..., SamplingFrame], office_user: Callable[[Role | str], User]) -> CallingPlan:
    return called_wave(wave, frame, office_user(Role.FIELD_OFFICER))


def test_list_of_the_day_is_made_once_however_often_a_scheduler_runs(
    plan: CallingPlan, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("make_call_list", "w1")
    assert capsys.readouterr().out.startswith("Made list 1 of w1: 30 calls are expected to lower the error from ")
    call_command("make_call_list", "w1")
    assert capsys.readouterr().out == "List 1 of w1 was made today and stands.\n"
    call_command("make_call_list", "w1", "--again")
    assert [(each.number, each.made_by) for each in CallList.objects.order_by("number")] == [(1, None), (2, None)]


def test_list_is_written_into_the_audit_history(plan: CallingPlan) -> None:
    call_command("make_call_list", "w1")
    entry = StaffAction.objects.get(verb="make_call_list")
    assert (entry.actor, entry.detail) == (None, {"number": 1, "calls": 30})


def test_what_is_missing_is_said_with_its_repair(wave: Wave, cases: list[Case]) -> None:
    with pytest.raises(CommandError, match=r"There is no wave 'w9'. The waves are: w1\."):
        call_command("make_call_list", "w9")
    with pytest.raises(CommandError, match="The wave has no rule of calling yet"):
        call_command("make_call_list", "w1")
    assert not CallList.objects.exists()
