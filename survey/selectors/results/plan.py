"""The analysis plan that the results of a wave follow."""

from functools import lru_cache

from survey.instrument.plan.default import completed_plan
from survey.instrument.plan.plan import AnalysisPlan
from survey.models import QuestionnaireVersion, Wave
from survey.selectors.design.version import plan_of_version, questionnaire_of
from survey.selectors.results.extract import latest_version
from survey.selectors.results.kept import kept, revision_of


def plan_of(wave: Wave) -> AnalysisPlan:
    """The plan of the newest version that the wave has answers to, each part that it leaves empty filled in."""
    return _completed(*kept(revision_of(wave), ("version", wave.pk), lambda: _digests(latest_version(wave))))


def _digests(version: QuestionnaireVersion) -> tuple[str, str]:
    return version.digest, version.plan_digest


@lru_cache(maxsize=32)
def _completed(digest: str, plan_digest: str) -> AnalysisPlan:
    """Versions never change, so that their digests say what follows from them."""
    version = QuestionnaireVersion(digest=digest, plan_digest=plan_digest)
    return completed_plan(questionnaire_of(version), plan_of_version(version))
