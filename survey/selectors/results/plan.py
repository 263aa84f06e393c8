"""The analysis plan that the results of a wave follow."""

from survey.instrument.plan.default import completed_plan
from survey.instrument.plan.plan import AnalysisPlan
from survey.models import Wave
from survey.selectors.design.version import plan_of_version, questionnaire_of
from survey.selectors.results.extract import latest_version


def plan_of(wave: Wave) -> AnalysisPlan:
    """The plan of the newest version that the wave has answers to, each part that it leaves empty filled in."""
    version = latest_version(wave)
    return completed_plan(questionnaire_of(version), plan_of_version(version))
