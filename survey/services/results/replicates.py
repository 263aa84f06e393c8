"""Replicate weights leave the office: it is written down who took them."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_noop as _

from survey.complaints import Catalogue, Entry
from survey.models import Wave
from survey.selectors.results.extract import collected_of
from survey.selectors.results.wave_results import has_enough
from survey.services.audit import record_action
from survey.services.refusals import RefusedError


class ReplicatesRefusedError(RefusedError):
    """Why there are no replicate weights."""

    catalogue = Catalogue(
        entries={
            "too_few_responses": Entry(
                _("Fewer than two firms answered in “%(wave)s”."), _("Wait for more responses.")
            ),
        }
    )


@transaction.atomic
def record_replicates_export(*, wave: Wave, replicates: int, actor: User | None) -> None:
    """Write down that replicate weights are taken, before they are. Raises ReplicatesRefusedError."""
    collected = collected_of(wave)
    # Replicates of one firm are a copy of its weight, and of none there is nothing to take.
    if not has_enough(collected):
        raise ReplicatesRefusedError("too_few_responses", wave.pk, wave=wave)
    record_action(
        actor=actor, verb="export_replicates", subject=wave, answered=collected.answered, replicates=replicates
    )
