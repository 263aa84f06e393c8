"""The decision about one open answer, and which of them are listed."""

from collections.abc import Sequence
from typing import Any

from django import forms

from survey.models.choices import said_when_shown as _

STATES = (("waits", _("not decided")), ("leaves", _("leaves the office")), ("stays", _("stays in the office")))


class OpenAnswerFilterForm(forms.Form):
    """The question, and what was decided."""

    item = forms.ChoiceField(label=_("Question"), required=False)
    state = forms.ChoiceField(label=_("Decision"), required=False, choices=[*STATES, ("all", _("All"))])

    def __init__(self, data: Any, *, items: Sequence[tuple[str, str]]) -> None:
        # Always bound: an address without a state lists what waits, which is what one comes for.
        super().__init__({"item": data.get("item", ""), "state": data.get("state") or "waits"})
        self.fields["item"].choices = [("", _("All")), *items]  # type: ignore[attr-defined]

    def chosen(self) -> tuple[str, str]:
        """The code of the question and the state; "" for an unknown or no question, "waits" for an unknown state."""
        self.is_valid()
        return self.cleaned_data.get("item", ""), self.cleaned_data.get("state") or "waits"


class OpenAnswerForm(forms.Form):
    """The text as it leaves, which may be shortened, with what names the answer."""

    response = forms.IntegerField(widget=forms.HiddenInput)
    item = forms.CharField(widget=forms.HiddenInput, max_length=40)
    written = forms.CharField(widget=forms.HiddenInput, max_length=64)
    text = forms.CharField(label=_("Text as it leaves"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
