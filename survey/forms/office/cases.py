"""The filter of the list of cases, and the note with which a response is returned."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from survey.models import Wave
from survey.models.choices import choices
from survey.selectors.fieldwork.cases import CaseFilter, districts_of, strata_of
from survey.terms import CaseStatus, Disposition, SizeClass

ANY = [("", _("All"))]


class CaseFilterForm(forms.Form):
    """Filters of the list of cases of one wave. An unknown value of a hand-made address is shown as an error."""

    text = forms.CharField(label=_("Firm or credit code"), required=False, max_length=100)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[*ANY, *choices(CaseStatus)])
    disposition = forms.ChoiceField(label=_("Disposition"), required=False, choices=[*ANY, *choices(Disposition)])
    stratum = forms.ChoiceField(label=_("Stratum"), required=False)
    district = forms.ChoiceField(label=_("District"), required=False)
    size = forms.ChoiceField(label=_("Size class"), required=False, choices=[*ANY, *choices(SizeClass)])
    code = forms.ChoiceField(
        label=_("Access code"), required=False, choices=[*ANY, ("sent", _("Issued")), ("unsent", _("Not issued"))]
    )
    contact = forms.ChoiceField(
        label=_("Contact"), required=False, choices=[*ANY, ("missing", _("No e-mail and telephone"))]
    )

    def __init__(self, data: Any, *, wave: Wave) -> None:
        super().__init__(data)
        self.fields["stratum"].choices = [*ANY, *strata_of(wave)]  # type: ignore[attr-defined]
        self.fields["district"].choices = [*ANY, *((d.code, str(d)) for d in districts_of(wave))]  # type: ignore[attr-defined]

    def case_filter(self) -> CaseFilter:
        """The filter that the valid fields make; invalid ones do not restrict."""
        self.is_valid()
        # cleaned_data lacks invalid fields: a wrong value in an address shows more cases and an error, not an empty
        # list.
        return CaseFilter(**{name: value for name, value in self.cleaned_data.items() if value})


class ReturnForm(forms.Form):
    """The note that the firm reads above its answers."""

    note = forms.CharField(
        label=_("What the firm should correct"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text=_("The firm reads this when it opens the questionnaire again."),
    )
