"""A plan is changed by the page that shows its newest revision only."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from survey.instrument.plan.plan import NO_PLAN, AnalysisPlan, Threshold
from survey.models import AnalysisPlan as StoredPlan
from survey.models import Questionnaire, StaffAction
from survey.selectors.design.plan import DraftPlan, read_draft
from survey.services.design.plan import PlanRefusedError, change_plan
from survey.terms import Role
from tests.interrupted import half_written

PLAN = AnalysisPlan(threshold=Threshold(firms=5))
OTHER = AnalysisPlan(threshold=Threshold(firms=7))


def test_first_change_makes_the_first_revision(small: Questionnaire) -> None:
    change_plan(questionnaire=small, plan=PLAN, revision=0, actor=None)
    assert read_draft(small.pk) == DraftPlan(plan=PLAN, revision=1)


def test_stale_change_is_refused_and_nothing_is_lost(small: Questionnaire) -> None:
    change_plan(questionnaire=small, plan=PLAN, revision=0, actor=None)
    with pytest.raises(PlanRefusedError) as refusal:
        change_plan(questionnaire=small, plan=OTHER, revision=0, actor=None)
    assert (refusal.value.code, read_draft(small.pk).plan) == ("plan_changed", PLAN)


def test_same_plan_again_is_no_change(small: Questionnaire) -> None:
    change_plan(questionnaire=small, plan=PLAN, revision=0, actor=None)
    change_plan(questionnaire=small, plan=PLAN, revision=1, actor=None)
    assert (read_draft(small.pk).revision, StaffAction.objects.count()) == (1, 1)


def test_change_is_written_to_audit_and_history(small: Questionnaire, office_user: Callable[[Role], User]) -> None:
    actor = office_user(Role.DESIGNER)
    row = change_plan(questionnaire=small, plan=PLAN, revision=0, actor=actor)
    entry = StaffAction.objects.get()
    assert (entry.verb, entry.subject, entry.detail["digest"]) == ("change_analysis_plan", "small", PLAN.digest)
    assert [past.history_user for past in row.history.all()] == [actor]


def test_emptied_plan_is_derived_again(small: Questionnaire) -> None:
    change_plan(questionnaire=small, plan=PLAN, revision=0, actor=None)
    change_plan(questionnaire=small, plan=NO_PLAN, revision=1, actor=None)
    assert StoredPlan.objects.get().content == {}


def test_plan_is_changed_with_its_history_or_not_at_all(small: Questionnaire) -> None:
    assert half_written(lambda: change_plan(questionnaire=small, plan=PLAN, revision=0, actor=None)) == []
