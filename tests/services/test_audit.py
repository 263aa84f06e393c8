"""Entries of the audit history fit into their column."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from survey.models import AuditEntry, Case, Response, StaffAction
from survey.services.audit import READING_WINDOW, record_action, record_reading
from survey.services.audit_chain import scope_of
from tests.interrupted import half_written
from tests.waves import version_of

pytestmark = pytest.mark.django_db


def test_long_subject_is_cut_to_its_column() -> None:
    record_action(actor=None, verb="change", subject="长" * 300, firms=3)
    entry = StaffAction.objects.get()
    assert (entry.subject, entry.actor, entry.detail) == ("长" * 200, None, {"firms": 3})


def test_same_reading_is_written_down_once_in_ten_minutes(unguarded: None) -> None:
    reader = User.objects.create(username="reader")
    for page in (1, 1, 2):
        record_reading(actor=reader, verb="read", subject="answers", page=page)
    assert [action.detail for action in StaffAction.objects.order_by("pk")] == [{"page": 1}, {"page": 2}]
    StaffAction.objects.update(at=timezone.now() - READING_WINDOW - timedelta(seconds=1))
    assert record_reading(actor=reader, verb="read", subject="answers", page=1) is not None


def test_what_is_done_to_a_response_stands_in_the_chain_of_its_case(case: Case) -> None:
    response = Response.objects.create(case=case, version=version_of(case.wave), answers={})
    action = record_action(actor=None, verb="correct", subject=response)
    entry = AuditEntry.objects.get(kind="staffaction", object_id=action.pk)
    assert (entry.case_id, entry.scope) == (case.pk, scope_of(case.pk, None))


def test_entry_has_its_place_in_the_chain_or_is_not_there() -> None:
    actor = User.objects.create(username="officer")
    assert half_written(lambda: record_action(actor=actor, verb="change", subject="x")) == []
