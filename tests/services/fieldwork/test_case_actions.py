from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models.query import QuerySet
from django.utils import timezone

from survey.models import Case
from survey.services.casework.bulk import BULK
from survey.services.fieldwork.case_actions import ACTIONS, carry_out, preview
from survey.terms import Role

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def mixed(cases: list[Case]) -> QuerySet[Any]:
    """24 cases: 3 closed (one of them submitted), 4 more submitted, 2 finalised, 10 of all written to."""
    keys = [case.pk for case in cases]
    Case.objects.filter(pk__in=keys[:3]).update(is_closed=True)
    Case.objects.filter(pk__in=keys[2:7]).update(status="submitted")
    Case.objects.filter(pk__in=keys[7:9]).update(status="finalised")
    Case.objects.filter(pk__in=keys[:10]).update(code_sent_at=timezone.now())
    return Case.objects.all()


def test_preview_counts_what_is_taken_and_left_out_once(mixed: QuerySet[Any]) -> None:
    shown = preview(BULK["extend"], mixed)
    assert (shown.taken, shown.left_out) == (17, (("submitted already", 5), ("closed", 2)))


def test_preview_names_the_first_firms_that_are_taken(mixed: QuerySet[Any]) -> None:
    taken = mixed.exclude(is_closed=True).exclude(status="submitted")
    names = sorted(taken.values_list("sample_unit__unit__name", flat=True))
    assert list(preview(BULK["extend"], mixed).firms) == names[:5]


@pytest.mark.parametrize("name", ACTIONS)
def test_action_changes_as_many_cases_as_its_preview_says(
    mixed: QuerySet[Any], office_user: Callable[[Role | str], User], name: str
) -> None:
    expected = preview(ACTIONS[name], mixed).taken
    assert carry_out(ACTIONS[name], mixed, actor=office_user(Role.FIELD_OFFICER)) == expected > 0


def test_preview_of_a_follow_up_tells_those_drawn_from_those_that_are_not(mixed: QuerySet[Any]) -> None:
    shown = preview(ACTIONS["follow_up"], mixed)
    assert (shown.taken, shown.left_out) == (2, (("submitted already", 5), ("closed", 2), ("not drawn this time", 15)))
    assert len(shown.firms) == 2
