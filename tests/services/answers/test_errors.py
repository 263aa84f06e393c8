"""Why answers were not taken, as the log has it."""

from survey.instrument.edits.rules import EditReport
from survey.models import Response
from survey.services.answers import errors


def test_each_error_names_what_it_is_about() -> None:
    submitted = Response(receipt_number="w1-7")
    raised = [
        errors.CollectionClosedError(),
        errors.AlreadySubmittedError(submitted),
        errors.AnswersChangedError(3, 5),
        errors.NotCompleteError(EditReport()),
    ]
    assert [(error.code, error.complaint.message()) for error in raised] == [
        ("collection_closed", "The wave does not collect now."),
        ("already_submitted", "w1-7 is submitted."),
        ("answers_changed", "Revision 3 was checked, 5 is stored."),
        ("not_complete", "0 answers are missing, wrong or unexplained."),
    ]
    assert {error.code for error in raised} == errors.ENTRIES.keys()
