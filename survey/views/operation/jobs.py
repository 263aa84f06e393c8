"""The jobs of the office: what is asked for, how far it is, what it made; cancel, try again, take the file."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from survey.jobs.asking import try_again
from survey.jobs.complaints import job_complaint
from survey.jobs.registry import JOB_KINDS, queue_of
from survey.models import Job
from survey.selectors.operation.jobs import SEES_ALL, visible_jobs
from survey.selectors.operation.workers import has_worker
from survey.services.audit import record_action
from survey.services.operation.jobs import cancel_job, fail_silent_jobs
from survey.terms import gettext_noop as noop
from survey.views.complaints import ComplaintLine, complaint_line
from survey.views.download import download
from survey.views.office import member_of_staff, office_page, render_office

PER_PAGE = 50


@never_cache
@office_page()
@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    """One's own jobs, newest first; administrators see everybody's."""
    now = timezone.now()
    # Whoever looks finds out that a worker was killed; the clock may be what is not running (0027).
    fail_silent_jobs(now=now)
    jobs = visible_jobs(member_of_staff(request))
    state = request.GET.get("state", "")
    # A state from the address counts only where there is one of that name.
    page = Paginator(jobs.filter(state=state) if state in Job.State.values else jobs, PER_PAGE).get_page(
        request.GET.get("page")
    )
    shown: dict[str, Any] = {
        "page": page,
        "rows": [row(job) for job in page],
        "states": [(value, label, jobs.filter(state=value).count()) for value, label in Job.State.choices],
        "state": state,
        "has_worker": all(has_worker(now, queue) for queue in Job.Queue),
        "sees_all": request.user.has_perm(SEES_ALL),
    }
    return render_office(request, "operation/jobs.html", _("Jobs"), **shown)


@never_cache
@office_page()
@require_safe
def job_page(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a job is, or how it ended."""
    now = timezone.now()
    fail_silent_jobs(now=now)
    job = found(request, pk)
    is_served = has_worker(now, queue_of(job))
    shown: dict[str, Any] = {"row": row(job), "has_worker": is_served, "may_take": may_take(request, job)}
    return render_office(request, "operation/job.html", label_of(job), **shown)


@never_cache
@office_page()
@require_safe
def job_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a job is, for the script of its page."""
    fail_silent_jobs(now=timezone.now())
    job = found(request, pk)
    progress = {"done": job.done, "total": job.total, "step": _(job.step) if job.step else "", "state": job.state}
    return JsonResponse({**progress, "is_at_work": job.state in Job.OPEN})


ACTIONS: dict[str, tuple[Callable[..., bool], str]] = {
    "cancel": (cancel_job, noop("The job has ended already.")),
    "retry": (try_again, noop("The job is open already, is done, or has been asked for anew.")),
}


@office_page()
@require_POST
def job_action(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Cancel a job, or let one that failed or was cancelled be tried again; too late, it changes nothing."""
    if action not in ACTIONS:
        raise Http404
    job, user = found(request, pk), member_of_staff(request)
    # The right may have been taken since the job was asked for; cancelling one's own needs none.
    if action == "retry" and not has_right(request, job):
        raise PermissionDenied
    act, too_late = ACTIONS[action]
    if not act(job=job, actor=user):
        messages.warning(request, _(too_late))
    return redirect("job_page", pk)


@office_page()
@require_safe
def job_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file that a job has made. It may hold answers or contacts, so the download is written down."""
    job = found(request, pk)
    if not job.file:
        raise Http404
    if not may_take(request, job):
        raise PermissionDenied
    record_action(actor=member_of_staff(request), verb="download_job_file", subject=job, job=job.pk)
    with job.file.open("rb") as file:
        return download(file.read(), job.file_name, job.file_type)


def found(request: HttpRequest, pk: int) -> Job:
    """The job, if it is one that the member of staff may see."""
    # 404 and not 403: that a colleague has asked for something is not told either.
    return get_object_or_404(visible_jobs(member_of_staff(request)), pk=pk)


def may_take(request: HttpRequest, job: Job) -> bool:
    """Whether the member of staff may still see what this kind of job makes."""
    # Asked again at the download: a file outlives the role of whoever ordered it.
    return bool(job.file) and has_right(request, job)


def has_right(request: HttpRequest, job: Job) -> bool:
    """Whether the member of staff has the right that this kind of job asks for; nobody has it for a kind of before."""
    return job.kind in JOB_KINDS and request.user.has_perm(f"survey.{JOB_KINDS[job.kind].permission}")


def row(job: Job) -> dict[str, Any]:
    """A job in the language of the page."""
    return {
        "job": job,
        "label": label_of(job),
        "step": _(job.step) if job.step else "",
        "fault": fault_of(job),
        "is_open": job.state in Job.OPEN,
        "may_retry": job.state in (Job.State.FAILED, Job.State.CANCELLED),
    }


def label_of(job: Job) -> str:
    """The kind of a job in words; its code where this version knows it no more."""
    # Rows of jobs outlive the version that knew their kind.
    return _(JOB_KINDS[job.kind].label) if job.kind in JOB_KINDS else job.kind


def fault_of(job: Job) -> ComplaintLine | None:
    """What went wrong with a job; None where nothing did."""
    complaint = job_complaint(job)
    return complaint_line(complaint) if complaint else None
