"""Outcomes in the words of the office: found out with source and reason, and taken back."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_noop as _

from survey.casework_terms import AAPOR, FirmOutcome, OutcomeSource
from survey.complaints import Catalogue, Entry
from survey.models import Case, CaseOutcome
from survey.selectors.fieldwork.outcomes import standing_outcome
from survey.services.audit import record_action
from survey.services.fieldwork.cases import change_cases, stages_of
from survey.services.firm_changes import note_outcome
from survey.services.refusals import RefusedError
from survey.terms import CaseStatus, Disposition

BY_STAGE = {CaseStatus.SUBMITTED: Disposition.COMPLETE, CaseStatus.RETURNED: Disposition.PARTIAL}
"""The disposition that a case has by its answers alone."""


class OutcomeRefusedError(RefusedError):
    """Why an outcome cannot be set or taken back."""

    catalogue = Catalogue(
        entries={
            "no_reason": Entry(_("The outcome has no reason."), _("Say what was found out, and when.")),
            "stands_already": Entry(_("The case has this outcome already."), _("Nothing needs to be done.")),
            "none_stands": Entry(
                _("The case has no outcome to take back."), _("Open the case again to see its present state.")
            ),
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundOutcome:
    """What was found out of a firm: the outcome, how it is known, and why it is believed."""

    outcome: FirmOutcome
    source: OutcomeSource
    reason: str
    other_firm: str = ""


@transaction.atomic
def set_outcome(*, case: Case, found: FoundOutcome, actor: User) -> CaseOutcome:
    """Note what was found out. Answers that the firm has submitted are kept and stop counting.

    Raises ``OutcomeRefusedError``.
    """
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    stands = standing_outcome(case)
    if not found.reason.strip():
        raise OutcomeRefusedError("no_reason", case.pk)
    if stands is not None and (stands.outcome, stands.other_firm) == (found.outcome.value, found.other_firm):
        raise OutcomeRefusedError("stands_already", found.outcome.value)
    # Rows are only ever added (0036): what was believed, and until when, stays to be read.
    row = CaseOutcome.objects.create(
        case=case,
        outcome=found.outcome.value,
        source=found.source.value,
        other_firm=found.other_firm,
        reason=found.reason.strip(),
        author=actor,
    )
    case.disposition = AAPOR[found.outcome].value
    # The status of a case that submitted tells what the firm did; the mark, what the office makes of it.
    case.is_set_aside = case.status == CaseStatus.SUBMITTED.value
    case.status = case.status if case.is_set_aside else CaseStatus.FINALISED.value
    change_cases([case], ["status", "disposition", "is_set_aside"], actor)
    record_action(
        actor=actor, verb="set_outcome", subject=case, outcome=found.outcome.value, set_aside=case.is_set_aside
    )
    note_outcome(row)
    return row


@transaction.atomic
def take_outcome_back(*, case: Case, reason: str, actor: User) -> CaseOutcome:
    """Undo the outcome that stands: the case is where its answers leave it, and these count again.

    Raises ``OutcomeRefusedError``.
    """
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if not reason.strip():
        raise OutcomeRefusedError("no_reason", case.pk)
    if standing_outcome(case) is None:
        raise OutcomeRefusedError("none_stands", case.pk)
    row = CaseOutcome.objects.create(case=case, outcome="", reason=reason.strip(), author=actor)
    # From the responses and not from the status before: the firm may have saved or submitted since.
    stage = stages_of([case])[case.pk]
    case.status, case.is_set_aside = stage.value, False
    # Without answers nothing is known of the firm again, not what was known before the outcome.
    case.disposition = BY_STAGE.get(stage, Disposition.UNKNOWN_IF_ELIGIBLE).value
    change_cases([case], ["status", "disposition", "is_set_aside"], actor)
    record_action(actor=actor, verb="take_outcome_back", subject=case)
    note_outcome(row)
    return row
