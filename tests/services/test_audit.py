"""Entries of the audit history fit into their column."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from survey.models import StaffAction
from survey.services.audit import READING_WINDOW, record_action, record_reading

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
