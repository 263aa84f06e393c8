"""The audit history: every action of the staff on data is written down in the transaction that does it."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from survey.models import Case, Response, StaffAction
from survey.services.audit_chain import chain

READING_WINDOW = timedelta(minutes=10)
"""Within it, reading the same again is no second entry: turning pages and languages would fill the history."""


def record_action(*, actor: User | None, verb: str, subject: object, **detail: Any) -> StaffAction:
    """Write one entry, with its place in the audit chain. ``actor`` is None for a command; ``detail`` holds counts and
    parameters, never answers."""
    with transaction.atomic():
        # The column takes 200 characters (models/processing.py); PostgreSQL refuses a longer text where SQLite would
        # keep it.
        action = StaffAction.objects.create(actor=actor, verb=verb, subject=str(subject)[:200], detail=detail)
        chain(action, case=_case_of(subject))
    return action


def record_reading(*, actor: User, verb: str, subject: object, **detail: Any) -> StaffAction | None:
    """Write down that somebody saw answers or figures; None where the same was read in the last ten minutes."""
    since = timezone.now() - READING_WINDOW
    # Filter and page stand in ``detail``: another page or another firm within ten minutes is another entry.
    same = StaffAction.objects.filter(actor=actor, verb=verb, subject=str(subject)[:200], detail=detail, at__gt=since)
    return None if same.exists() else record_action(actor=actor, verb=verb, subject=subject, **detail)


def _case_of(subject: object) -> int | None:
    if isinstance(subject, Response):
        return subject.case_id
    return subject.pk if isinstance(subject, Case) else None
