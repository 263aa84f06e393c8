"""What is asked when a release is made, and when it is led on."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from survey.models.choices import said_when_shown as _
from survey.release_terms import ReleaseAct


class ReleaseForm(forms.Form):
    """When the next publication comes, and why the new release stands for the one that is published."""

    next_publication = forms.DateField(
        label=_("Day of the next publication"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Stands on the cover; left empty, the cover says that it is not fixed yet."),
    )
    reason_zh = forms.CharField(
        label=_("Reason of the revision, in Chinese"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    reason_en = forms.CharField(
        label=_("Reason of the revision, in English"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, is_revision: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_revision:
            # A first release stands for none: a reason that has to be given would stop it.
            del self.fields["reason_zh"], self.fields["reason_en"]

    def clean_next_publication(self) -> date | None:
        day: date | None = self.cleaned_data["next_publication"]
        if day is not None and day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed. Enter a later one, or none."))
        return day

    @property
    def reason(self) -> dict[str, str]:
        """The reason as a text in both languages; empty where nothing is revised."""
        given = ((code, self.cleaned_data.get(f"reason_{code}", "")) for code in ("zh", "en"))
        return {code: text for code, text in given if text}


class ReleaseStepForm(forms.Form):
    """What is said of one step: a moment for an embargo, a reason for withdrawing, a remark otherwise."""

    until = forms.DateTimeField(
        label=_("Not to be seen before"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Date and time of this site. From then on the release is published by itself."),
    )
    note = forms.CharField(label=_("Remark"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, act: ReleaseAct, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if act is not ReleaseAct.EMBARGO:
            del self.fields["until"]
        if act is ReleaseAct.WITHDRAW:
            self.fields["note"].label, self.fields["note"].required = _("Reason"), True
