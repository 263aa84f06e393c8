"""Applying the rules of retention: what is due by each rule, counted first, and erased when asked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from survey.models import (
    Acceptance,
    AuditEntry,
    CaseEntry,
    CaseOutcome,
    CaseWork,
    Contact,
    CutSource,
    Feedback,
    FrameImport,
    FrameUnit,
    Job,
    LateDraft,
    Paradata,
    Release,
    Response,
    RetentionRule,
    ReturnNote,
    Sample,
    SectionHandover,
    Wave,
)
from survey.release_terms import KEEPS_FIGURES
from survey.services.audit import record_action
from survey.services.operation.erasing import ERASED, erase_response, erase_source, forget_what_was_kept
from survey.services.operation.register_retention import (
    earlier_entries,
    erase_persons,
    idle_delegates,
    idle_persons,
)
from survey.terms import WaveStatus

Kind = RetentionRule.Kind
PORTION = 500
"""Rows that one transaction erases: submissions wait for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRows:
    """What is due by a rule: how many rows or files, and how many wait for something else first (``held``)."""

    rule: RetentionRule
    count: int
    held: int
    erase: Callable[[], None]


def due_by_rules(now: datetime) -> list[DueRows]:
    """For each rule what it would erase now; nothing is changed."""
    rules = RetentionRule.objects.select_related("survey").order_by("survey__code", "kind")
    return [WAYS[Kind(rule.kind)](rule, now - timedelta(days=rule.days)) for rule in rules]


def apply_rules(now: datetime) -> list[DueRows]:
    """Erase what is due, with one entry in the audit history for each rule that erased something; what was due."""
    # Counted first and erased afterwards: of the numbers in the entry nothing is left to count then.
    found = [due for due in due_by_rules(now) if due.count]
    for due in found:
        due.erase()
        survey = due.rule.survey
        subject = survey.code if survey else "–"
        # One entry a rule: ten thousand entries about erased rows would keep what the rule wants gone.
        record_action(actor=None, verb="apply_retention", subject=subject, kind=due.rule.kind, count=due.count)
    return found


def ended_waves(rule: RetentionRule, before: datetime) -> QuerySet[Wave]:
    """Waves of the survey whose collection ended long enough ago."""
    # Closed too, and not only past its deadline: a wave that is extended goes on with its contacts.
    return Wave.objects.filter(survey=rule.survey, status=WaveStatus.CLOSED.value, closes_at__lt=before)


def _contacts(rule: RetentionRule, before: datetime) -> DueRows:
    ended = ended_waves(rule, before)
    # A list that another wave still draws on keeps its contacts.
    in_use = Sample.objects.exclude(wave__in=ended).values("frame")
    drawn = Sample.objects.filter(wave__in=ended).exclude(frame__in=in_use).values("frame")
    units = FrameUnit.objects.filter(frame__in=drawn).values("pk")
    # The history holds earlier names and numbers, which the rule means as well.
    contacts, history = Contact.objects.filter(unit__in=units), Contact.history.filter(unit_id__in=units)
    # Handed on to colleagues, who are named too.
    handovers = SectionHandover.objects.filter(case__wave__in=ended)
    return _deleted(rule, contacts, history, handovers)


def _register(rule: RetentionRule, before: datetime) -> DueRows:
    piles: tuple[QuerySet[Any], ...] = (idle_persons(before), earlier_entries(before), idle_delegates(before))

    def erase() -> None:
        with transaction.atomic():
            erase_persons(before)

    return DueRows(rule=rule, count=sum(rows.count() for rows in piles), held=0, erase=erase)


def _notes(rule: RetentionRule, before: datetime) -> DueRows:
    ended = ended_waves(rule, before)
    noted = Response.objects.filter(case__wave__in=ended).exclude(return_note="")
    asked = ReturnNote.objects.filter(response__case__wave__in=ended)
    # The log of a case keeps when, how and by whom; what was said, and with whom, goes.
    said = ~Q(text="", person="", answer="")
    log = CaseEntry.objects.filter(said, case__wave__in=ended)
    planned = CaseWork.objects.filter(case__wave__in=ended).exclude(next_action="")
    remarks = Feedback.objects.filter(wave__in=ended).exclude(remark="")
    accepted = Acceptance.objects.filter(wave__in=ended).exclude(remark="")
    # The outcome counts on; how it was found out goes.
    outcomes = CaseOutcome.objects.filter(case__wave__in=ended, erased_at__isnull=True)

    def erase() -> None:
        _in_portions(noted, lambda rows: rows.update(return_note=""))
        _in_portions(asked, _delete)
        _in_portions(log, lambda rows: rows.update(text="", person="", answer=""))
        _in_portions(planned, lambda rows: rows.update(next_action=""))
        _in_portions(remarks, lambda rows: rows.update(remark=""))
        _in_portions(accepted, lambda rows: rows.update(remark=""))
        _in_portions(outcomes, lambda rows: rows.update(reason=ERASED, erased_at=timezone.now()))

    count = sum(rows.count() for rows in (noted, asked, log, planned, remarks, accepted, outcomes))
    return DueRows(rule=rule, count=count, held=0, erase=erase)


