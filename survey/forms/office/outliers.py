"""The decision about an influential value, and from which share of a total on values are listed."""

from typing import Any

from django import forms
from django.utils.text import capfirst

from survey.models.choices import choices
from survey.models.choices import said_when_shown as _
from survey.weighting_terms import OutlierChoice

LISTED_FROM = 10


class OutlierForm(forms.Form):
    """A decision about one value, which ``case`` and ``item`` name."""

    case = forms.IntegerField(widget=forms.HiddenInput)
    item = forms.CharField(widget=forms.HiddenInput, max_length=60)
    choice = forms.TypedChoiceField(label=capfirst(_("decision")), choices=choices(OutlierChoice), coerce=OutlierChoice)
    cutoff = forms.FloatField(label=capfirst(_("cut-off")), required=False)
    reason = forms.CharField(label=capfirst(_("reason")), max_length=500, required=False)


class ListedForm(forms.Form):
    """From which part of a total on, in percent, a value is listed."""

    share = forms.FloatField(
        label=capfirst(_("listed from, per cent of the total")), min_value=0.1, max_value=99, required=False
    )

    def value(self) -> float:
        """As a fraction; the usual one where nothing that can be read is given."""
        given: Any = self.cleaned_data.get("share") if self.is_valid() else None
        return float(given or LISTED_FROM) / 100
