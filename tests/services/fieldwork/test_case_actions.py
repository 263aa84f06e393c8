from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models.query import QuerySet
from django.utils import timezone

from survey.models import Case, Contact, Wave
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
    shown = preview(ACTIONS["issue_codes"], mixed)
    assert (shown.taken, shown.left_out) == (17, (("closed", 3), ("submitted already", 4)))


def test_reminders_go_only_to_those_written_to_and_not_yet_done(mixed: QuerySet[Any]) -> None:
    shown = preview(ACTIONS["remind"], mixed)
    reasons = dict(shown.left_out)
    assert (shown.taken, reasons["finalised without a response"], reasons["no code issued yet"]) == (1, 2, 14)


def test_preview_counts_firms_that_cannot_be_written_to(mixed: QuerySet[Any]) -> None:
    Contact.objects.update(email="", phone="")
    assert preview(ACTIONS["issue_codes"], mixed).without_contact == 17


def test_preview_names_the_first_firms_that_are_taken(mixed: QuerySet[Any]) -> None:
    taken = mixed.exclude(is_closed=True).exclude(status="submitted")
    names = sorted(taken.values_list("sample_unit__unit__name", flat=True))
    assert list(preview(ACTIONS["issue_codes"], mixed).firms) == names[:5]


def test_no_code_is_issued_for_a_closed_wave(mixed: QuerySet[Any]) -> None:
    Wave.objects.update(status="closed")
    shown = preview(ACTIONS["issue_codes"], mixed)
    assert (shown.taken, shown.left_out) == (0, (("wave is closed", 24),))


@pytest.mark.parametrize("name", [name for name in ACTIONS if name not in {"issue_codes", "remind"}])
def test_action_changes_as_many_cases_as_its_preview_says(
    mixed: QuerySet[Any], office_user: Callable[[Role | str], User], name: str
) -> None:
    expected = preview(ACTIONS[name], mixed).taken
    assert carry_out(ACTIONS[name], mixed, actor=office_user(Role.FIELD_OFFICER), site="/") == expected > 0


def test_preview_of_a_follow_up_tells_those_drawn_from_those_that_are_not(mixed: QuerySet[Any]) -> None:
    shown = preview(ACTIONS["follow_up"], mixed)
    assert (shown.taken, shown.left_out) == (2, (("submitted already", 5), ("closed", 2), ("not drawn this time", 15)))
    assert (len(shown.firms), shown.without_contact) == (2, 0)


def test_workbook_actions_write_as_many_letters_as_their_preview_says(
    mixed: QuerySet[Any], office_user: Callable[[Role | str], User]
) -> None:
    officer = office_user(Role.FIELD_OFFICER)
    expected = [preview(ACTIONS[name], mixed).taken for name in ("remind", "issue_codes")]
    results = [carry_out(ACTIONS[name], mixed, actor=officer, site="/") for name in ("remind", "issue_codes")]
    done = [len(letters) for letters in results if isinstance(letters, list)]
    assert done == expected == [1, 17]
