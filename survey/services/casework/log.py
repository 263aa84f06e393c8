"""The log of a case and the plan for it: calls, visits and notes are added, and what is next is set with them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction

from survey.casework_terms import EntryKind
from survey.models import Case, CaseEntry, CaseWork
from survey.services.audit import record_action


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What happened on a case; ``key`` names the form that said so, so that it is kept once."""

    kind: EntryKind
    key: str
    result: str = ""
    person: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Who works on a case from now on, and what is next."""

    owner: User | None = None
    next_action: str = ""
    due_on: date | None = None
    appointment_at: datetime | None = None
    mark: str = ""


@transaction.atomic
def log_work(*, case: Case, happened: Happened | None, plan: Plan, actor: User) -> CaseEntry | None:
    """Add an entry where something happened, and keep the plan. The same form again changes nothing more."""
    # Held, so that two forms of one case follow each other and the audit history tells their order.
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    # A form that is sent again changes no plan either: somebody may have planned anew since.
    if happened is not None and case.entries.filter(submission_key=happened.key).exists():
        return case.entries.get(submission_key=happened.key)
    entry = _add(case, happened, actor) if happened is not None else None
    _plan(case, plan, actor)
    return entry


def _add(case: Case, happened: Happened, actor: User) -> CaseEntry:
    entry = CaseEntry.objects.create(
        case=case,
        kind=happened.kind.value,
        result=happened.result,
        person=happened.person.strip(),
        text=happened.text.strip(),
        submission_key=happened.key,
        author=actor,
    )
    record_action(actor=actor, verb="log_case", subject=case, kind=entry.kind, result=entry.result)
    return entry


def _plan(case: Case, plan: Plan, actor: User) -> None:
    stored = CaseWork.objects.filter(case=case).first() or CaseWork(case=case)
    wanted = {field: getattr(plan, field) for field in Plan.__slots__}
    # Only what differs is told: the form posts all fields each time.
    changed = sorted(field for field, value in wanted.items() if getattr(stored, field) != value)
    if not changed:
        return
    for field, value in wanted.items():
        setattr(stored, field, value)
    stored.save()
    # The action in words may name a person and is not repeated where nothing can be erased by its own row.
    planned = {"owner": str(plan.owner or ""), "due_on": str(plan.due_on or ""), "mark": plan.mark}
    record_action(actor=actor, verb="plan_case", subject=case, changed=changed, **planned)
