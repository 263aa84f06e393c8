"""Answers come in: drafts and pages are saved, and a response is submitted once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from stdnum import luhn

from survey.instrument.answers import Parsed
from survey.instrument.document.merging import Conflict, merge_page
from survey.instrument.document.states import taken_over_items
from survey.instrument.expressions.evaluation import Scope
from survey.instrument.routing.first_values import calculated_once, first_values
from survey.instrument.schema import Page
from survey.models import Case, LateDraft, Paradata, Response
from survey.selectors.design.version import questionnaire_of
from survey.selectors.fieldwork.collection_period import case_is_collecting
from survey.selectors.prepared import Parameter, PreparedQuery
from survey.selectors.respondent.firm_facts import facts_of
from survey.selectors.respondent.session import SAVED, Filling, cases_to_fill_in, current_response
from survey.services.answers.errors import (
    AlreadySubmittedError,
    AnswersChangedError,
    CollectionClosedError,
    NotCompleteError,
)
from survey.services.answers.prepared_save import PreparedInsert, PreparedUpdate
from survey.services.answers.uploads import Uploaded, discard_uploads, keep_uploads, references
from survey.services.audit_chain import chain
from survey.terms import CaseStatus, Channel, Disposition, ResponseStatus

Clock = Callable[[], datetime]
LONGEST_STAY = 1800
"""Seconds on one page beyond which nobody was filling in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageInput:
    """What one page brings: answers as parsed, reasons by rule, and the state that it was shown with."""

    page: Page
    parsed: Parsed
    reasons: Mapping[str, str] = field(default_factory=dict)
    revision: int = 0
    base: Mapping[str, Any] | None = None
    seconds: int = 0
    language: str = ""
    files: Mapping[str, Uploaded] = field(default_factory=dict)
    """New files by the reference that the answers name them by."""
    raw: Mapping[str, list[str]] = field(default_factory=dict)
    """The fields as they were posted: what of them cannot be read is kept as it is."""
    sent: tuple[Mapping[str, Any], ...] = ()
    """What the same page has sent before without hearing whether it arrived, as documents."""
    taken_over: frozenset[str] = frozenset()
    """Codes of items of the page that the firm left as they were in the wave before."""


@dataclass(frozen=True, slots=True)
class SavedPage:
    """The stored response, and the items where a newer answer stands against the page's."""

    response: Response
    conflicts: tuple[Conflict, ...] = ()


def save_answers(
    *, case: Case, given: PageInput, draft: bool = False, channel: Channel = Channel.WEB, clock: Clock = timezone.now
) -> SavedPage:
    """Store a page's answers; a draft leaves no trace in the paradata.

    Raises CollectionClosedError (after keeping a late draft) and AlreadySubmittedError.
    """
    with transaction.atomic():
        case = _held(_LOCKED_TO_SAVE, case)
        # Asked with the case locked: a wave that is closed meanwhile is seen, and nothing is saved after it.
        if case_is_collecting(case, now := clock()):
            return _save(case, open_response(case=case, channel=channel), given, draft, now)
        keep_late_draft(case, given)
    raise CollectionClosedError


def lock(case: Case) -> Case:
    """The case as it is now, held until the transaction ends."""
    return _held(_LOCKED, case)


def _held(locked: PreparedQuery[Case], case: Case) -> Case:
    # The case is locked and not the response: there may be none yet, and two first saves would make two.
    found = locked.first(case=case.pk)
    if found is None:
        raise Case.DoesNotExist
    return found


def _locked(cases: QuerySet[Case]) -> QuerySet[Case]:
    # Of the case alone: locking the joined wave and survey would make all firms of a wave wait for each other.
    return cases.select_for_update(of=("self",)).filter(pk=Parameter("case")).order_by()


def _cases_to_save() -> QuerySet[Case]:
    """Cases without the firm, which a page that is saved has read before its lock."""
    return Case.objects.select_related("wave__survey", "wave__version").defer(
        "wave__version__schema", "wave__version__plan"
    )


