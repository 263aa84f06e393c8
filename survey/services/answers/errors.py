"""Why answers were not taken."""

from survey.instrument.edits.rules import EditReport
from survey.models import Response


class ResponseError(Exception):
    """``code`` names what happened; the message says how to go on."""

    code = ""


class CollectionClosedError(ResponseError):
    """The wave does not collect now. What arrived is kept as a late draft."""

    code = "collection_closed"

    def __init__(self) -> None:
        super().__init__("[collection_closed] The wave does not collect now. An officer sees the late draft.")


class AlreadySubmittedError(ResponseError):
    """The response has been submitted and has not been returned for correction."""

    code = "already_submitted"

    def __init__(self, response: Response) -> None:
        self.response = response
        super().__init__(f"[already_submitted] {response.receipt_number}. Ask an officer to return it for correction.")


class AnswersChangedError(ResponseError):
    """Someone saved other answers after the page that submits was shown."""

    code = "answers_changed"

    def __init__(self, shown: int, stored: int) -> None:
        super().__init__(
            f"[answers_changed] Revision {shown} was checked, {stored} is stored. Check the answers again."
        )


class NotCompleteError(ResponseError):
    """Something on the route is missing, wrong or unexplained; ``report`` says what."""

    code = "not_complete"

    def __init__(self, report: EditReport) -> None:
        self.report = report
        super().__init__(f"[not_complete] {len(report.blocking)} answers have to be mended or explained first.")
