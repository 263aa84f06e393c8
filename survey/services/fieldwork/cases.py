"""What officers do with cases: return a response, set an outcome, close and reopen."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from survey.complaints import Catalogue, Entry
from survey.models import Case, Response, ReturnNote
from survey.selectors.design.version import questionnaire_of
from survey.selectors.fieldwork.collection_period import case_is_collecting
from survey.services.audit import record_action
from survey.services.fieldwork.new_versions import draft_after
from survey.services.refusals import RefusedError
from survey.terms import CaseStatus, Disposition, ResponseStatus

OFFICER_DISPOSITIONS = tuple(word for word in Disposition if word not in {Disposition.COMPLETE, Disposition.PARTIAL})
"""Outcomes that an officer finds out; complete and partial follow from the answers."""
# SQLite takes 32,766 parameters in one statement (999 before 3.32, sqlite.org/limits.html).
BATCH = 2000


class FieldworkError(RefusedError):
    """Why an officer's action on a case is not possible."""

    catalogue = Catalogue(
        entries={
            "note_missing": Entry(_("The firm must know what to correct."), _("Enter a note to the firm.")),
            "note_about_nothing": Entry(
                _("The questionnaire asks no question “%(value)s”."), _("Choose the question from the list.")
            ),
            "not_submitted": Entry(
                _("Only a submitted response can be returned."), _("Open the case again to see its present state.")
            ),
            "set_aside": Entry(
                _("The answers of this case do not count because of its outcome."), _("Take the outcome back first.")
            ),
            "case_closed": Entry(
                _("The case is closed, so the firm could not correct anything."), _("Reopen the case first.")
            ),
            "wave_closed": Entry(
                _("The wave does not collect any more, so the firm could not correct anything."),
                _("Extend the wave first."),
            ),
            "disposition_of_answers": Entry(
                _("Complete and partial follow from the answers."), _("Choose another outcome.")
            ),
        }
    )


@transaction.atomic
def return_for_correction(
    *, response: Response, note: str, actor: User, about: Mapping[str, str] | None = None
) -> Response:
    """Ask the firm to correct what it submitted: the new draft that it goes on from, with the same answers.

    ``note`` is about the whole, ``about`` what is asked of single questions, by item code. The submitted response is
    kept as it is, no longer current. Raises ``FieldworkError``.
    """
    asked = {item: text.strip() for item, text in (about or {}).items() if text.strip()}
    # The case first and the response second, as everywhere: two services that lock them crosswise would deadlock.
    case = Case.objects.select_for_update(of=("self",)).select_related("wave__survey").get(pk=response.case_id)
    submitted = Response.objects.select_for_update().get(pk=response.pk)
    # Asked of the rows as they are under the lock: the firm may have taken its answers back a moment ago.
    _refuse_return(case, submitted, note, asked)
    draft = draft_after(submitted, ResponseStatus.RETURNED, note)
    ReturnNote.objects.bulk_create(ReturnNote(response=draft, item=item, text=text) for item, text in asked.items())
    case.status, case.disposition = CaseStatus.RETURNED.value, Disposition.PARTIAL.value
    change_cases([case], ["status", "disposition"], actor)
    record_action(actor=actor, verb="return_response", subject=case, receipt=submitted.receipt_number)
    return draft


def _refuse_return(case: Case, response: Response, note: str, asked: Mapping[str, str]) -> None:
    if not note.strip() and not asked:
        raise FieldworkError("note_missing", note)
    if response.status != ResponseStatus.SUBMITTED.value or not response.is_current:
        raise FieldworkError("not_submitted", response.pk)
    if case.is_set_aside:
        raise FieldworkError("set_aside", case.pk)
    if case.is_closed:
        raise FieldworkError("case_closed", case.pk)
    if not case_is_collecting(case, timezone.now()):
        raise FieldworkError("wave_closed", case.wave_id)
    unknown = sorted(asked.keys() - questionnaire_of(response.version).items.keys())
    if unknown:
        raise FieldworkError("note_about_nothing", unknown[0])