_LOCKED = PreparedQuery(lambda: _locked(cases_to_fill_in()))
_LOCKED_TO_SAVE = PreparedQuery(lambda: _locked(_cases_to_save()))


def open_response(*, case: Case, channel: Channel = Channel.WEB) -> Response:
    """The case's draft, a new one where there is none. Raises AlreadySubmittedError.

    A returned response has a draft to go on from already. Call it inside a transaction that holds the case.
    """
    return _draft(case, current_response(case), channel)


def _draft(case: Case, response: Response | None, channel: Channel = Channel.WEB) -> Response:
    if response is None:
        # A wave is opened with a version only, and collecting is asked before.
        assert case.wave.version is not None, "a wave that collects has a version"
        return Response.objects.create(case=case, version=case.wave.version, channel=channel.value)
    if response.status == ResponseStatus.SUBMITTED:
        raise AlreadySubmittedError(response)
    return response


def _save(case: Case, response: Response, given: PageInput, draft: bool, now: datetime) -> SavedPage:
    # Not an error: the answers that nobody else touched are merged, the others asked about.
    is_stale = given.revision != response.revision
    merged = merge_page(
        response.answers,
        given.page,
        given.parsed,
        base=given.base,
        is_stale=is_stale,
        raw=given.raw,
        sent=given.sent,
    )
    answers = with_first_values(case, response, merged.answers, now)
    reasons = {**response.reasons, **given.reasons}
    if (answers, reasons) != (response.answers, response.reasons):
        files = references(given.page.items, response.answers) - references(given.page.items, answers)
        discard_uploads(case=case, dropped=files)
        keep_uploads(case=case, uploads=given.files, answers=answers)
        response.answers, response.reasons = answers, {rule: said for rule, said in reasons.items() if said}
        # Only where an answer or a reason changed: a page that is sent twice must not make the other tab stale.
        response.revision += 1
    response.taken_over = _taken_over(response, given)
    # A page left open over night is no burden.
    response.seconds_spent += min(max(given.seconds, 0), LONGEST_STAY)
    response.language = given.language or response.language
    _ANSWERS.save(response)
    mark_in_progress(case)
    if not draft:
        detail = {"errors": [error.code for error in given.parsed.errors], "conflicts": len(merged.conflicts)}
        said = {key: value for key, value in detail.items() if value}
        _EVENT.save(Paradata(case=case, event=SAVED, page=given.page.code, detail=said))
    return SavedPage(response, merged.conflicts)


def with_first_values(case: Case, response: Response, answers: dict[str, Any], now: datetime) -> dict[str, Any]:
    """The answers with what ``once()`` gives at this first save; the firm is read only where there is such a value."""
    questionnaire = questionnaire_of(response.version)
    if all(code in answers for code in calculated_once(questionnaire)):
        return answers
    facts = facts_of(case, questionnaire)
    return {**answers, **first_values(questionnaire, answers, facts, timezone.localdate(now))}


def _taken_over(response: Response, given: PageInput) -> list[str]:
    """The items taken over: of this page as it says, as far as its answers are the ones that stand."""
    # Of other pages what was noted stands: this one says nothing about them.
    here = {item.code for item in given.page.items}
    still = {code for code in given.taken_over if response.answers.get(code) == given.parsed.answers.get(code)}
    return sorted({*response.taken_over} - here | still)


_ANSWERS = PreparedUpdate(
    Response, ("answers", "taken_over", "reasons", "revision", "seconds_spent", "language", "saved_at")
)
_EVENT = PreparedInsert(Paradata)


def mark_in_progress(case: Case) -> None:
    """Note that a firm that had not begun has begun."""
    if case.status == CaseStatus.NOT_STARTED:
        case.status = CaseStatus.IN_PROGRESS.value
        case.save(update_fields=["status"])


