"""What the page of a case shows of the office's work on it: outcome, plan, messages of the firm, and their forms."""

from collections.abc import Mapping
from typing import Any

from survey.forms.office.casework import AnswerForm, LogForm, OutcomeBackForm, OutcomeForm
from survey.models import Case, CaseWork
from survey.selectors.fieldwork.outcomes import standing_outcome


def panels(case: Case, forms: Mapping[str, Any]) -> dict[str, Any]:
    """The context of these panels; ``forms`` are those that were refused, with what was typed."""
    return {
        "outcome": standing_outcome(case),
        "outcome_form": OutcomeForm(),
        # Ids of its own: two forms on the page have a field "reason", and labels would lead to the first.
        "outcome_back_form": OutcomeBackForm(auto_id="id_back_%s"),
        "work": CaseWork.objects.filter(case=case).select_related("owner").first(),
        "letters": case.entries.filter(author=None).select_related("answered_by"),
        "log_form": LogForm(case=case),
        # Without ids: the form stands once for each message of the firm.
        "new_answer_form": AnswerForm(auto_id=False),
        # Last, so that a form that was refused stands in the place of the empty one.
        **forms,
    }
