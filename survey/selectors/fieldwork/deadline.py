"""Whom a deadline concerns."""

from dataclasses import dataclass

from django.utils import timezone

from survey.models import Wave
from survey.selectors.fieldwork.today import UNDONE


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmsWaiting:
    """Firms of a wave that have not submitted; how many of them were written to, and how many were given time that is
    not over."""

    unanswered: int
    written_to: int
    extended: int


def waiting_for(wave: Wave) -> FirmsWaiting:
    undone = wave.cases.filter(UNDONE)
    return FirmsWaiting(
        unanswered=undone.count(),
        written_to=undone.filter(code_sent_at__isnull=False).count(),
        extended=undone.filter(extended_until__gte=timezone.localdate()).count(),
    )
