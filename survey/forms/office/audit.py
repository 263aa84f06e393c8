"""The filter of the audit history, and the forms to find and remove what is kept of a person."""

from typing import Any

from django import forms

from survey.models.choices import said_when_shown as _
from survey.selectors.operation.audit import AuditFilter
from survey.selectors.said import said as gettext


def _day() -> forms.DateField:
    return forms.DateField(required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))


class AuditFilterForm(forms.Form):
    """Who, about which firm, and from which day to which."""

    person = forms.CharField(label=_("Person"), required=False, max_length=100)
    firm = forms.CharField(label=_("Firm or credit code"), required=False, max_length=100)
    since = _day()
    until = _day()

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["since"].label, self.fields["until"].label = _("From"), _("Until")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        # Without it an empty history looks as if nothing had happened.
        if since and until and until < since:
            self.add_error("until", gettext("The last day is before the first one. Enter a later day."))
        return cleaned

    def audit_filter(self) -> AuditFilter:
        """The filter that the valid fields make; invalid ones do not restrict."""
        self.is_valid()
        # A wrong day shows more and an error, not an empty history that looks as if nothing had happened.
        return AuditFilter(**{name: value for name, value in self.cleaned_data.items() if value})


class PersonForm(forms.Form):
    """What to look for."""

    text = forms.CharField(label=_("Name, e-mail or telephone"), max_length=100)


class RemovalForm(forms.Form):
    """Why something is removed."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who asked for it and when, without name, address or number: the reason is kept."),
    )
