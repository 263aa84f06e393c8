"""Publishing: what was designed becomes a version that never changes; opening a wave fields it, retiring ends it."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_noop as _

from survey.complaints import Catalogue, Complaint, Entry
from survey.instrument import schema
from survey.instrument.lint.questionnaire import errors_in, lint
from survey.instrument.plan.plan import AnalysisPlan
from survey.models import Questionnaire, QuestionnaireVersion
from survey.selectors.design.plan import plan_check, read_plan
from survey.selectors.design.questionnaire import read_questionnaire
from survey.services.audit import record_action
from survey.services.refusals import RefusedError
from survey.terms import VersionStatus, WaveStatus


class PublishingRefusedError(RefusedError):
    """Why a questionnaire cannot be published, or a version not be retired. ``findings`` are the errors of lint."""

    catalogue = Catalogue(
        entries={
            "nothing_asked": Entry(
                _("The questionnaire “%(code)s” asks nothing yet."), _("Add a section, a page and an item.")
            ),
            "errors_found": Entry(
                _("The questionnaire “%(code)s” has errors at %(places)s."),
                _("Mend them as the check says, then publish."),
            ),
            "plan_errors_found": Entry(
                _("The analysis plan of “%(code)s” has errors at %(places)s."),
                _("Mend them as the check says, then publish."),
            ),
            "in_use": Entry(_("%(version)s is being answered in the wave “%(wave)s”."), _("Close the wave first.")),
            "unknown_word": Entry(_("A word is not in the vocabulary: %(word)s."), _("Choose one that is offered.")),
        }
    )

    findings: tuple[Complaint, ...] = ()


@transaction.atomic
def publish_questionnaire(*, questionnaire: Questionnaire, actor: User | None) -> QuestionnaireVersion:
    """Compile the questionnaire and its analysis plan as designed now into the next version, ready for testing.

    A version of the same content and plan that is not retired is returned as it is. Raises ``PublishingRefusedError``.
    """
    # Two who publish at the same time would both take the next number.
    Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    # Compiled under the lock, or a change between check and storing would be published unchecked.
    content = compile_questionnaire(questionnaire=questionnaire)
    plan = compile_plan(questionnaire=questionnaire, content=content)
    versions = QuestionnaireVersion.objects.filter(questionnaire=questionnaire)
    same = standing_version(questionnaire, content, plan)
    # Pressed twice, or published again without a change: no second version of the same digest.
    if same is not None:
        return same
    version = QuestionnaireVersion.objects.create(
        questionnaire=questionnaire,
        number=(versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        schema=content.to_dict(),
        digest=content.digest,
        plan=plan.to_dict(),
        plan_digest=plan.digest,
        status=VersionStatus.TEST.value,
        published_by=actor,
    )
    record_action(actor=actor, verb="publish_questionnaire", subject=version, digest=content.digest, plan=plan.digest)
    return version


def standing_version(
    questionnaire: Questionnaire, content: schema.Questionnaire, plan: AnalysisPlan
) -> QuestionnaireVersion | None:
    """The version that has this content and this plan and is not retired."""
    # Both are long documents, and digests are enough to compare.
    versions = questionnaire.versions.defer("schema", "plan").exclude(status=VersionStatus.RETIRED.value)
    return versions.filter(digest=content.digest, plan_digest=plan.digest).first()


def compile_questionnaire(*, questionnaire: Questionnaire) -> schema.Questionnaire:
    """The value that would be published. Raises ``PublishingRefusedError`` where it cannot be asked."""
    try:
        content = read_questionnaire(questionnaire.pk)
    # The vocabulary is checked in the forms; loaded fixtures and migrations of old can hold other words.
    except ValueError as error:
        raise PublishingRefusedError("unknown_word", str(error), word=error) from error
    if not content.items:
        raise PublishingRefusedError("nothing_asked", content.code, code=content.code)
    _refuse_errors("errors_found", errors_in(lint(content)), content.code)
    return content


def compile_plan(*, questionnaire: Questionnaire, content: schema.Questionnaire) -> AnalysisPlan:
    """The plan that would be published with ``content``. Raises ``PublishingRefusedError`` where it does not fit it."""
    plan = read_plan(questionnaire.pk)
    _refuse_errors("plan_errors_found", errors_in(plan_check(content, plan)), content.code)
    return plan


def _refuse_errors(refusal_code: str, errors: tuple[Complaint, ...], code: str) -> None:
    if errors:
        # dict, not set: each place once, in the order of the questionnaire.
        places = ", ".join(dict.fromkeys(error.place.code or error.place.kind for error in errors))
        refusal = PublishingRefusedError(refusal_code, places, code=code, places=places)
        refusal.findings = errors
        raise refusal


@transaction.atomic
def retire_version(*, version: QuestionnaireVersion, actor: User | None) -> QuestionnaireVersion:
    """Keep a version from being fielded again; answers stay. Raises ``PublishingRefusedError`` while it collects."""
    # Held: opening a wave with it holds it too (``field_version``), so that one of the two sees the other.
    version = QuestionnaireVersion.objects.select_for_update().get(pk=version.pk)
    wave = version.waves.filter(status=WaveStatus.OPEN.value).first()
    if wave is not None:
        raise PublishingRefusedError("in_use", wave.code, version=version, wave=wave)
    if version.status != VersionStatus.RETIRED:
        version.status = VersionStatus.RETIRED.value
        version.save(update_fields=["status"])
        record_action(actor=actor, verb="retire_version", subject=version)
    return version
