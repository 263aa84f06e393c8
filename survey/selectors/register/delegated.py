"""What is open for a person who answers for several firms."""

from dataclasses import dataclass
from datetime import datetime

from survey.models import Case, Delegate, Delegation
from survey.selectors.fieldwork.collection_period import case_closes_at, case_is_collecting
from survey.terms import WaveStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegatedCase:
    """A questionnaire of a firm that the person answers for: until when, and whether as the main person."""

    case: Case
    firm: str
    until: datetime
    is_main: bool


def delegate_of(key: int, generation: int) -> Delegate | None:
    """The person whose code of this generation opened a session, unless it was revoked since."""
    return Delegate.objects.filter(pk=key, code_generation=generation, is_active=True).first()


def open_cases_of(delegate: Delegate, now: datetime) -> list[DelegatedCase]:
    """What collects now for the person's firms, the earliest deadline first. Two queries."""
    main = dict(Delegation.objects.filter(delegate=delegate).values_list("firm", "is_main"))
    cases = Case.objects.filter(
        sample_unit__unit__firm__in=main, wave__status=WaveStatus.OPEN.value, is_closed=False
    ).select_related("wave__survey", "sample_unit__unit")
    found = [
        DelegatedCase(
            case=case,
            firm=case.sample_unit.unit.full_name,
            until=case_closes_at(case),
            is_main=main[case.sample_unit.unit.firm_id or 0],
        )
        # In Python: the deadline of a firm is the end of a day where the survey is (``case_closes_at``).
        for case in cases
        if case_is_collecting(case, now)
    ]
    return sorted(found, key=lambda each: (each.until, each.firm, each.case.pk))


def may_answer(delegate: Delegate, case_id: int) -> bool:
    """Whether the person answers for the firm of a case."""
    return Delegation.objects.filter(delegate=delegate, firm__frame_units__sample_units__case=case_id).exists()