def _raw_returns(rule: RetentionRule, before: datetime) -> DueRows:
    ended = ended_waves(rule, before)
    # Figures of a wave whose returns are gone can be had from its releases alone.
    kept = Release.objects.filter(state__in=[state.value for state in KEEPS_FIGURES]).values("wave")
    released = ended.filter(pk__in=kept)
    whole = Response.objects.filter(erased_at__isnull=True)
    due = whole.filter(case__wave__in=released).order_by("pk")
    late = LateDraft.objects.filter(case__wave__in=released)
    # Told on the page, so that nobody believes them erased.
    held = whole.filter(case__wave__in=ended.exclude(pk__in=kept)).count()
    sources = CutSource.objects.filter(cut__wave__in=released, erased_at__isnull=True)

    def erase() -> None:
        # One by one, each in its transaction: documents of a whole wave would not fit into memory.
        for key in list(due.values_list("pk", flat=True)):
            erase_response(Response.objects.select_related("case", "version").get(pk=key))
        _in_portions(late, _delete)
        # Without the packed content, of which each has the answers of a wave.
        for source in sources.defer("content"):
            erase_source(source)
        # What was made from the answers holds them too: coded batches and figures go with them.
        forget_what_was_kept()

    return DueRows(rule=rule, count=due.count() + late.count() + sources.count(), held=held, erase=erase)


def _paradata(rule: RetentionRule, before: datetime) -> DueRows:
    return _deleted(rule, Paradata.objects.filter(case__wave__in=ended_waves(rule, before)))


def _import_files(rule: RetentionRule, before: datetime) -> DueRows:
    has_file = ~Q(stored_file="") | ~Q(errors_file="")
    # A list at work reads its file; however old it is, it is due when it has ended.
    at_work = (FrameImport.Status.CHECKING, FrameImport.Status.LOADING)
    imports = FrameImport.objects.filter(has_file, created_at__lt=before).exclude(status__in=at_work)

    def erase() -> None:
        for one in imports:
            for file in (one.stored_file, one.errors_file):
                if file:
                    # The file before its name: ended in between, the row still says what is to be deleted.
                    file.delete(save=False)
            FrameImport.objects.filter(pk=one.pk).update(stored_file="", errors_file="")

    return DueRows(rule=rule, count=imports.count(), held=0, erase=erase)


def _export_files(rule: RetentionRule, before: datetime) -> DueRows:
    jobs = Job.objects.filter(state__in=Job.ENDED, ended_at__lt=before).exclude(file="")

    def erase() -> None:
        for job in jobs:
            job.file.delete(save=False)
            Job.objects.filter(pk=job.pk).update(file="")

    return DueRows(rule=rule, count=jobs.count(), held=0, erase=erase)


def _sessions(rule: RetentionRule, before: datetime) -> DueRows:
    return _deleted(rule, Session.objects.filter(expire_date__lt=before))


def _logs(rule: RetentionRule, before: datetime) -> DueRows:
    addresses = AuditEntry.objects.filter(at__lt=before).exclude(address="")
    logins = AccessAttempt.objects.filter(attempt_time__lt=before)
    ended, failed = (model.objects.filter(attempt_time__lt=before) for model in (AccessLog, AccessFailureLog))
    deleted = _deleted(rule, logins, ended, failed, LogEntry.objects.filter(action_time__lt=before))

    def erase() -> None:
        _in_portions(addresses, _without_address)
        deleted.erase()

    return DueRows(rule=rule, count=addresses.count() + deleted.count, held=0, erase=erase)


def _without_address(rows: QuerySet[AuditEntry]) -> None:
    # The digest stays, by which an address that is known otherwise could not be tried without its salt.
    rows.update(address="", address_salt="")


def _deleted(rule: RetentionRule, *piles: QuerySet[Any]) -> DueRows:
    """Rows that are deleted as they are."""

    def erase() -> None:
        for rows in piles:
            _in_portions(rows, _delete)

    return DueRows(rule=rule, count=sum(rows.count() for rows in piles), held=0, erase=erase)


def _delete(rows: QuerySet[Any]) -> None:
    rows.delete()


def _in_portions(rows: QuerySet[Any], act: Callable[[QuerySet[Any]], object]) -> None:
    """Portion after portion, each of rows that ``act`` takes out of the query."""
    # Keys first: what a portion changes falls out of the query, and a second page of it would skip rows.
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), PORTION):
        with transaction.atomic():
            act(rows.model._base_manager.filter(pk__in=keys[start : start + PORTION]))


WAYS: dict[RetentionRule.Kind, Callable[[RetentionRule, datetime], DueRows]] = {
    Kind.CONTACTS: _contacts,
    Kind.REGISTER: _register,
    Kind.NOTES: _notes,
    Kind.RAW_RETURNS: _raw_returns,
    Kind.PARADATA: _paradata,
    Kind.IMPORT_FILES: _import_files,
    Kind.EXPORT_FILES: _export_files,
    Kind.SESSIONS: _sessions,
    Kind.LOGS: _logs,
}