@transaction.atomic
def set_disposition(*, cases: QuerySet[Case], disposition: Disposition, actor: User) -> int:
    """Set the outcome that an officer has found out: the number of cases changed. Submitted cases stay as they are.

    The codes go on working. Every outcome ends the work on the case, only "unknown if eligible" takes it up again.
    """
    if disposition not in OFFICER_DISPOSITIONS:
        raise FieldworkError("disposition_of_answers", disposition)
    # Answers outrank what an officer believes: an outcome of a firm that submitted goes through ``set_outcome``.
    changed = locked(cases.exclude(status=CaseStatus.SUBMITTED.value))
    goes_on = disposition is Disposition.UNKNOWN_IF_ELIGIBLE
    stages = stages_of(changed) if goes_on else {}
    for case in changed:
        case.disposition = disposition.value
        case.status = stages.get(case.pk, CaseStatus.FINALISED).value
    change_cases(changed, ["status", "disposition"], actor)
    record_on_cases(actor, "set_disposition", changed, disposition=disposition.value)
    return len(changed)


@transaction.atomic
def close_cases(*, cases: QuerySet[Case], actor: User) -> int:
    """End the work on cases for good: their codes open nothing any more. The number of cases closed."""
    changed = locked(cases)
    for case in changed:
        case.is_closed = True
        # What was submitted counts whether its case is closed or not.
        if case.status != CaseStatus.SUBMITTED.value:
            case.status = CaseStatus.FINALISED.value
    change_cases(changed, ["is_closed", "status"], actor)
    record_on_cases(actor, "close_cases", changed)
    return len(changed)


@transaction.atomic
def reopen_cases(*, cases: QuerySet[Case], actor: User) -> int:
    """Take closed cases up again where they stood: the number of cases reopened."""
    changed = locked(cases)
    stages = stages_of(changed)
    for case in changed:
        case.is_closed, case.status = False, stages[case.pk].value
    change_cases(changed, ["is_closed", "status"], actor)
    record_on_cases(actor, "reopen_cases", changed)
    return len(changed)


def locked(cases: QuerySet[Case]) -> list[Case]:
    """The cases, held until the transaction ends."""
    # Locked in one order everywhere: two officers with overlapping choices wait for each other instead of deadlocking.
    return list(cases.order_by("pk").select_for_update(of=("self",)))


def change_cases(cases: list[Case], fields: list[str], actor: User | None) -> None:
    """Store changed fields of cases, with one entry in the history of each; one update for each set of values."""
    alike: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for case in cases:
        alike[tuple(getattr(case, field) for field in fields)].append(case.pk)
    for values, keys in alike.items():
        for start in range(0, len(keys), BATCH):
            # update() leaves out signals, and with them the history of each case; it is written below, in one go.
            Case.objects.filter(pk__in=keys[start : start + BATCH]).update(**dict(zip(fields, values, strict=True)))
    Case.history.bulk_history_create(cases, batch_size=BATCH, update=True, default_user=actor)


def record_on_cases(actor: User | None, verb: str, cases: list[Case], **detail: Any) -> None:
    """One entry of the audit history for all the cases, which are of one wave."""
    # All cases of one action in one entry: ten thousand would hide what else the officer did.
    about = "–" if not cases else str(cases[0]) if len(cases) == 1 else cases[0].wave.code
    record_action(actor=actor, verb=verb, subject=about, cases=len(cases), **detail)


def stages_of(cases: Iterable[Case]) -> dict[int, CaseStatus]:
    """Where each case stands by its current response alone."""
    stages = {case.pk: CaseStatus.NOT_STARTED for case in cases}
    rows = Response.objects.filter(case__in=list(stages), is_current=True)
    for case_id, status, note, corrected in rows.values_list("case", "status", "return_note", "corrects__status"):
        # A return with notes about questions alone has no note on the whole; an old one names no response before it.
        is_returned = bool(note) or corrected == ResponseStatus.RETURNED.value
        draft = CaseStatus.RETURNED if is_returned else CaseStatus.IN_PROGRESS
        stages[case_id] = CaseStatus.SUBMITTED if status == ResponseStatus.SUBMITTED.value else draft
    return stages