def keep_late_draft(case: Case, given: PageInput) -> None:
    """Keep what arrived too late, over what was stored or had arrived late before; nothing counts it."""
    late = case.late_drafts.first() or LateDraft(case=case)
    response = current_response(case)
    # On top of the draft, because the firm goes on from what it had saved in time.
    answers = late.answers or (response.answers if response else {})
    merged = merge_page(answers, given.page, given.parsed, base=None, is_stale=False, raw=given.raw)
    # The same page posted twice is no second arrival.
    if merged.answers == late.answers:
        return
    dropped = references(given.page.items, late.answers) - references(given.page.items, merged.answers)
    late.answers, late.received_at = merged.answers, timezone.now()
    late.save()
    discard_uploads(case=case, dropped=dropped)
    keep_uploads(case=case, uploads=given.files, answers=late.answers)


def submit_response(
    *, case: Case, submission_key: str, revision: int | None = None, clock: Clock = timezone.now
) -> Response:
    """Prune the answers to their route, freeze them, and give the receipt; again with the same key, the same receipt.

    ``revision`` is the one that the person checked. Raises CollectionClosedError, AnswersChangedError and
    NotCompleteError; what was saved stays a draft.
    """
    with transaction.atomic():
        case = lock(case)
        # Looked for before the deadline is: a second click just after it still gets its receipt.
        current = current_response(case)
        earlier = _submitted_already(case, current, submission_key)
        if earlier is not None:
            return earlier
        now = clock()
        if not case_is_collecting(case, now):
            raise CollectionClosedError
        response = _draft(case, current)
        if revision is not None and revision != response.revision:
            raise AnswersChangedError(revision, response.revision)
        return _submit(
            Filling(case=case, response=response, questionnaire=questionnaire_of(response.version), now=now),
            response,
            submission_key,
        )


def _submitted_already(case: Case, current: Response | None, submission_key: str) -> Response | None:
    """The response that this key submitted, or the current one where it has been submitted."""
    if current is not None and current.status == ResponseStatus.SUBMITTED:
        return current
    return (
        case.responses.filter(submission_key=submission_key, submitted_at__isnull=False).first()
        if submission_key
        else None
    )


def _submit(filling: Filling, response: Response, submission_key: str) -> Response:
    report = filling.check()
    # Checked again with everything locked: between the page that checks and this moment another
    # person may have saved.
    if report.blocking:
        raise NotCompleteError(report)
    # Taken before pruning, which takes answers off the route and with them the names of their files.
    files = references(filling.questionnaire.items.values(), response.answers)
    response.answers = dict(filling.route.answers)
    discard_uploads(case=filling.case, dropped=files - set(map(str, response.answers.values())))
    response.reasons = {failure.rule: failure.reason for failure in report.settled}
    scope = Scope(answers=response.answers, facts=filling.facts, today=filling.today)
    # What left the route since is not there to be taken over.
    tapped = [code for code in response.taken_over if code in response.answers]
    # Both are states "taken over": what the firm tapped, and what was filled in from before and left.
    filled_in = taken_over_items(filling.questionnaire.items.values(), response.answers, scope)
    response.taken_over = sorted({*tapped, *filled_in})
    response.status, response.submitted_at = ResponseStatus.SUBMITTED.value, filling.now
    response.submission_key, response.receipt_number = submission_key, receipt_number(response.pk, filling.now)
    response.save()
    _close_case(filling.case)
    Paradata.objects.create(case=filling.case, event="submitted", detail={"seconds": response.seconds_spent})
    # Last: firms of the same chain wait for each other from here to the end of the transaction.
    chain(response)
    return response


def _close_case(case: Case) -> None:
    case.status = CaseStatus.SUBMITTED.value
    # What was set aside stays so: the outcome that says it was found out of answers that the office had seen.
    case.disposition = case.disposition if case.is_set_aside else Disposition.COMPLETE.value
    case.save(update_fields=["status", "disposition"])


def receipt_number(number: int, at: datetime) -> str:
    """Day of submission, number of the response and a check digit (Luhn) over both: ``20260331-000123-4``."""
    day, serial = f"{timezone.localtime(at):%Y%m%d}", f"{number:06d}"
    # The check digit catches every wrong digit and nearly every exchange of two: receipts are read out on the
    # telephone.
    return f"{day}-{serial}-{luhn.calc_check_digit(day + serial)}"
