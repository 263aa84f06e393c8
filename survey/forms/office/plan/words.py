"""The short names of items in results, what one row of them is called, and whom each filter leaves."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst

from survey.forms.office.plan.part import sentence
from survey.forms.office.plan.rows import PlanRow, filled, form_rows_of, wording
from survey.forms.office.translated import offer_languages
from survey.instrument.plan.plan import AnalysisPlan
from survey.instrument.schema import NO_TEXT
from survey.models.choices import said_when_shown as _


class NameRow(PlanRow):
    leading = "item"
    item = forms.CharField(
        label=capfirst(_("item")), max_length=80, required=False, widget=forms.TextInput(attrs={"size": 16})
    )
    text = wording(_("short name"), 24)


class FilterRow(PlanRow):
    leading = "condition"
    condition = forms.CharField(
        label=capfirst(_("condition")), max_length=1000, required=False, widget=forms.TextInput(attrs={"size": 32})
    )
    text = wording(_("firms …"), 28)


class WordsForm(forms.Form):
    """The words of a plan that belong to no part of it. ``conditions`` are those of the questionnaire."""

    row_text = sentence(_("what one item is"), _("With its article, as a sentence says it, such as: a problem."))

    def __init__(
        self, data: Any = None, *, plan: AnalysisPlan, languages: tuple[str, ...] = (), conditions: Iterable[str] = ()
    ) -> None:
        super().__init__(data, initial={"row_text": plan.row_text})
        names = [{"item": item, "text": text} for item, text in plan.names.items()]
        # The plan's own first and in their order; conditions of the questionnaire that have no words yet follow.
        known = dict.fromkeys([*plan.filters, *conditions])
        filters = [{"condition": each, "text": plan.filters.get(each, NO_TEXT)} for each in known]
        self.rows = {
            "names": form_rows_of(NameRow, "names", data, names),
            "filters": form_rows_of(FilterRow, "filters", data, filters),
        }
        for form in (self, *(row for rows in self.rows.values() for row in rows.forms)):
            offer_languages(form.fields.values(), languages)

    def is_valid(self) -> bool:
        """Whether the fields and all rows can be read."""
        return all([super().is_valid(), *(rows.is_valid() for rows in self.rows.values())])

    @property
    def has_errors(self) -> bool:
        return bool(self.errors) or any(rows.total_error_count() for rows in self.rows.values())

    def value(self) -> dict[str, Any]:
        """The words as fields of a plan; call it on a valid form."""
        names, filters = (
            {row.cleaned_data[key].strip(): row.cleaned_data["text"] for row in filled(self.rows[kind])}
            for kind, key in (("names", "item"), ("filters", "condition"))
        )
        return {
            "row_text": self.cleaned_data["row_text"],
            # A name without a word would show nothing where the wording of the item would stand.
            "names": {item: text for item, text in names.items() if text},
            "filters": {condition: text for condition, text in filters.items() if text},
        }
