"""What an action on many cases sets; the fields that its kind asks for, and no others."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst

from survey.casework_terms import CaseMark, FirmOutcome, OutcomeSource
from survey.forms.office.casework import OfficerField
from survey.models.choices import choices
from survey.models.choices import said_when_shown as _
from survey.selectors.fieldwork.officers import officers
from survey.selectors.said import said as gettext
from survey.services.casework.bulk import BulkKind
from survey.services.casework.bulk_asked import BulkAsked
from survey.services.casework.outcomes import FoundOutcome

NONE = [("", "–")]


class BulkForm(forms.Form):
    """Shown with the preview, sent with the confirmation."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    officer = OfficerField(label=_("Officer"), queryset=None)
    mark = forms.ChoiceField(label=_("Mark"), required=False, choices=[*NONE, *choices(CaseMark)])
    until = forms.DateField(
        label=_("Time until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    outcome = forms.ChoiceField(label=capfirst(_("outcome")), choices=[*NONE, *choices(FirmOutcome)])
    source = forms.ChoiceField(label=_("How it is known"), choices=[*NONE, *choices(OutcomeSource)])
    reason = forms.CharField(label=capfirst(_("reason")), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None, *, kind: BulkKind) -> None:
        # A key for each form that is shown: sent twice, it is one action.
        super().__init__(data, initial={"key": uuid.uuid4().hex})
        self.fields["officer"].queryset = officers()  # type: ignore[attr-defined]
        # Fields that the action does not ask for would be required all the same.
        for name in [name for name in self.fields if name not in ("key", *kind.asks)]:
            del self.fields[name]

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until is not None and until < timezone.localdate():
            raise forms.ValidationError(gettext("That day is over. Enter a later day."), code="past_day")
        return until

    def asked(self) -> BulkAsked:
        """What a valid form sets."""
        given = self.cleaned_data
        found = None
        if "outcome" in given:
            found = FoundOutcome(
                outcome=FirmOutcome(given["outcome"]), source=OutcomeSource(given["source"]), reason=given["reason"]
            )
        return BulkAsked(
            officer=given.get("officer"), mark=given.get("mark", ""), until=given.get("until"), finding=found
        )
