"""Complaints as ``office/complaints.html`` prints them, whatever they are about."""

from dataclasses import dataclass

from survey.complaints import Complaint, Weight
from survey.selectors.said import said as gettext


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintLine:
    """A complaint in the language of the page; ``count`` rows have it, the first of them is ``row``."""

    label: str
    is_error: bool
    place: str
    message: str
    repair: str
    row: int | None
    count: int


def complaint_line(complaint: Complaint, count: int = 1) -> ComplaintLine:
    """A complaint in the language of the page."""
    return ComplaintLine(
        label=gettext(complaint.weight.label),
        is_error=complaint.weight is Weight.ERROR,
        place=complaint.place.words(gettext),
        message=complaint.message(gettext),
        repair=complaint.repair(gettext),
        row=complaint.place.row,
        count=count,
    )
