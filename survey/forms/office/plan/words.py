"""The short names of items in results, and what one row of them is called."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from survey.forms.office.plan.part import sentence
from survey.forms.office.plan.rows import PlanRow, filled, rows_of, wording
from survey.forms.office.translated import offer_languages
from survey.instrument.plan.plan import AnalysisPlan


class NameRow(PlanRow):
    leading = "item"
    item = forms.CharField(
        label=capfirst(_("item")), max_length=80, required=False, widget=forms.TextInput(attrs={"size": 16})
    )
    text = wording(_("short name"), 24)


class WordsForm(forms.Form):
    """The words of a plan that belong to no part of it."""

    row_text = sentence(_("what one item is"), _("With its article, as a sentence says it, such as: a problem."))

    def __init__(self, data: Any = None, *, plan: AnalysisPlan, languages: tuple[str, ...] = ()) -> None:
        super().__init__(data, initial={"row_text": plan.row_text})
        names = [{"item": item, "text": text} for item, text in plan.names.items()]
        self.rows = {"names": rows_of(NameRow, "names", data, names)}
        for form in (self, *self.rows["names"].forms):
            offer_languages(form.fields.values(), languages)

    def is_valid(self) -> bool:
        """Whether the fields and all rows can be read."""
        return all([super().is_valid(), self.rows["names"].is_valid()])

    @property
    def has_errors(self) -> bool:
        return bool(self.errors) or bool(self.rows["names"].total_error_count())

    def value(self) -> dict[str, Any]:
        """The words as fields of a plan; call it on a valid form."""
        rows = [row.cleaned_data for row in filled(self.rows["names"])]
        names = {row["item"].strip(): row["text"] for row in rows if row["text"]}
        return {"row_text": self.cleaned_data["row_text"], "names": names}
