"""What reading an XLSForm gives."""

from dataclasses import dataclass

from survey.complaints import Complaint, Weight
from survey.instrument.schema import Questionnaire


@dataclass(frozen=True)
class Reading:
    """The questionnaire, None where the form cannot be loaded, and every finding, the heavier ones first."""

    questionnaire: Questionnaire | None
    findings: tuple[Complaint, ...]

    @property
    def is_whole(self) -> bool:
        """Whether everything in the form is loaded and can be asked: nothing but notes was found."""
        return self.questionnaire is not None and all(finding.weight is Weight.NOTE for finding in self.findings)
