"""Importing a list of firms in the office: put in, watch, read the report, decide."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from survey.asked_terms.speaking import speak_of
from survey.exchange.frame.template import template_workbook
from survey.forms.office.frame_import import FrameImportForm
from survey.jobs.asking import ask_for
from survey.jobs.kinds import frame_import as kinds
from survey.jobs.work import JobKind
from survey.models import FrameImport
from survey.selectors.said import said as _
from survey.services.audit import record_action
from survey.services.frame.import_steps import (
    accept_good_rows,
    discard_import,
    is_at_work,
    is_dead,
    put_in_file,
    restart_import,
)
from survey.services.operation.jobs import fail_silent_jobs
from survey.terms import AskedUnit
from survey.views.download import XLSX, download
from survey.views.fieldwork.frame_import_report import import_report
from survey.views.office import member_of_staff, office_page, render_office, whole_office_page

RECENT = 10
Decision = Callable[..., bool]


@whole_office_page("import_frame")
@require_http_methods(["GET", "HEAD", "POST"])
def frame_import(request: HttpRequest) -> HttpResponse:
    """Take a file and start its check; below the form, the latest imports."""
    form = FrameImportForm(request.POST, request.FILES) if request.method == "POST" else FrameImportForm()
    if form.is_bound and form.is_valid():
        put_in = put_in_file(actor=member_of_staff(request), **form.put_in())
        let_work(kinds.CHECK, put_in, member_of_staff(request))
        return redirect("frame_import_report", put_in.pk)
    recent = FrameImport.objects.select_related("created_by")[:RECENT]
    title = _("Import a list of firms")
    return render_office(request, "fieldwork/frame_import_new.html", title, form=form, recent=recent)


def let_work(kind: JobKind, frame_import: FrameImport, actor: User) -> None:
    """Put the check or the loading into the queue."""
    # The job is in the queue exactly if the import knows it: a worker must not begin one that nobody can see.
    with transaction.atomic():
        frame_import.job = ask_for(
            kind, key=str(frame_import.pk), subject=frame_import.title, actor=actor, frame_import=frame_import.pk
        )
        FrameImport.objects.filter(pk=frame_import.pk).update(job=frame_import.job)


@whole_office_page("import_frame")
@require_safe
def frame_import_report(request: HttpRequest, pk: int) -> HttpResponse:
    """How far an import is, or what its check found."""
    # Whoever looks at the page finds out that its worker was killed; no second worker is needed (0027).
    fail_silent_jobs(now=timezone.now())
    found = get_object_or_404(FrameImport.objects.select_related("frame", "created_by", "job"), pk=pk)
    speak_of(found.lists)
    return render_office(request, "fieldwork/frame_import_report.html", found.title, **import_report(found))


@whole_office_page("import_frame")
@require_safe
def frame_import_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far an import is, for the script of its page."""
    fail_silent_jobs(now=timezone.now())
    found = get_object_or_404(FrameImport.objects.select_related("job"), pk=pk)
    progress = {"status": found.status, "done": found.rows_done, "total": found.rows_total}
    progress["state"] = found.job.state if found.job else ""
    response = JsonResponse({**progress, "is_at_work": is_at_work(found) and not is_dead(found)})
    # Asked every few seconds; a proxy that keeps an answer would let the bar stand still.
    response["Cache-Control"] = "no-store"
    return response


DECISIONS: dict[str, tuple[Decision, JobKind | None]] = {
    "accept": (accept_good_rows, kinds.LOAD),
    "restart": (restart_import, kinds.CHECK),
    "discard": (discard_import, None),
}


@whole_office_page("import_frame")
@require_POST
def frame_import_decide(request: HttpRequest, pk: int, decision: str) -> HttpResponse:
    """Load the good rows, start a dead check again, or discard; a decision that comes too late changes nothing."""
    found = get_object_or_404(FrameImport.objects.select_related("frame", "job"), pk=pk)
    if decision not in DECISIONS:
        raise Http404
    decide, kind = DECISIONS[decision]
    if not decide(frame_import=found, actor=member_of_staff(request)):
        messages.warning(request, _("This import has been decided already, or is at work. This is how it stands now."))
    elif kind:
        let_work(kind, found, member_of_staff(request))
    return redirect("frame_import_report", pk)


# The workbook has contacts as the list had them, hence the right to see contacts besides.
@whole_office_page("import_frame", "view_contact")
@require_safe
def frame_import_errors(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows with errors as a workbook. They hold contacts, so the download is written down."""
    found = get_object_or_404(FrameImport, pk=pk)
    if not found.errors_file:
        raise Http404
    record_action(actor=member_of_staff(request), verb="download_frame_errors", subject=found, rows=found.rows_bad)
    with found.errors_file.open("rb") as file:
        return download(file.read(), f"errors-{found.pk}.xlsx", XLSX)


@office_page("import_frame")
@require_safe
def frame_import_template(request: HttpRequest) -> HttpResponse:
    """An empty list with the right headers, an explanation and the codes; of local units with ``?rows=local_unit``."""
    if request.GET.get("rows") == AskedUnit.LOCAL_UNIT.value:
        return download(template_workbook(AskedUnit.LOCAL_UNIT), "local-units-template.xlsx", XLSX)
    return download(template_workbook(), "firms-template.xlsx", XLSX)
