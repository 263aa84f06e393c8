"""What reading an XLSForm gives."""

from collections.abc import Callable
from dataclasses import dataclass

from survey.complaints import Complaint, Weight
from survey.instrument.schema import Questionnaire

Progress = Callable[[int, int], None]
"""Told how many steps are done, and how many there are."""


def no_progress(done: int, total: int) -> None:
    """Tells nobody."""


@dataclass(frozen=True)
class Reading:
    """The questionnaire, None where the form cannot be loaded, and every finding, the heavier ones first."""

    questionnaire: Questionnaire | None
    findings: tuple[Complaint, ...]

    @property
    def is_whole(self) -> bool:
        """Whether everything in the form is loaded and can be asked: nothing but notes was found."""
        return self.questionnaire is not None and all(finding.weight is Weight.NOTE for finding in self.findings)
