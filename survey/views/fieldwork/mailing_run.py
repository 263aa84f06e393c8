"""The page of one run: how far it is, what became of each message, and its buttons and files."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from survey.exchange.letters.mailing_files import number_of_files
from survey.jobs.asking import ask_for
from survey.jobs.kinds.mailing import MAILING_FILE, PREPARE, SEND
from survey.mailing_terms import MailingChannel, MailingState, RowState
from survey.models import Job, Mailing
from survey.selectors.mailing.runs import counts_of, files_of, job_of, left_out_of, rows_of_run
from survey.selectors.operation.jobs import visible_jobs
from survey.selectors.operation.workers import has_worker
from survey.selectors.said import said as _
from survey.selectors.said import said_many as ngettext
from survey.services.mailing.sending import repeat, stop
from survey.views.fieldwork.mailings import visible_runs
from survey.views.fieldwork.wave_of_page import in_own_words
from survey.views.office import member_of_staff, office_page, render_office

PER_PAGE = 50


def run_of(request: HttpRequest, pk: int) -> Mailing:
    """The run, if the member of staff may see it; 404 otherwise. The page tells of what its survey asks."""
    found = get_object_or_404(visible_runs(request).select_related("wave__survey", "created_by"), pk=pk)
    in_own_words(found.wave)
    return found


@office_page("view_case", "issue_access_codes")
@require_safe
def mailing_run(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a run is, what became of each firm's message, its files and its buttons."""
    mailing, state = run_of(request, pk), request.GET.get("state", "")
    job = job_of(mailing)
    is_open = job is not None and job.state in Job.OPEN
    # The job may be a colleague's: the run is seen, the page of the job only by those who may see it.
    may_see_job = job is not None and visible_jobs(member_of_staff(request)).filter(pk=job.pk).exists()
    counts = counts_of(mailing)
    waiting = counts.by_state.get(RowState.WAITING.value, 0) + counts.by_state.get(RowState.SENDING.value, 0)
    files = [(way, count, range(1, number_of_files(mailing, way) + 1)) for way, count in files_of(mailing)]
    return render_office(
        request,
        "fieldwork/mailing_run.html",
        str(mailing),
        mailing=mailing,
        wave=mailing.wave,
        counts=counts,
        left_out=left_out_of(mailing),
        files=files,
        page=Paginator(rows_of_run(mailing, state), PER_PAGE).get_page(request.GET.get("page")),
        state=state,
        job=job,
        is_open=is_open,
        may_see_job=may_see_job,
        waiting=waiting,
        may_send=not is_open and waiting and mailing.state != MailingState.PREPARING.value,
        may_prepare=not is_open and mailing.state == MailingState.PREPARING.value,
        may_stop=mailing.state == MailingState.SENDING.value and waiting,
        again=counts.by_state.get("failed", 0) + counts.by_state.get("bounced", 0),
        unsure=counts.by_state.get("unsure", 0),
        has_worker=has_worker(timezone.now()),
    )


@office_page("view_case", "issue_access_codes")
@require_POST
def mailing_action(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Send or go on, stop, or let rows be sent once more; pressed twice it does nothing twice."""
    mailing, actor = run_of(request, pk), member_of_staff(request)
    if action == "send":
        # A run whose worker died while it was prepared is first prepared to its end.
        kind = PREPARE if mailing.state == MailingState.PREPARING.value else SEND
        # By the run: pressed twice, or by two officers, one worker sends it.
        ask_for(kind, key=str(mailing.pk), subject=f"{mailing.wave} {mailing}", actor=actor, mailing=mailing.pk)
    elif action == "stop":
        if not stop(mailing=mailing, actor=actor):
            messages.warning(request, _("The mailing is not being sent."))
    elif action in ("failed", "unsure"):
        count = repeat(mailing=mailing, which=action, actor=actor)
        said = ngettext("%(count)s message waits again.", "%(count)s messages wait again.", count)
        messages.info(request, said % {"count": count})
    else:
        raise Http404
    return redirect("mailing_run", pk)


@office_page("view_case", "issue_access_codes")
@require_POST
def mailing_file(request: HttpRequest, pk: int, channel: str, part: int) -> HttpResponse:
    """Ask for a file of the run; it may be fetched as often as one likes and counts nothing."""
    mailing = run_of(request, pk)
    if channel not in set(MailingChannel) or not 1 <= part <= number_of_files(mailing, MailingChannel(channel)):
        raise Http404
    job = ask_for(
        MAILING_FILE,
        # By the officer too: the file of a job is given only to those who may see that job.
        key=f"{mailing.pk}:{channel}:{part}:{member_of_staff(request).pk}",
        subject=f"{mailing.wave} {mailing}",
        actor=member_of_staff(request),
        mailing=mailing.pk,
        channel=channel,
        part=part,
    )
    return redirect("job_page", job.pk)
