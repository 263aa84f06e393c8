"""The form with which an edition of a classification is kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from survey.models import ClassificationVersion
from survey.models.choices import choices
from survey.register_terms import ClassificationKind


class EditionForm(forms.Form):
    kind = forms.ChoiceField(label=_("Classification"), choices=choices(ClassificationKind))
    code = forms.CharField(label=_("Edition"), max_length=40, help_text=_("Such as GB/T 4754-2011."))
    valid_from = forms.DateField(
        label=_("Valid from"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    table = forms.CharField(
        label=_("Table of correspondence"),
        # More than the table of any edition has; a text without a bound would be read to its end.
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "One pair a line: the old code, a blank and the code of the current edition. An old code that was split "
            "has a line for each of its new codes; two columns copied from a spreadsheet are such lines."
        ),
    )

    def values(self) -> dict[str, Any]:
        """The arguments of ``add_edition`` but the actor."""
        return {**self.cleaned_data, "kind": ClassificationKind(self.cleaned_data["kind"])}


class ReplacedEditionForm(EditionForm):
    """What takes the place of an edition, with the name of the latter typed; its kind stays."""

    typed = forms.CharField(label=_("Name of the edition that goes"), max_length=40)

    def __init__(self, data: Any, *, edition: ClassificationVersion, table: str) -> None:
        super().__init__(data, initial={"code": edition.code, "valid_from": edition.valid_from, "table": table})
        del self.fields["kind"]
        typed = self.fields["typed"]
        typed.help_text = gettext("Type %(code)s to replace it.") % {"code": edition.code}
        typed.widget.attrs |= {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}

    def values(self) -> dict[str, Any]:
        """The arguments of ``replace_edition`` but the edition and the actor."""
        return self.cleaned_data
