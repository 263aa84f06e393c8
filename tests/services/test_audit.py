"""Entries of the audit history fit into their column."""

import pytest

from survey.models import StaffAction
from survey.services.audit import record_action

pytestmark = pytest.mark.django_db


def test_long_subject_is_cut_to_its_column() -> None:
    record_action(actor=None, verb="change", subject="长" * 300, firms=3)
    entry = StaffAction.objects.get()
    assert (entry.subject, entry.actor, entry.detail) == ("长" * 200, None, {"firms": 3})
