"""Opening and closing the collection of a wave."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from survey.complaints import Catalogue, Entry
from survey.models import QuestionnaireVersion, Sample, Wave
from survey.selectors.fieldwork.collection_period import closes_at
from survey.services.audit import record_action
from survey.services.fieldwork.taking_back import put_back_all
from survey.services.refusals import RefusedError
from survey.terms import VersionStatus, WaveStatus


class WaveError(RefusedError):
    """Why a wave cannot be opened or closed."""

    catalogue = Catalogue(
        entries={
            "already_open": Entry(_("The wave is open already."), _("Nothing needs to be done.")),
            "no_version": Entry(
                _("The wave has no questionnaire version."),
                _("Publish a questionnaire and choose its version in the wave."),
            ),
            "version_retired": Entry(
                _("%(version)s is retired."),
                _("Choose another version in the wave, or publish the questionnaire again."),
            ),
            "no_sample": Entry(_("The wave has no sample."), _("Draw a sample first.")),
            "deadline_passed": Entry(
                _("The deadline of the wave or the approval of its survey has passed."), _("Enter a later date first.")
            ),
            "not_open": Entry(_("The wave is not open."), _("Nothing needs to be done.")),
        }
    )


@transaction.atomic
def open_wave(*, wave: Wave, actor: User | None) -> Wave:
    """Let firms fill in from ``opens_at``; the questionnaire version is fielded from now on. Raises ``WaveError``."""
    wave = Wave.objects.select_for_update(of=("self",)).select_related("survey", "version").get(pk=wave.pk)
    _refuse_opening(wave)
    if wave.version:
        field_version(version=wave.version)
    return _set_status(wave, WaveStatus.OPEN, actor)


def _refuse_opening(wave: Wave) -> None:
    if wave.status == WaveStatus.OPEN.value:
        raise WaveError("already_open", wave.pk)
    if wave.version is None:
        raise WaveError("no_version", wave.pk)
    if wave.version.status == VersionStatus.RETIRED.value:
        raise WaveError("version_retired", str(wave.version), version=wave.version)
    # Without cases nobody could log in, and the letters would go to nobody.
    if not Sample.objects.filter(wave=wave).exists():
        raise WaveError("no_sample", wave.pk)
    # The approval of a statistical survey expires with a date of its own; whichever comes first ends the collection.
    if closes_at(wave) <= timezone.now():
        raise WaveError("deadline_passed", wave.pk)


def field_version(*, version: QuestionnaireVersion) -> None:
    """Firms are asked this version from now on. Call it inside the transaction that lets them. Raises ``WaveError``."""
    # Held and read again: somebody may be retiring it at this moment, who looks for open waves under the same lock.
    version = QuestionnaireVersion.objects.select_for_update().get(pk=version.pk)
    if version.status == VersionStatus.RETIRED.value:
        raise WaveError("version_retired", str(version), version=version)
    if version.status != VersionStatus.FIELDED.value:
        version.status = VersionStatus.FIELDED.value
        version.save(update_fields=["status"])


@transaction.atomic
def close_wave(*, wave: Wave, actor: User | None) -> Wave:
    """End the collection of a wave now; drafts are kept, and what was taken back and left undone counts again.

    Raises ``WaveError``.
    """
    wave = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    if wave.status != WaveStatus.OPEN.value:
        raise WaveError("not_open", wave.pk)
    # What a firm took back and did not submit again would otherwise be lost with its draft.
    put_back_all(wave)
    return _set_status(wave, WaveStatus.CLOSED, actor)


def _set_status(wave: Wave, status: WaveStatus, actor: User | None) -> Wave:
    wave.status = status.value
    # simple_history takes the user from the request, and a command has none.
    wave._history_user = actor  # type: ignore[attr-defined]
    wave.save(update_fields=["status"])
    record_action(actor=actor, verb=f"{status.value}_wave", subject=wave.code)
    return wave
