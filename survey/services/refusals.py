"""What a service says when it will not do what is asked."""

from survey.complaints import Refused
from survey.selectors.said import said as gettext


class RefusedError(Refused, ValueError):
    """Why it is not done, with the offending value; as a text both sentences in the active language."""

    def __str__(self) -> str:
        return self.complaint.sentences(gettext)
