"""Thousands of cases are changed by a few statements, and their history is the one that saving each would have."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import F
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from survey.models import Case
from survey.services.fieldwork.cases import change_cases
from survey.services.fieldwork.many_cases import update_cases
from tests.interrupted import half_written

OWN = ("history_id", "history_date", "id", "key", "sample_unit_id")
"""What differs between two entries of two cases that were changed alike."""


def entry(case: Case) -> dict[str, Any]:
    [row] = case.history.values()
    return {name: value for name, value in row.items() if name not in OWN}


@pytest.fixture
def actor(db: None) -> User:
    return User.objects.create(username="officer")


def test_history_is_that_of_a_case_that_was_saved(cases: list[Case], actor: User) -> None:
    now = timezone.now()
    cases[0].code_sent_at = now
    change_cases([cases[0]], ["code_sent_at"], actor)
    update_cases([cases[1].pk], actor, code_sent_at=now)
    assert entry(cases[1]) == entry(cases[0])
    assert cases[1].history.get().instance.key == cases[1].key


def test_value_that_follows_from_the_row_is_kept_as_it_became(cases: list[Case]) -> None:
    Case.objects.filter(pk=cases[0].pk).update(reminders=2)
    update_cases([case.pk for case in cases[:2]], None, reminders=F("reminders") + 1)
    assert [case.history.get().reminders for case in cases[:2]] == [3, 1]
    assert list(Case.objects.filter(reminders=0).values_list("pk")) == [(case.pk,) for case in cases[2:]]


def test_number_of_statements_is_that_of_the_portions(
    cases: list[Case], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(5):
        update_cases([case.pk for case in cases], None, reminders=1)
    assert Case.history.count() == len(cases)


def test_cases_are_changed_with_their_history_or_not_at_all(cases: list[Case], actor: User) -> None:
    keys = [case.pk for case in cases]
    assert half_written(lambda: update_cases(keys, actor, reminders=1)) == []
