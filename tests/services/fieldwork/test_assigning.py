from collections.abc import Callable
from datetime import date

from django.contrib.auth.models import User

from survey.models import Case, CaseWork, StaffAction
from survey.services.fieldwork.assigning import take_over_cases
from survey.terms import Role
from tests.interrupted import half_written


def test_cases_are_taken_over_once_and_keep_their_plan(
    cases: list[Case], office_user: Callable[[Role | str], User]
) -> None:
    officer = office_user(Role.FIELD_OFFICER)
    CaseWork.objects.create(case=cases[0], next_action="Call", due_on=date(2030, 1, 1))
    chosen = Case.objects.filter(pk__in=[case.pk for case in cases[:3]])
    assert [take_over_cases(cases=chosen, actor=officer) for _time in range(2)] == [3, 0]
    assert CaseWork.objects.filter(owner=officer).count() == 3
    assert CaseWork.objects.get(case=cases[0]).next_action == "Call"
    assert StaffAction.objects.filter(verb="take_over_cases").count() == 2


def test_cases_are_taken_over_together_or_not_at_all(
    cases: list[Case], office_user: Callable[[Role | str], User]
) -> None:
    officer, chosen = office_user(Role.FIELD_OFFICER), Case.objects.filter(pk__in=[case.pk for case in cases[:3]])
    CaseWork.objects.create(case=cases[0], next_action="Call")
    assert half_written(lambda: take_over_cases(cases=chosen, actor=officer)) == []
