"""More time and outcomes for many cases, given at once and taken back."""

from collections import defaultdict
from datetime import date

from django.contrib.auth.models import User
from django.utils import timezone

from survey.models import Case
from survey.selectors.fieldwork.outcomes import standing_outcome
from survey.services.casework.bulk_asked import Before, BulkAsked, BulkRefusedError
from survey.services.casework.outcomes import set_outcome, take_outcome_back
from survey.services.fieldwork.cases import BATCH
from survey.services.fieldwork.extensions import extend_cases

MOST_OUTCOMES = 500
"""Cases that get an outcome at once: each is looked at by itself, with the register."""


def give_time(keys: list[int], asked: BulkAsked, actor: User) -> Before:
    before: Before = {}
    until = None if asked.until is None else asked.until.isoformat()
    # In portions: SQLite takes a limited number of parameters in one statement.
    for start in range(0, len(keys), BATCH):
        cases = Case.objects.filter(pk__in=keys[start : start + BATCH])
        stood = dict(cases.values_list("pk", "extended_until"))
        extend_cases(cases=cases, until=asked.until, actor=actor)
        # = |As text, since it is stored as JSON; cases that had this day already are not touched by undoing.
        before |= {str(key): [day and day.isoformat(), until] for key, day in stood.items() if day != asked.until}
    return before


def take_time_back(before: Before, actor: User) -> int:
    days: dict[tuple[str | None, str | None], list[int]] = defaultdict(list)
    for key, (old, new) in before.items():
        # Cases with the same days are changed together; of ten thousand there are a handful of pairs.
        days[old, new].append(int(key))
    count = 0
    for (old, new), keys in days.items():
        for start in range(0, len(keys), BATCH):
            # Only where the day is still the one that this action gave.
            cases = Case.objects.filter(pk__in=keys[start : start + BATCH], extended_until=new)
            # A day of before that is over meanwhile gives no time any more.
            day = date.fromisoformat(old) if old and date.fromisoformat(old) >= timezone.localdate() else None
            count += extend_cases(cases=cases, until=day, actor=actor)
    return count


def set_outcomes(keys: list[int], asked: BulkAsked, actor: User) -> Before:
    if len(keys) > MOST_OUTCOMES:
        raise BulkRefusedError("too_many", len(keys))
    assert asked.finding is not None, "the form of an outcome asks for it"
    before: Before = {}
    # By key, so that two officers with overlapping lists wait and do not deadlock.
    for case in Case.objects.filter(pk__in=keys).order_by("pk"):
        stands = standing_outcome(case)
        # A case with this outcome is passed over: one of five hundred must not undo the others.
        if stands is None or stands.outcome != asked.finding.outcome.value:
            row = set_outcome(case=case, found=asked.finding, actor=actor)
            before[str(case.pk)] = [stands and stands.pk, row.pk]
    return before


def take_outcomes_back(before: Before, actor: User) -> int:
    count = 0
    for case in Case.objects.filter(pk__in=[int(key) for key in before]).order_by("pk"):
        stands = standing_outcome(case)
        if stands is not None and stands.pk == before[str(case.pk)][1]:
            # A reason is required of people; here the entry of the action itself tells who and why.
            take_outcome_back(case=case, reason="–", actor=actor)
            count += 1
    return count
