"""Why a job ended without a result, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format

from survey.complaints import Catalogue, Complaint, Entry, Translate
from survey.models import Job
from survey.terms import gettext_noop as _

FAULTS: dict[str, Entry] = {
    "died": Entry(
        _("The worker gave its last sign of life at %(time)s and was then killed or lost its machine."),
        _("Try again; what was done already is not done twice."),
    ),
    "interrupted": Entry(
        _("The worker was shut down while the job was at work."),
        _("Try again; what was done already is not done twice."),
    ),
    "stopped": Entry(
        _("The job stopped because of a fault in the program."),
        _("Try again; if it stops again, tell the administrator (the log has the reason)."),
    ),
    "taken_away": Entry(
        _("What the job was for has been decided or removed meanwhile."), _("Nothing needs to be done.")
    ),
    "refused": Entry("%(message)s", "%(repair)s"),
}


def _in_words(shown: Mapping[str, Any], translate: Translate) -> Mapping[str, Any]:
    time = parse_datetime(shown.get("time") or "")
    return {**shown, "time": date_format(timezone.localtime(time), "Y-m-d H:i:s") if time else "?"}


CATALOGUE = Catalogue(entries=FAULTS, in_words=_in_words)


def job_complaint(job: Job) -> Complaint | None:
    """What went wrong with a job; None where nothing did."""
    return CATALOGUE.complaint(job.fault["code"], **job.fault["params"]) if job.fault else None
