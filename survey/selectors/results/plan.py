"""The analysis plan that the results of a wave follow."""

from functools import lru_cache

from survey.instrument.plan.default import completed_plan
from survey.instrument.plan.plan import AnalysisPlan
from survey.instrument.schema import Questionnaire
from survey.models import QuestionnaireVersion, Wave
from survey.selectors.design.version import plan_of_version, questionnaire_of
from survey.selectors.results.extract import latest_version
from survey.selectors.results.kept import kept, revision_of


def plan_of(wave: Wave) -> AnalysisPlan:
    """The plan of the newest version that the wave has answers to, each part that it leaves empty filled in."""

    return plan_of_digests(*_digests(wave))


def newest_questionnaire(wave: Wave) -> Questionnaire:
    """The questionnaire of that version, whose items and wording the tables of the wave show."""
    digest, plan_digest = _digests(wave)
    return questionnaire_of(QuestionnaireVersion(digest=digest, plan_digest=plan_digest))


def _digests(wave: Wave) -> tuple[str, str]:
    """Those of the questionnaire and of the plan."""

    def make() -> tuple[str, str]:
        version = latest_version(wave)
        return version.digest, version.plan_digest

    return kept(revision_of(wave), ("version", wave.pk), make, is_light=True)


@lru_cache(maxsize=32)
def plan_of_digests(digest: str, plan_digest: str) -> AnalysisPlan:
    """The complete plan of the version with these digests: versions never change, so that they say what follows."""
    # Not stored: only its digests are asked, by which both documents are found.
    version = QuestionnaireVersion(digest=digest, plan_digest=plan_digest)
    return completed_plan(questionnaire_of(version), plan_of_version(version))
