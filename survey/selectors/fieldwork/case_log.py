"""The office's own part of the history of a case: outcomes, calls, notes, and what the firm wrote."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from survey.casework_terms import CallResult, EntryKind, FirmOutcome
from survey.models import Case, CaseEntry, CaseOutcome
from survey.selectors.said import said as gettext


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEvent:
    """Something that happened: when, who did it (empty for the firm), and what in words."""

    at: datetime
    who: str
    what: str


def log_events(case: Case) -> Iterator[CaseEvent]:
    """Every entry of the log and every outcome, in words."""
    for entry in CaseEntry.objects.filter(case=case).select_related("author", "answered_by"):
        yield CaseEvent(at=entry.at, who=str(entry.author or ""), what=_entry(entry))
        if entry.answered_at:
            words = gettext("Answered: %(text)s") % {"text": entry.answer or entry.granted_until}
            yield CaseEvent(at=entry.answered_at, who=str(entry.answered_by), what=words)
    for row in CaseOutcome.objects.filter(case=case).select_related("author"):
        yield CaseEvent(at=row.at, who=str(row.author), what=_outcome(row))


def _entry(entry: CaseEntry) -> str:
    result = gettext(CallResult(entry.result).label) if entry.result else ""
    until = str(entry.until or "")
    parts = (gettext(EntryKind(entry.kind).label), result, entry.person, until, entry.text)
    return " · ".join(part for part in parts if part)


def _outcome(row: CaseOutcome) -> str:
    if not row.outcome:
        return gettext("Outcome taken back: %(reason)s") % {"reason": row.reason}
    words = {"outcome": gettext(FirmOutcome(row.outcome).label), "reason": row.reason}
    return gettext("Outcome “%(outcome)s”: %(reason)s") % words
