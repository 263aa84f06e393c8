"""Returns on paper or by telephone: an officer keys them through the forms of the web and is in the audit history."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from survey.complaints import Catalogue, Entry
from survey.models import Case, Response, StaffAction
from survey.selectors.fieldwork.collection_period import case_is_collecting
from survey.selectors.respondent.session import current_response
from survey.services.answers.errors import CollectionClosedError
from survey.services.answers.responses import PageInput, SavedPage, lock, save_answers, submit_response
from survey.services.audit import record_action
from survey.services.fieldwork.cases import FieldworkError
from survey.terms import Channel, ResponseStatus

KEYED = (Channel.PAPER, Channel.TELEPHONE)


class KeyingRefusedError(FieldworkError):
    """Why an officer cannot key in the answers of a firm."""

    catalogue = Catalogue(
        entries={
            "case_closed": Entry(_("The case is closed."), _("Reopen it first.")),
            "already_submitted": Entry(_("The firm has submitted."), _("Return the response for correction first.")),
            "wave_closed": Entry(_("The wave does not collect now."), _("Open or extend the wave first.")),
        }
    )


@transaction.atomic
def begin_keying(*, case: Case, channel: Channel, actor: User, clock: Callable[[], datetime] = timezone.now) -> None:
    """Write down that an officer opens the forms of a case. Raises FieldworkError where nothing can be keyed."""
    # Asked under the lock, or the firm could submit between the question and the entry in the history.
    case = lock(case)
    response = current_response(case)
    if case.is_closed:
        raise KeyingRefusedError("case_closed", case.pk)
    if response is not None and response.status == ResponseStatus.SUBMITTED:
        raise KeyingRefusedError("already_submitted", response.pk)
    if not case_is_collecting(case, clock()):
        raise KeyingRefusedError("wave_closed", case.wave_id)
    record_action(actor=actor, verb="begin_keying", subject=case, channel=channel.value)


def key_answers(
    *,
    case: Case,
    given: PageInput,
    channel: Channel,
    actor: User,
    draft: bool = False,
    clock: Callable[[], datetime] = timezone.now,
) -> SavedPage:
    """Save a page as ``save_answers`` does, marked by channel; the officer's time is no burden of the firm.

    Raises what ``save_answers`` raises; a late draft is kept.
    """
    # Raised after the block: an exception inside would roll back the late draft that save_answers has kept.
    too_late = None
    with transaction.atomic():
        try:
            # No seconds: what an officer types would count as time that the firm has spent.
            saved = save_answers(case=case, given=replace(given, seconds=0), draft=draft, channel=channel, clock=clock)
        except CollectionClosedError as error:
            too_late = error
        else:
            _mark(saved.response, channel)
        if not draft or not _is_recorded(case, given, actor):
            record_action(actor=actor, verb="key_answers", subject=case, page=given.page.code, channel=channel.value)
    if too_late is not None:
        raise too_late
    return saved


def _mark(response: Response, channel: Channel) -> None:
    if response.channel != channel:
        response.channel = channel.value
        response.save(update_fields=["channel"])


def _is_recorded(case: Case, given: PageInput, actor: User) -> bool:
    """Whether the officer's work on this page is in the history already; drafts come every few seconds."""
    # The subject is looked for as it was stored: cut to the length of its column.
    actions = StaffAction.objects.filter(actor=actor, verb="key_answers", subject=str(case)[:200])
    return actions.filter(detail__page=given.page.code).exists()


@transaction.atomic
def submit_keyed(
    *,
    case: Case,
    submission_key: str,
    revision: int,
    actor: User,
    clock: Callable[[], datetime] = timezone.now,
) -> Response:
    """Submit as ``submit_response`` does and write down who did it; the same key again writes nothing."""
    # Looked at under the lock, before submitting: afterwards a second click could not be told from the first.
    before = current_response(lock(case))
    response = submit_response(case=case, submission_key=submission_key, revision=revision, clock=clock)
    if before is None or before.status != ResponseStatus.SUBMITTED:
        record_action(actor=actor, verb="submit_keyed", subject=case, channel=response.channel)
    return response
