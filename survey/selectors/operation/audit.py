"""The audit history as people read it: who did or read what, about which firm, when and from where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.utils import timezone

from survey.models import (
    AuditEntry,
    Case,
    Correction,
    Cut,
    OutlierDecision,
    Release,
    ReleaseStep,
    Response,
    StaffAction,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """Which entries; what is empty does not restrict. Both days belong to the span."""

    person: str = ""
    firm: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """An entry with what it is about: ``verb`` names what was done, ``firm`` is empty where no single firm is meant.

    ``asks`` is whom the survey of that firm asks, empty as well.
    """

    entry: AuditEntry
    person: str
    verb: str
    firm: str
    asks: str
    about: str
    detail: dict[str, Any]


def filtered_entries(wanted: AuditFilter) -> QuerySet[AuditEntry]:
    """Entries that people read, newest first; how the chain looks after itself is left out."""
    entries = AuditEntry.objects.exclude(event=AuditEntry.Event.SEALED).order_by("-id")
    if wanted.person:
        named = Q(username__icontains=wanted.person) | Q(first_name__icontains=wanted.person)
        people = User.objects.filter(named | Q(last_name__icontains=wanted.person))
        # By keys found first: names of people stand in another table than the entries, which has no relation to it.
        entries = entries.filter(actor_id__in=people.values("pk"))
    if wanted.firm:
        unit = "sample_unit__unit__"
        firms = Q(**{f"{unit}name__icontains": wanted.firm}) | Q(**{f"{unit}credit_code__iexact": wanted.firm})
        entries = entries.filter(case_id__in=Case.objects.filter(firms).values("pk"))
    if wanted.since:
        entries = entries.filter(at__gte=_beginning(wanted.since))
    if wanted.until:
        # Up to the beginning of the next day, so that the last second of the day belongs to it.
        entries = entries.filter(at__lt=_beginning(date.fromordinal(wanted.until.toordinal() + 1)))
    return entries


def _beginning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def rows_of_page(entries: Iterable[AuditEntry]) -> list[AuditRow]:
    """The entries of one page in words of the database, in a query for each kind of thing."""
    page = list(entries)
    people = {user.pk: user.get_full_name() or user.username for user in _found(User, {e.actor_id for e in page})}
    about = Case.objects.select_related("sample_unit__unit", "wave__survey")
    cases = about.in_bulk({e.case_id for e in page if e.case_id})
    things = {kind: _things(kind, {e.object_id for e in page if e.kind == kind}) for kind in {e.kind for e in page}}
    return [_row(entry, things[entry.kind].get(entry.object_id), people, cases) for entry in page]


def _found(model: Any, keys: set[Any]) -> Any:
    return model.objects.filter(pk__in=keys - {None})


def _things(kind: str, keys: set[int]) -> dict[int, Any]:
    models: dict[str, Any] = {
        "staffaction": StaffAction.objects,
        "response": Response.objects.defer("answers", "reasons"),
        "correction": Correction.objects,
        "outlierdecision": OutlierDecision.objects,
        "cut": Cut.objects.select_related("wave").defer("about"),
        "release": Release.objects.select_related("wave").defer("content"),
        "releasestep": ReleaseStep.objects.select_related("release__wave").defer("release__content"),
    }
    return {row.pk: row for row in models[kind].filter(pk__in=keys)}


def _row(entry: AuditEntry, thing: Any, people: dict[int, str], cases: dict[int, Case]) -> AuditRow:
    is_action = isinstance(thing, StaffAction)
    verb = thing.verb if is_action else f"{entry.kind}_{entry.event}"
    if is_action and entry.event == AuditEntry.Event.ERASED:
        verb = "staffaction_erased"
    case = cases.get(entry.case_id or 0)
    firm, asks = (case.sample_unit.unit.full_name, case.wave.survey.asks) if case else ("", "")
    about = thing.subject if is_action else "" if thing is None else _about(thing)
    detail = thing.detail if is_action else {}
    person = people.get(entry.actor_id or 0, "")
    # What is about one case has its firm already, which says more than wave and number.
    return AuditRow(
        entry=entry,
        person=person,
        verb=verb,
        firm=firm,
        asks=asks,
        about="" if is_action and firm else about,
        detail=detail,
    )


def _about(thing: Any) -> str:
    # A correction as a text holds answers, which only those may read who may open the case.
    return str(thing.item) if isinstance(thing, (Correction, OutlierDecision)) else str(thing)
