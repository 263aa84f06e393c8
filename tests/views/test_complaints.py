"""A complaint as a page prints it."""

import pytest
from django.utils import translation

from survey.complaints import Complaint, Entry, Place, Weight
from survey.views.complaints import ComplaintLine, complaint_line


@pytest.mark.parametrize(("weight", "label", "is_error"), [(Weight.ERROR, "Error", True), (Weight.NOTE, "Note", False)])
def test_complaint_is_told_with_its_place_and_how_to_mend_it(weight: Weight, label: str, is_error: bool) -> None:
    entry = Entry("“%(value)s” is no code.", "Enter one.", weight)
    complaint = Complaint(code="x", entry=entry, place=Place(row=7, column="Code"), value="A")
    with translation.override("en"):
        assert complaint_line(complaint) == ComplaintLine(
            label=label,
            is_error=is_error,
            place="row 7, Code",
            message="“A” is no code.",
            repair="Enter one.",
            row=7,
            count=1,
        )
        assert complaint_line(complaint, 12).count == 12
