"""Whom to call next: the rule, a list of three days ago that was called after, and the list of today."""

from datetime import timedelta

import numpy as np
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone

from survey.casework_terms import CallResult, EntryKind
from survey.complaints import Refused
from survey.management.demonstration.fill_in import fill_in
from survey.management.demonstration.story import SEED, Say, cases_of, others_than_open
from survey.models import CallList, CaseEntry, ListedCall, Wave
from survey.selectors.results.kept import at_revision
from survey.services.casework.calling import CallingChoice, fix_calling_plan, make_call_list
from survey.services.casework.log import Happened, Plan, log_work
from survey.terms import CaseStatus

CHOICE = CallingChoice(size=50, points=4.0, percent=8.0, dominance=0.015, least_gain=0.5, enough=1.0)
RESULTS = (CallResult.NO_ANSWER, CallResult.PROMISED, CallResult.NO_ANSWER, CallResult.CALL_BACK, CallResult.HELPED)
ANSWERING_RESULTS = (CallResult.PROMISED, CallResult.HELPED)
AFTER_THE_CALL = timedelta(hours=3)
CALLED = 35
"""Firms of the older list that were called; the others were left when the day was over."""


def call_by_lists(*, wave: Wave, officer: User, say: Say) -> None:
    """The office sets its rule, calls the firms of a first list, and makes the next one."""
    fix_calling_plan(wave=wave, choice=CHOICE, seed=SEED, actor=officer)
    try:
        called = _older_list(wave, officer)
        [again] = at_revision([Wave.objects.get(pk=wave.pk)])
        newest = make_call_list(wave=again, actor=officer)
    except Refused as refused:
        # A demonstration of a few firms has too few answers to choose by.
        say(str(refused))
        return
    say(f"The office called {called} firms of a list and made the next one of {newest.calls.count()}.")


def _older_list(wave: Wave, officer: User) -> int:
    """A list of three days ago; the firms on it that nothing else is planned with are called."""
    older = make_call_list(wave=wave, actor=officer)
    # By update: the service stamps what it makes with the present, as it must.
    CallList.objects.filter(pk=older.pk).update(made_at=timezone.now() - timedelta(days=3))
    generator, called = np.random.default_rng(SEED + 3), timezone.now() - timedelta(days=2)
    for place, call in enumerate(free_to_call(older)[:CALLED]):
        result = RESULTS[place % len(RESULTS)]
        happened = Happened(kind=EntryKind.CALL, key=f"demonstration-list-{call.pk}", result=result.value)
        log_work(case=call.case, happened=happened, plan=Plan(owner=officer), actor=officer)
        if result in ANSWERING_RESULTS and call.case.status == CaseStatus.NOT_STARTED.value:
            fill_in(case=cases_of(wave).get(pk=call.case_id), generator=generator, at=called + AFTER_THE_CALL)
    calls = CaseEntry.objects.filter(submission_key__startswith="demonstration-list-")
    calls.update(at=called)
    return calls.count()


def free_to_call(older: CallList) -> QuerySet[ListedCall]:
    """What stands on a list of firms that nothing else is planned with and whose codes are not shown to be tried."""
    others = others_than_open(older.wave)
    return older.calls.filter(case__work=None, case__in=others.values("pk")).select_related("case")
