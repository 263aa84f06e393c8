"""The audit history: every action of the staff on data is written down in the transaction that does it."""

from typing import Any

from django.contrib.auth.models import User

from survey.models import StaffAction


def record_action(*, actor: User | None, verb: str, subject: object, **detail: Any) -> StaffAction:
    """Write one entry. ``actor`` is None for a command; ``detail`` holds counts and parameters, never answers."""
    # The column takes 200 characters (models/processing.py); PostgreSQL refuses a longer text where SQLite would keep
    # it.
    return StaffAction.objects.create(actor=actor, verb=verb, subject=str(subject)[:200], detail=detail)
