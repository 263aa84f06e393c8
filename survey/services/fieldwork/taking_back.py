"""While collection is open a firm takes back what it submitted and corrects it; what it leaves undone is put back."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from survey.complaints import Catalogue, Entry
from survey.models import Case, Paradata, Response, Wave
from survey.models.translated import in_page_language
from survey.selectors.fieldwork.collection_period import case_closes_at, case_is_collecting, closes_at
from survey.services.fieldwork.new_versions import draft_after
from survey.services.refusals import RefusedError
from survey.terms import CaseStatus, Disposition, ResponseStatus, WaveStatus

Clock = Callable[[], datetime]
TAKEN_BACK, PUT_BACK = "taken_back", "put_back"
"""The events of the filling-in."""


class TakeBackRefusedError(RefusedError):
    """Why a firm cannot take back what it submitted."""

    catalogue = Catalogue(
        entries={
            "not_allowed": Entry(
                _("Submitted answers of this survey cannot be taken back."),
                _("Call the survey team (%(contact)s), which can return the questionnaire."),
            ),
            "not_collecting": Entry(
                _("The survey does not collect any more."),
                _("Call the survey team (%(contact)s) if something is wrong."),
            ),
            "not_the_one": Entry(
                _("This submission does not count any more."), _("Open the page again to see which one does.")
            ),
        }
    )


@transaction.atomic
def take_back(*, case: Case, receipt: str, clock: Clock = timezone.now) -> Response:
    """The draft in which the firm corrects the submission with this receipt, which counts no longer.

    Raises TakeBackRefusedError; a second click finds the submission taken back already and is refused too.
    """
    case = _held(case)
    submitted = case.responses.select_for_update().filter(is_current=True).first()
    # By the receipt on the page: an old page must not take back a later submission than the one it shows.
    if submitted is None or submitted.status != ResponseStatus.SUBMITTED or submitted.receipt_number != receipt:
        raise TakeBackRefusedError("not_the_one", receipt)
    contact = in_page_language(case.wave.survey.contact)
    if not case.wave.may_take_back:
        raise TakeBackRefusedError("not_allowed", case.wave_id, contact=contact)
    if case.is_closed or not case_is_collecting(case, clock()):
        raise TakeBackRefusedError("not_collecting", case.wave_id, contact=contact)
    draft = draft_after(submitted, ResponseStatus.TAKEN_BACK)
    _note(case, CaseStatus.IN_PROGRESS, Disposition.PARTIAL, TAKEN_BACK)
    return draft


@transaction.atomic
def count_again(*, case: Case) -> Response | None:
    """Let the submission that was taken back count again; the unfinished correction is kept. None where none was."""
    case = _held(case)
    draft = case.responses.select_for_update().filter(is_current=True).first()
    if draft is None or draft.status != ResponseStatus.DRAFT or draft.corrects_id is None:
        return None
    submitted = Response.objects.select_for_update().get(pk=draft.corrects_id)
    # A draft after an officer's return goes on being a return: only what the firm itself took back is put back.
    if submitted.status != ResponseStatus.TAKEN_BACK:
        return None
    # In this order: the partial unique constraint allows one current response of a case.
    draft.is_current = False
    draft.save(update_fields=["is_current"])
    submitted.is_current, submitted.status = True, ResponseStatus.SUBMITTED.value
    submitted.save(update_fields=["is_current", "status"])
    _note(case, CaseStatus.SUBMITTED, Disposition.COMPLETE, PUT_BACK)
    return submitted


def put_back_all(wave: Wave) -> int:
    """Let every submission of the wave count again whose correction was not submitted: how many."""
    return sum(count_again(case=case) is not None for case in _being_corrected(wave))


def _being_corrected(wave: Wave) -> QuerySet[Case]:
    unfinished = Case.objects.filter(
        wave=wave,
        responses__is_current=True,
        responses__status=ResponseStatus.DRAFT.value,
        responses__corrects__status=ResponseStatus.TAKEN_BACK.value,
    )
    return unfinished.select_related("wave__survey").order_by("pk")


def _put_back_ended(wave: Wave, now: datetime) -> int:
    # By the day of each firm: one that was given more time is still correcting (0049).
    ended = [case for case in _being_corrected(wave) if wave.status == WaveStatus.CLOSED or case_closes_at(case) <= now]
    return sum(count_again(case=case) is not None for case in ended)


def put_back_after_deadlines(now: datetime) -> int:
    """The same for every wave whose deadline has passed: how many submissions count again."""
    waves = Wave.objects.exclude(status=WaveStatus.PLANNED.value).select_related("survey")
    # Each in a transaction of its own, so that no firm waits for a whole wave.
    return sum(_put_back_ended(wave, now) for wave in waves if closes_at(wave) <= now)


def _held(case: Case) -> Case:
    cases: QuerySet[Case] = Case.objects.select_for_update(of=("self",)).select_related("wave__survey")
    return cases.get(pk=case.pk)


def _note(case: Case, status: CaseStatus, disposition: Disposition, event: str) -> None:
    case.status = status.value
    # An outcome by which its answers are set aside outlasts what the firm does with them.
    case.disposition = case.disposition if case.is_set_aside else disposition.value
    case.save(update_fields=["status", "disposition"])
    Paradata.objects.create(case=case, event=event)
