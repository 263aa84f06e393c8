"""What a firm replies to a return of its questionnaire as a whole."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from survey.instrument.edits.officer_notes import WHOLE
from survey.instrument.edits.reason_codes import reason_of
from survey.models import Case
from survey.selectors.fieldwork.collection_period import case_is_collecting
from survey.services.answers.errors import CollectionClosedError
from survey.services.answers.responses import lock, open_response


@transaction.atomic
def reply_to_return(*, case: Case, said: str, clock: Callable[[], datetime] = timezone.now) -> bool:
    """Keep the reply among the reasons of the draft, whatever it says; whether it explains anything.

    Raises CollectionClosedError and AlreadySubmittedError.
    """
    case = lock(case)
    if not case_is_collecting(case, clock()):
        raise CollectionClosedError
    draft = open_response(case=case)
    # Only then a new revision: a reply sent twice must not make the other tab stale.
    if draft.reasons.get(WHOLE, "") != said:
        draft.reasons = {**draft.reasons, WHOLE: said}
        draft.revision += 1
        draft.save(update_fields=["reasons", "revision", "saved_at"])
    return reason_of(said).explains
