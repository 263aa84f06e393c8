"""The analysis plan as it is designed, and as a version froze it."""

from survey.instrument.plan.default import completed_plan
from survey.instrument.plan.plan import NO_PLAN, AnalysisPlan, Threshold
from survey.models import AnalysisPlan as StoredPlan
from survey.models import Questionnaire, QuestionnaireVersion
from survey.selectors.design.plan import DraftPlan, read_draft, read_plan
from survey.selectors.design.version import plan_of_version, questionnaire_of

PLAN = AnalysisPlan(threshold=Threshold(firms=5))


def test_questionnaire_without_a_plan_has_none(small: Questionnaire) -> None:
    assert read_draft(small.pk) == DraftPlan(plan=NO_PLAN, revision=0)


def test_stored_plan_is_read_as_a_value(small: Questionnaire) -> None:
    StoredPlan.objects.create(questionnaire=small, content=PLAN.to_dict(), revision=4)
    assert read_draft(small.pk) == DraftPlan(plan=PLAN, revision=4)
    assert read_plan(small.pk) == PLAN


def test_version_without_a_plan_has_the_one_that_follows_from_it(version: QuestionnaireVersion) -> None:
    assert plan_of_version(version) == completed_plan(questionnaire_of(version))


def test_plan_of_a_version_is_what_it_froze(version: QuestionnaireVersion) -> None:
    content = {"number": 2, "schema": version.schema, "digest": version.digest}
    planned = {"plan": PLAN.to_dict(), "plan_digest": PLAN.digest}
    frozen = version.questionnaire.versions.create(**content, **planned)
    assert plan_of_version(frozen).threshold == Threshold(firms=5)
