"""Whom a deadline concerns."""

from dataclasses import dataclass

from survey.models import Wave
from survey.selectors.fieldwork.today import UNDONE


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmsWaiting:
    """Firms of a wave that have not submitted, and how many of them were written to."""

    unanswered: int
    told: int


def waiting_for(wave: Wave) -> FirmsWaiting:
    undone = wave.cases.filter(UNDONE)
    return FirmsWaiting(unanswered=undone.count(), told=undone.filter(code_sent_at__isnull=False).count())
