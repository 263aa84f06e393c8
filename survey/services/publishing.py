"""Publishing: what was designed becomes a version that never changes, and a version goes into the field."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from survey.instrument import schema
from survey.models import Questionnaire, QuestionnaireVersion
from survey.selectors.questionnaire import read_questionnaire
from survey.services.audit import record_action
from survey.services.refusals import Refusal
from survey.terms import VersionStatus


class PublishingRefused(Refusal):
    """Why a questionnaire cannot be published, or a version not be fielded."""


@transaction.atomic
def publish_questionnaire(*, questionnaire: Questionnaire, actor: User | None) -> QuestionnaireVersion:
    """Compile the questionnaire as designed now into its next version, ready for testing.

    Where a version of the same content exists, and is not retired, that one is returned. Raises ``PublishingRefused``.
    """
    Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    content = compile_questionnaire(questionnaire=questionnaire)
    versions = QuestionnaireVersion.objects.filter(questionnaire=questionnaire)
    same = versions.filter(digest=content.digest).exclude(status=VersionStatus.RETIRED.value).first()
    if same is not None:
        return same
    version = QuestionnaireVersion.objects.create(
        questionnaire=questionnaire,
        number=(versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        schema=content.to_dict(),
        digest=content.digest,
        status=VersionStatus.TEST.value,
        published_by=actor,
    )
    record_action(actor=actor, verb="publish_questionnaire", subject=version, digest=content.digest)
    return version


def compile_questionnaire(*, questionnaire: Questionnaire) -> schema.Questionnaire:
    """The value that would be published. Raises ``PublishingRefused`` where it cannot be asked."""
    try:
        content = read_questionnaire(questionnaire.pk)
    except ValueError as error:
        message = _(
            "A word is not in the vocabulary: %(word)s. Choose one that is offered."
        )
        raise PublishingRefused("unknown_word", str(error), message % {"word": error}) from error
    if not content.items:
        message = _("The questionnaire “%(code)s” asks nothing yet. Add a section, a page and an item.")
        raise PublishingRefused("nothing_asked", content.code, message % {"code": content.code})
    return content


@transaction.atomic
def field_version(*, version: QuestionnaireVersion, actor: User | None) -> QuestionnaireVersion:
    """Let a version be answered by firms; from then on nothing about it changes. Raises ``PublishingRefused``."""
    version = QuestionnaireVersion.objects.select_for_update().get(pk=version.pk)
    if version.status == VersionStatus.RETIRED:
        message = _("%(version)s is retired. Publish the questionnaire again and field the new version.")
        raise PublishingRefused("retired", str(version), message % {"version": version})
    if version.status != VersionStatus.FIELDED:
        version.status = VersionStatus.FIELDED.value
        version.save(update_fields=["status"])
        record_action(actor=actor, verb="field_version", subject=version)
    return version
