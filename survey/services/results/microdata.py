"""Edited microdata leave the office: it is written down who took them, and refused where nobody has answered."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_noop as _

from survey.complaints import Catalogue, Entry
from survey.models import Wave
from survey.selectors.results.extract import collected_of
from survey.selectors.results.wave_results import has_enough
from survey.services.audit import record_action
from survey.services.refusals import RefusedError


class MicrodataRefusedError(RefusedError):
    """Why there are no microdata."""

    catalogue = Catalogue(
        entries={
            "too_few_responses": Entry(
                _("Fewer than two firms answered in “%(wave)s”."), _("Wait for more responses.")
            ),
        }
    )


@transaction.atomic
def record_microdata_export(*, wave: Wave, with_words: bool, actor: User | None) -> None:
    """Write down that the microdata of the wave are taken, before they are. Raises MicrodataRefusedError."""
    collected = collected_of(wave)
    # Two answers at least: of one firm the file would be its questionnaire.
    if not has_enough(collected):
        raise MicrodataRefusedError("too_few_responses", wave.pk, wave=wave)
    record_action(
        actor=actor, verb="export_microdata", subject=wave, answered=collected.answered, with_words=with_words
    )
