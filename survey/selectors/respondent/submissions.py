"""The versions of a firm's answers: what it submitted, which of it counts, and what an officer asked about it."""

from dataclasses import dataclass
from datetime import datetime

from survey.instrument.edits.officer_notes import NO_NOTES, OfficerNotes
from survey.models import Case, Response
from survey.terms import ResponseStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One submission: its receipt, when it was made, and whether it is the one that counts."""

    receipt_number: str
    submitted_at: datetime
    counts: bool
    state: str


def submissions_of(case: Case) -> list[Submission]:
    """Everything that was submitted for the case, the latest first."""
    rows = case.responses.filter(submitted_at__isnull=False).order_by("-submitted_at", "-pk")
    return [
        Submission(
            receipt_number=str(response.receipt_number),
            submitted_at=response.submitted_at,
            counts=response.is_current and response.status == ResponseStatus.SUBMITTED,
            state=ResponseStatus(response.status).label,
        )
        for response in rows.only("receipt_number", "submitted_at", "is_current", "status")
        if response.submitted_at is not None
    ]


def corrected_by(draft: Response) -> Response:
    """The submitted response that a draft corrects, without what both share."""
    assert draft.corrects_id is not None, "a draft that corrects nothing has no response before it"
    return Response.objects.only("status", "receipt_number", "submitted_at", "answers").get(pk=draft.corrects_id)


def notes_about(draft: Response) -> OfficerNotes:
    """What the office asks about the response that a draft corrects; nothing where the firm took it back itself."""
    before = corrected_by(draft)
    if before.status != ResponseStatus.RETURNED:
        return NO_NOTES
    about = dict(draft.item_notes.values_list("item", "text"))
    return OfficerNotes(about=about, whole=draft.return_note, returned=before.answers)
