"""Actions on many cases: what they set, that pressing twice is one, and that they are undone."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from survey.casework_terms import FirmOutcome, OutcomeSource
from survey.models import BulkAction, Case, CaseOutcome, CaseWork, District, Territory
from survey.services.casework.bulk import BULK, act_on_cases, undo_action
from survey.services.casework.bulk_asked import BulkAsked, BulkRefusedError
from survey.services.casework.outcomes import FoundOutcome
from survey.services.fieldwork.case_actions import preview
from tests.interrupted import half_written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def actor() -> User:
    return User.objects.create(username="actor")


def act(name: str, cases: list[Case], actor: User, key: str = "k", **asked: Any) -> BulkAction:
    chosen = Case.objects.filter(pk__in=[case.pk for case in cases])
    return act_on_cases(kind=BULK[name], cases=chosen, asked=BulkAsked(**asked), key=key, actor=actor)


def owners(cases: list[Case]) -> list[str]:
    found = dict(CaseWork.objects.filter(case__in=cases).values_list("case", "owner__username"))
    return [found.get(case.pk) or "–" for case in cases]


def test_cases_are_given_to_an_officer_and_back_to_whoever_had_them(cases: list[Case], actor: User) -> None:
    before = User.objects.create(username="before")
    CaseWork.objects.create(case=cases[0], owner=before, next_action="Call")
    done = act("assign", cases[:3], actor, officer=actor)
    assert (owners(cases[:3]), done.count) == (["actor"] * 3, 3)
    assert undo_action(done=done, actor=actor) == 3
    assert owners(cases[:3]) == ["before", "–", "–"]
    assert CaseWork.objects.get(case=cases[0]).next_action == "Call"


def test_same_form_again_is_the_same_action(cases: list[Case], actor: User) -> None:
    first, second = (act("mark", cases[:2], actor, mark=mark) for mark in ("watch", "urgent"))
    assert (first.pk, BulkAction.objects.count()) == (second.pk, 1)
    assert set(CaseWork.objects.values_list("mark", flat=True)) == {"watch"}


def test_same_form_again_is_the_same_action_where_its_list_has_none_of_the_cases_any_more(
    cases: list[Case], actor: User
) -> None:
    # A list of cases without a mark, which the action empties.
    unmarked = Case.objects.filter(pk__in=[cases[0].pk, cases[1].pk], work=None)
    first, second = (
        act_on_cases(kind=BULK["mark"], cases=unmarked, asked=BulkAsked(mark="watch"), key="k", actor=actor)
        for _press in range(2)
    )
    assert (first.pk, unmarked.exists()) == (second.pk, False)


def test_second_press_finds_the_first_before_it_acts(
    cases: list[Case], actor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the same moment neither sees the other's row; the one that waits for the key must not have acted by then."""
    stored_first: list[bool] = []

    def do(keys: list[int], asked: BulkAsked, actor: User) -> dict[str, Any]:
        stored_first.append(BulkAction.objects.filter(key="k").exists())
        return {}

    monkeypatch.setitem(BULK, "mark", replace(BULK["mark"], do=do))
    act("mark", cases[:2], actor, mark="watch")

    assert stored_first == [True]


def test_what_was_changed_since_stays_when_an_action_is_undone(cases: list[Case], actor: User) -> None:
    done = act("mark", cases[:2], actor, mark="watch")
    CaseWork.objects.filter(case=cases[0]).update(mark="urgent")
    assert undo_action(done=done, actor=actor) == 1
    assert sorted(CaseWork.objects.values_list("mark", flat=True)) == ["", "urgent"]
    with pytest.raises(BulkRefusedError, match="undone already"):
        undo_action(done=done, actor=actor)


def test_more_time_is_given_and_taken_back(cases: list[Case], actor: User) -> None:
    day = timezone.localdate() + timedelta(days=3)
    Case.objects.filter(pk=cases[0].pk).update(status="submitted")
    done = act("extend", cases[:3], actor, until=day)
    assert list(Case.objects.exclude(extended_until=None).values_list("pk", "extended_until")) == [
        (case.pk, day) for case in cases[1:3]
    ]
    assert undo_action(done=done, actor=actor) == 2
    assert not Case.objects.exclude(extended_until=None).exists()


def test_outcome_ends_the_work_and_is_taken_back(cases: list[Case], actor: User) -> None:
    found = FoundOutcome(outcome=FirmOutcome.CEASED, source=OutcomeSource.VISIT, reason="Empty halls.")
    done = act("outcome", cases[:2], actor, finding=found)
    assert list(Case.objects.filter(disposition="not_eligible").values_list("status")) == [("finalised",)] * 2
    assert undo_action(done=done, actor=actor) == 2
    assert not Case.objects.filter(disposition="not_eligible").exists()
    assert CaseOutcome.objects.count() == 4


def test_too_many_outcomes_at_once_are_refused_and_none_is_set(
    cases: list[Case], actor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("survey.services.casework.bulk_findings.MOST_OUTCOMES", 1)
    found = FoundOutcome(outcome=FirmOutcome.CEASED, source=OutcomeSource.VISIT, reason="Empty halls.")
    with pytest.raises(BulkRefusedError, match="too many"):
        act("outcome", cases[:2], actor, finding=found)
    assert not CaseOutcome.objects.exists()


def test_cases_go_to_the_officers_of_their_districts_in_turn(cases: list[Case], actor: User) -> None:
    places = {case.pk: case.sample_unit.unit.district_id for case in cases}
    mine = [case for case in cases if places[case.pk] == places[cases[0].pk]]
    assert 1 < len(mine) < len(cases)
    for name in ("an", "bo"):
        district = District.objects.get(pk=places[cases[0].pk])
        Territory.objects.create(user=User.objects.create(username=name), district=district)
    shown = preview(BULK["by_district"], Case.objects.all())
    assert (shown.taken, shown.left_out) == (len(mine), (("no officer of its district", 24 - len(mine)),))
    act("by_district", cases, actor)
    assert owners(mine) == [("an", "bo")[number % 2] for number in range(len(mine))]


def test_action_on_many_cases_that_is_done_or_undone_half_way_is_not_begun(cases: list[Case], actor: User) -> None:
    day = timezone.localdate() + timedelta(days=3)
    assert half_written(lambda: act("extend", cases[:3], actor, until=day)) == []
    done = BulkAction.objects.get()
    assert half_written(lambda: undo_action(done=done, actor=actor)) == []
