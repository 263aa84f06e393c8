"""Lists of calls: the weights of a large wave take longer than a page may."""

from django.urls import reverse

from survey.jobs.kinds.exports import wave_of_job
from survey.jobs.work import JobKind, Work
from survey.selectors.results.kept import at_revision
from survey.selectors.results.wave_results import overview_of, prepared_of
from survey.services.casework.calling import make_call_list
from survey.services.operation.jobs import Outcome
from survey.terms import gettext_noop as _


def call_list(work: Work) -> Outcome:
    """Make the next list of a wave, once."""
    [wave] = at_revision([wave_of_job(work)])
    # Kept beforehand: the step below is one transaction, which must not hold up those who save for seconds.
    if overview_of(wave).has_enough:
        prepared_of(wave)
    work.progress(1, 2, _("steps"))
    work.once("list", lambda: make_call_list(wave=wave, actor=work.actor).number)
    return Outcome(page=reverse("call_list", args=[wave.code]))


CALL_LIST = JobKind(code="call_list", label=_("List of calls"), permission="change_case", run=call_list)
