"""What the page of an import shows: codes and values of its report, put into words in the reader's language."""

from typing import Any

from django.utils import timezone

from survey.jobs.complaints import job_complaint
from survey.models import FrameImport
from survey.selectors.operation.workers import waits_in_vain
from survey.selectors.said import said as gettext
from survey.services.frame.complaints import FILE_CATALOGUE, NOTE_CATALOGUE, row_complaint
from survey.services.frame.import_steps import can_restart, is_at_work, is_dead
from survey.terms import SizeClass
from survey.views.complaints import ComplaintLine, complaint_line


def import_report(frame_import: FrameImport) -> dict[str, Any]:
    """Everything that the page needs beside the import itself."""
    report = frame_import.report
    refusal = report.get("refusal")
    has_died = is_dead(frame_import)
    return {
        "frame_import": frame_import,
        "is_working": is_at_work(frame_import) and not has_died,
        "has_died": has_died,
        "can_restart": can_restart(frame_import),
        "fault": job_fault(frame_import),
        "no_worker": frame_import.job is not None and waits_in_vain(frame_import.job, timezone.now()),
        "refusal": complaint_line(FILE_CATALOGUE.complaint(refusal["code"], **refusal["params"])) if refusal else None,
        "kinds": [complaint_line(row_complaint(kind), kind["count"]) for kind in report.get("errors", [])],
        "blanked": [complaint_line(row_complaint(kind), kind["count"]) for kind in report.get("blanked", [])],
        "notes": [complaint_line(NOTE_CATALOGUE.complaint(code, **params)) for code, params in report.get("notes", [])],
        "update": report.get("update"),
        "sizes": size_rows(report.get("size_classes", {})),
    }


def job_fault(frame_import: FrameImport) -> ComplaintLine | None:
    """Why the job of a dead import ended; None where there was none, or it was cancelled."""
    complaint = job_complaint(frame_import.job) if frame_import.job else None
    return complaint_line(complaint) if complaint else None


def size_rows(counts: dict[str, int]) -> list[tuple[str, int, float]]:
    """(size class, firms, percentage of the good rows) in the order of the classes; nothing without firms."""
    total = sum(counts.values())
    if not total:
        return []
    return [(gettext(size.label), counts[size.value], 100 * counts[size.value] / total) for size in SizeClass]
