"""The outcome of a case in the words of the office, as far as it stands."""

from survey.casework_terms import AAPOR, FirmOutcome
from survey.models import Case, CaseOutcome


def standing_outcome(case: Case) -> CaseOutcome | None:
    """The outcome found out last, unless it was taken back or answers of the firm have settled the matter since."""
    last = CaseOutcome.objects.filter(case=case).select_related("author").order_by("-id").first()
    if last is None or not last.outcome:
        return None
    # A firm that submits after its outcome was set is complete: what was believed of it is out of date.
    return last if AAPOR[FirmOutcome(last.outcome)].value == case.disposition else None
