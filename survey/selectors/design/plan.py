"""The analysis plan of a questionnaire as it is designed now."""

from dataclasses import dataclass

from survey import models
from survey.instrument.plan.plan import NO_PLAN, AnalysisPlan


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
    return DraftPlan(plan=AnalysisPlan.from_dict(row[0]), revision=row[1]) if row else DraftPlan()
