"""The demonstration: firms whose codes are printed to try the questionnaire with are left as they were."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from survey.management.demonstration.calls import free_to_call
from survey.management.demonstration.office_work import work_of_the_office
from survey.management.demonstration.story import open_cases
from survey.models import CallList, Case, CaseEntry, ListedCall
from survey.terms import CaseStatus


@pytest.fixture
def shown(cases: list[Case]) -> list[Case]:
    """The cases whose codes are printed."""
    return open_cases(cases[0].wave)


def test_office_calls_and_closes_no_firm_whose_code_is_printed(cases: list[Case], shown: list[Case]) -> None:
    submitted = [case.pk for case in cases if case not in shown][:2]
    Case.objects.filter(pk__in=submitted).update(status=CaseStatus.SUBMITTED.value)
    work_of_the_office(wave=cases[0].wave, officer=User.objects.create(username="officer"), say=lambda said: None)
    touched = set(CaseEntry.objects.values_list("case", flat=True))
    assert len(shown) == 2
    assert touched == {case.pk for case in cases} - {case.pk for case in shown} - set(submitted)


def test_firms_whose_codes_are_printed_are_not_called_by_a_list(cases: list[Case], shown: list[Case]) -> None:
    known: dict[str, Any] = {"answered": 0, "error": 2.0, "expected": 1.0, "answers": 1.0, "minutes": 9.0}
    made = CallList.objects.create(wave=cases[0].wave, number=1, advice="call", **known)
    listed = (ListedCall(call_list=made, case=case, place=place, reason="random") for place, case in enumerate(cases))
    ListedCall.objects.bulk_create(listed)
    assert [call.case for call in free_to_call(made)] == [case for case in cases if case not in shown]
