"""Cuts: the figures of a wave cleared as a whole, which takes longer than a page may."""

from urllib.parse import urlencode

from django.urls import reverse

from survey.jobs.kinds.exports import wave_of_job
from survey.jobs.work import JobKind, Work
from survey.models import Job
from survey.services.operation.jobs import Outcome
from survey.services.results.cuts import make_cut
from survey.terms import WaveStatus
from survey.terms import gettext_noop as _


def cut(work: Work) -> Outcome:
    """Make the cut, or find the last one where nothing has changed; asked again, it finds the one that it made."""
    wave = wave_of_job(work)
    # Those of the clock too: what one cut tells without proof stands in later ones, of which no release can be signed.
    # Not of an open wave of the demonstration, which has a plain cut from its first minutes on so that the dashboard
    # shows something: no later one can be signed. The closed wave of the year before shows what a certificate is.
    is_open = wave.status == WaveStatus.OPEN.value
    is_tried_out = work.actor is None and wave.survey.is_demonstration and is_open
    make_cut(
        wave=wave,
        actor=work.actor,
        certified=not is_tried_out,
        progress=lambda done, total: work.progress(done, total, _("steps")),
    )
    return Outcome(page=f"{reverse('dashboard')}?{urlencode({'wave': wave.code})}")


CUT = JobKind(code="cut", label=_("Cut"), permission="make_cut", run=cut, queue=Job.Queue.PROOFS)
