"""Why an answer is corrected, how the new value is known, and by which rule the mistake was found."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst

from survey.instrument.schema import EditRule
from survey.models.choices import said_when_shown as _
from survey.terms import ValueState


class CorrectionForm(forms.Form):
    """What goes with a corrected answer; the answer itself is asked as the questionnaire asks it."""

    state = forms.TypedChoiceField(
        label=_("How the new value is known"),
        choices=[
            (ValueState.CORRECTED.value, _("Reported: from the firm, its papers or another source")),
            (ValueState.IMPUTED.value, _("Estimated by the office (imputed)")),
        ],
        coerce=ValueState,
    )
    rule = forms.ChoiceField(label=_("Rule by which it was found"), required=False)
    reason = forms.CharField(label=capfirst(_("reason")), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None, *, rules: Iterable[tuple[EditRule, str]] = ()) -> None:
        """``rules`` are those about the question, with their wording."""
        super().__init__(data)
        # The wording of a rule may fill a paragraph; a list to choose from shows one line of each.
        named = [(rule.code, f"{rule.code}: {words}"[:120]) for rule, words in rules]
        self.fields["rule"].choices = [("", _("None, found by looking")), *named]  # type: ignore[attr-defined]


class UndoForm(forms.Form):
    """Why a correction is undone."""

    reason = forms.CharField(label=capfirst(_("reason")), max_length=1000)
