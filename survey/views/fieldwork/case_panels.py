"""What the page of a case shows of the office's work on it: outcome, plan, messages of the firm, and their forms."""

from collections.abc import Mapping
from typing import Any

from survey.forms.office.casework import AnswerForm, LogForm, OutcomeBackForm, OutcomeForm
from survey.models import Case, CaseEntry, CaseWork
from survey.selectors.fieldwork.outcomes import standing_outcome


def panels(case: Case, forms: Mapping[str, Any]) -> dict[str, Any]:
    """The context of these panels; ``forms`` are those that were refused, with what was typed."""
    return {
        "outcome": standing_outcome(case),
        "outcome_form": OutcomeForm(),
        "outcome_back_form": OutcomeBackForm(),
        "work": CaseWork.objects.filter(case=case).select_related("owner").first(),
        "letters": _letters(case, forms),
        "log_form": LogForm(case=case),
        # Last, so that a form that was refused stands in the place of the empty one.
        **forms,
    }


def _letters(case: Case, forms: Mapping[str, Any]) -> list[tuple[CaseEntry, AnswerForm]]:
    """What the firm wrote, each with the form of its answer."""
    refused, of = forms.get("answer_form"), forms.get("answered_entry")
    written = case.entries.filter(author=None).select_related("answered_by")
    return [(entry, refused if refused and entry.pk == of else AnswerForm(entry=entry.pk)) for entry in written]
