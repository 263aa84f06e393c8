"""The analysis plan of a questionnaire as it is designed now."""

from dataclasses import dataclass

from survey import models
from survey.complaints import Complaint, Weight
from survey.instrument.plan.lint import lint_plan
from survey.instrument.plan.plan import NO_PLAN, AnalysisPlan
from survey.instrument.schema import Questionnaire
from survey.models import District, Industry
from survey.terms import SizeClass

INDUSTRY, SIZE, DISTRICT = "industry", "size", "district"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPlan:
    """The plan that is being designed, and the revision that a change of it has to name."""

    plan: AnalysisPlan = NO_PLAN
    revision: int = 0


def read_plan(questionnaire: int) -> AnalysisPlan:
    """The plan as it is designed now; without content where nothing was planned."""
    return read_draft(questionnaire).plan


def read_draft(questionnaire: int) -> DraftPlan:
    """The same with its revision; one query."""
    rows = models.AnalysisPlan.objects.filter(questionnaire=questionnaire)
    row = rows.values_list("content", "revision").first()
    # Without a row the revision is 0, which is what ``change_plan`` expects of the first change.
    return DraftPlan(plan=AnalysisPlan.from_dict(row[0]), revision=row[1]) if row else DraftPlan()


def frame_values() -> dict[str, tuple[str, ...]]:
    """The variables of every frame with their values, by which results can be grouped; two queries."""
    sections = Industry.objects.filter(parent=None).values_list("code", flat=True)
    return {
        INDUSTRY: tuple(sections),
        SIZE: tuple(size.value for size in SizeClass),
        DISTRICT: tuple(District.objects.values_list("code", flat=True)),
    }


def plan_check(questionnaire: Questionnaire, plan: AnalysisPlan) -> tuple[Complaint, ...]:
    """What is wrong with a plan of this questionnaire, errors first."""
    found = lint_plan(plan, questionnaire, frame_values())
    return tuple(sorted(found, key=lambda finding: finding.weight is Weight.WARNING))
