"""Published versions as questionnaires, each read once: versions never change."""

from collections.abc import Mapping
from functools import lru_cache

from survey.instrument.concepts import same_for_a_firm
from survey.instrument.plan.default import completed_plan
from survey.instrument.plan.plan import AnalysisPlan
from survey.instrument.schema import Questionnaire
from survey.models import QuestionnaireVersion


def questionnaire_of(version: QuestionnaireVersion) -> Questionnaire:
    """The questionnaire of a version; read once for each digest, because versions never change."""
    return _questionnaire(version.digest)


# A survey has a few versions in use; each takes some megabytes of objects.
@lru_cache(maxsize=32)
def _questionnaire(digest: str) -> Questionnaire:
    # By digest: of two versions with equal content either serves, and the document is read and parsed once.
    schema = QuestionnaireVersion.objects.filter(digest=digest).order_by().values_list("schema", flat=True)[:1].get()
    return Questionnaire.from_dict(schema)


def plan_of_version(version: QuestionnaireVersion) -> AnalysisPlan:
    """The plan by which the answers to a version are analysed, its empty parts filled in; read once for each digest."""
    return _plan(version.plan_digest, version.digest)


@lru_cache(maxsize=32)
def _plan(digest: str, asked: str) -> AnalysisPlan:
    content = (
        QuestionnaireVersion.objects.filter(plan_digest=digest).order_by().values_list("plan", flat=True)[:1].get()
    )
    return completed_plan(_questionnaire(asked), AnalysisPlan.from_dict(content))


def codes_since(version: QuestionnaireVersion, questionnaire: Questionnaire) -> Mapping[str, str]:
    """By item of an earlier version the item of a later one, ``questionnaire``, that measures the same for a firm."""
    return _codes(version.digest, questionnaire.digest)


@lru_cache(maxsize=32)
def _codes(then: str, now: str) -> Mapping[str, str]:
    return same_for_a_firm(_questionnaire(then), _questionnaire(now))
