"""The request for a crossing of two groups."""

from collections.abc import Mapping

from django import forms

from survey.models.choices import said_when_shown as _


class CrossingForm(forms.Form):
    """Two of the groups that are offered, and what the figures are needed for."""

    first = forms.ChoiceField(label=_("Group"))
    second = forms.ChoiceField(label=_("crossed with"))
    reason = forms.CharField(
        label=_("What the figures are needed for"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *, groups: Mapping[str, str], initial: Mapping[str, str]) -> None:
        # Ids of its own: the filter on the same page has fields for groups as well.
        super().__init__(initial=dict(initial), auto_id="crossing-%s")
        for name in ("first", "second"):
            self.fields[name].choices = list(groups.items())  # type: ignore[attr-defined]
