"""Waves whose figures have changed since they were last cleared."""

from datetime import datetime

from django.db.models import Q

from survey.models import Cut, Job, Wave
from survey.selectors.results.kept import at_revision
from survey.selectors.results.wave_results import overview_of
from survey.terms import WaveStatus


def waves_that_need_a_cut(since: datetime) -> list[Wave]:
    """Open waves, and closed ones without a cut of their last state, that have enough answers and of which nobody has
    asked for a cut since this moment."""
    waves = list(Wave.objects.filter(sample__isnull=False).exclude(status=WaveStatus.PLANNED.value))
    return [wave for wave in at_revision(waves) if not _has_been_asked_for(wave, since) and _needs_a_cut(wave)]


def _has_been_asked_for(wave: Wave, since: datetime) -> bool:
    of_wave = Q(kind="cut", key__startswith=f"cut:{wave.pk}:")
    # Asked for, done or not: where a cut fails each time, the clock must not ask for it every minute.
    return Job.objects.filter(of_wave, asked_at__gt=since).exists()


def _needs_a_cut(wave: Wave) -> bool:
    # The state that the last cut was made at: where it is the same, so are the figures.
    newest = Cut.objects.filter(wave=wave).order_by("-number").values_list("about__revision", flat=True).first()
    return newest != wave.revision and overview_of(wave).has_enough
