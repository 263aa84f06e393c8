"""Mailings: their rows, their sending, their files."""

from django.urls import reverse

from survey.asked_terms.speaking import as_asked, speak_of
from survey.exchange.letters.mailing_files import mailing_file
from survey.jobs.work import JobKind, Work
from survey.mailing_terms import MailingChannel, MailingState
from survey.models import Mailing
from survey.services.mailing.preparing import Progress, prepare_rows
from survey.services.mailing.sending import halt, send
from survey.services.operation.jobs import JobCancelled, JobTakenAway, Outcome
from survey.terms import gettext_noop as _


def prepare(work: Work) -> Outcome:
    """Make the rows of a run; send it at once where that was asked for."""
    mailing = mailing_of(work)
    if mailing.state == MailingState.PREPARING.value:
        prepare_rows(mailing=mailing, progress=portions(work))
    return deliver(work) if work.parameters.get("then_send") else page_of(mailing)


def deliver(work: Work) -> Outcome:
    """Send what waits; whoever cancels the job stops the run."""
    mailing = mailing_of(work)
    if mailing.state == MailingState.SENT.value:
        return page_of(mailing)
    try:
        send(mailing=mailing, actor=work.actor, progress=portions(work))
    except JobCancelled:
        # Stopped, not left as "being sent": the clock would go on with it.
        halt(mailing)
        raise
    return page_of(mailing)


def make_file(work: Work) -> Outcome:
    """A file of a run, made anew each time; what it is for counted when it was handed over."""
    mailing, part = mailing_of(work), work.parameters["part"]
    channel = MailingChannel(work.parameters["channel"])
    made = mailing_file(mailing, channel, part, portions(work))
    name = f"{mailing.wave.code}-{mailing.purpose}-{mailing.number}-{channel.value}-{part}.{made.suffix}"
    return Outcome(page=page_of(mailing).page, file=made.content, file_name=name, file_type=made.type)


def portions(work: Work) -> Progress:
    """What tells the page of the job how many firms are done."""
    return lambda done, total: work.progress(done, total, as_asked(_("firms")))


def mailing_of(work: Work) -> Mailing:
    """The run that the job is for, of whose firms or local units is told from now on. Raises `JobTakenAway` where it is
    gone."""
    found = Mailing.objects.select_related("wave__survey").filter(pk=work.parameters["mailing"]).first()
    if found is None:
        raise JobTakenAway(work.job.pk)
    speak_of(found.wave.survey.asks)
    return found


def page_of(mailing: Mailing) -> Outcome:
    """The page of the run."""
    return Outcome(page=reverse("mailing_run", args=[mailing.pk]))


CODES = "issue_access_codes"
PREPARE = JobKind(code="mailing_prepare", label=_("Preparation of a mailing"), permission=CODES, run=prepare)
SEND = JobKind(code="mailing_send", label=_("Sending of a mailing"), permission=CODES, run=deliver)
MAILING_FILE = JobKind(code="mailing_file", label=_("File of a mailing"), permission=CODES, run=make_file)
