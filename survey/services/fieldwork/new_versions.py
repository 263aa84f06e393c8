"""A submitted response is never changed: a correction goes on from a copy, and the submitted one is kept beside it."""

from survey.instrument.edits.officer_notes import without_replies
from survey.models import Response
from survey.terms import ResponseStatus


def draft_after(submitted: Response, status: ResponseStatus, note: str = "") -> Response:
    """A new current draft with the answers of the submitted response, which is kept under ``status``.

    Call it inside a transaction that holds case and response.
    """
    submitted.is_current, submitted.status = False, status.value
    # Before the new draft is made: the partial unique constraint allows one current response of a case.
    submitted.save(update_fields=["is_current", "status"])
    return Response.objects.create(
        case=submitted.case,
        version=submitted.version,
        answers=submitted.answers,
        reasons=without_replies(submitted.reasons),
        # Above that of the submitted response: a page that was still open in a browser is then stale and overwrites
        # nothing.
        revision=submitted.revision + 1,
        channel=submitted.channel,
        language=submitted.language,
        seconds_spent=submitted.seconds_spent,
        return_note=note.strip(),
        corrects=submitted,
    )
