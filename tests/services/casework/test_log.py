"""The log of a case and its plan: kept once, and written to the audit history without what a person said."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User

from survey.casework_terms import EntryKind
from survey.models import Case, CaseEntry, CaseWork, StaffAction
from survey.services.casework.log import Happened, Plan, log_work
from tests.interrupted import half_written

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return User.objects.create(username="officer")


def call(key: str = "k", **more: Any) -> Happened:
    return Happened(kind=EntryKind.CALL, key=key, result="call_back", **more)


def test_call_is_kept_with_who_said_what(cases: list[Case], officer: User) -> None:
    entry = log_work(case=cases[0], happened=call(person=" Ms Li ", text=" Busy. "), plan=Plan(), actor=officer)
    assert entry == CaseEntry.objects.get(case=cases[0])
    assert (entry.kind, entry.result, entry.person, entry.text, entry.author) == (
        "call", "call_back", "Ms Li", "Busy.", officer,
    )  # fmt: skip
    assert StaffAction.objects.get(actor=officer).detail == {"kind": "call", "result": "call_back"}
    assert not CaseWork.objects.exists()


def test_same_form_again_is_the_same_call_and_leaves_the_plan(cases: list[Case], officer: User) -> None:
    first = log_work(case=cases[0], happened=call(), plan=Plan(mark="watch"), actor=officer)
    again = log_work(case=cases[0], happened=call(), plan=Plan(mark="urgent"), actor=officer)
    other = log_work(case=cases[1], happened=call(), plan=Plan(), actor=officer)
    assert (again == first, other == first, CaseWork.objects.get().mark) == (True, False, "watch")


def test_plan_is_set_and_only_what_changed_is_told(cases: list[Case], officer: User) -> None:
    plan = Plan(owner=officer, next_action="Call Ms Li", due_on=date(2030, 1, 2))
    for _time in range(2):
        assert log_work(case=cases[0], happened=None, plan=plan, actor=officer) is None
    work = CaseWork.objects.get(case=cases[0])
    assert (work.owner, work.next_action, work.due_on, work.mark) == (officer, "Call Ms Li", date(2030, 1, 2), "")
    assert StaffAction.objects.filter(actor=officer).values_list("verb", "detail").get() == (
        "plan_case",
        {"changed": ["due_on", "next_action", "owner"], "owner": "officer", "due_on": "2030-01-02", "mark": ""},
    )


def test_call_and_plan_are_both_kept_or_neither(cases: list[Case], officer: User) -> None:
    plan = Plan(owner=officer)
    assert half_written(lambda: log_work(case=cases[0], happened=call(), plan=plan, actor=officer)) == []
