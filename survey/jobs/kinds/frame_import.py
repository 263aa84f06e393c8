"""Lists of firms: their check, and the loading of the good rows."""

from collections.abc import Callable

from django.urls import reverse

from survey.asked_terms.speaking import speak_of
from survey.exchange.frame.stored_list import Progress, check_stored_file, load_stored_file
from survey.jobs.work import JobKind, Work
from survey.models import FrameImport
from survey.services.frame.complaints import FrameFileRefused
from survey.services.frame.import_steps import ImportSuperseded, refuse_file
from survey.services.operation.jobs import JobTakenAway, Outcome
from survey.services.register.from_frame import register_frame
from survey.terms import gettext_noop as _

Status = FrameImport.Status


def check(work: Work) -> Outcome:
    """Check the stored file; the page of the import shows the report, or why the file was refused."""
    frame_import = import_of(work)
    return at_work(work, frame_import, Status.CHECKING, check_stored_file)


def load(work: Work) -> Outcome:
    """Load the good rows and let the register know of them; what an earlier try had done is not done again."""
    frame_import = import_of(work)
    # Killed after the loading, the next attempt goes on with the register.
    if frame_import.status != Status.DONE:
        at_work(work, frame_import, Status.LOADING, load_stored_file)
        frame_import = import_of(work)
    frame = frame_import.joins or frame_import.frame
    if frame is not None and frame_import.status == Status.DONE:
        register_frame(
            frame=frame,
            actor=frame_import.created_by,
            progress=lambda done, total: work.progress(done, total, _("firms of the register")),
        )
    return page_of(frame_import)


def at_work(work: Work, frame_import: FrameImport, status: str, do: Callable[[FrameImport, Progress], None]) -> Outcome:
    """Do it as long as the import is in this state; a decision that came meanwhile takes the job away."""
    if frame_import.status != status:
        raise JobTakenAway(work.job.pk)
    try:
        do(frame_import, lambda done, total: work.progress(done, total, _("rows")))
    except ImportSuperseded:
        raise JobTakenAway(work.job.pk) from None
    except FrameFileRefused as refused:
        refuse_file(frame_import=frame_import, refused=refused)
        raise
    return page_of(frame_import)


def import_of(work: Work) -> FrameImport:
    """The import that the job is for, of whose rows is told from now on. Raises `JobTakenAway` where it is gone."""
    found = FrameImport.objects.select_related("frame", "joins", "created_by", "job")
    frame_import = found.filter(pk=work.parameters["frame_import"]).first()
    if frame_import is None:
        raise JobTakenAway(work.job.pk)
    speak_of(frame_import.lists)
    return frame_import


def page_of(frame_import: FrameImport) -> Outcome:
    """The page of the import."""
    return Outcome(page=reverse("frame_import_report", args=[frame_import.pk]))


CHECK = JobKind(code="frame_check", label=_("Check of a list of firms"), permission="import_frame", run=check)
LOAD = JobKind(code="frame_load", label=_("Loading of a list of firms"), permission="import_frame", run=load)
