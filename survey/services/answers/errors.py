"""Why answers were not taken."""

from survey.complaints import Catalogue, Entry, Refused
from survey.instrument.edits.rules import EditReport
from survey.models import Response

ENTRIES: dict[str, Entry] = {
    "collection_closed": Entry("The wave does not collect now.", "An officer sees the late draft."),
    "already_submitted": Entry("%(value)s is submitted.", "Ask an officer to return it for correction."),
    "answers_changed": Entry("Revision %(value)s was checked, %(stored)s is stored.", "Check the answers again."),
    "not_complete": Entry("%(value)s answers are missing, wrong or unexplained.", "Mend or explain them first."),
}
"""For the log: what the firm reads stands with the page that it is shown on."""


class ResponseError(Refused):
    """``code`` names what happened; the complaint says how to go on."""

    catalogue = Catalogue(entries=ENTRIES)


class CollectionClosedError(ResponseError):
    """The wave does not collect now. What arrived is kept as a late draft."""

    def __init__(self) -> None:
        super().__init__("collection_closed")


class AlreadySubmittedError(ResponseError):
    """The response has been submitted and has not been returned for correction."""

    def __init__(self, response: Response) -> None:
        self.response = response
        super().__init__("already_submitted", response.receipt_number)


class AnswersChangedError(ResponseError):
    """Someone saved other answers after the page that submits was shown."""

    def __init__(self, shown: int, stored: int) -> None:
        super().__init__("answers_changed", shown, stored=stored)


class NotCompleteError(ResponseError):
    """Something on the route is missing, wrong or unexplained; ``report`` says what."""

    def __init__(self, report: EditReport) -> None:
        self.report = report
        super().__init__("not_complete", len(report.blocking))
