"""Rows of a part of the plan: the steps of a scale, the parts of an index, the classes of a group."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, ClassVar

from django import forms
from django.utils.text import capfirst

from survey.forms.office.design import CodeList
from survey.forms.office.translated import TranslatedFormField, TranslatedInput
from survey.instrument.plan.plan import GroupClass, IndexPart, Step
from survey.models.choices import said_when_shown as _
from survey.selectors.said import said as gettext

EMPTY_ROWS = 3
"""So many more can be written without a script; saving offers as many again."""
MOST_ROWS = 400


class PlanRow(forms.Form):
    """One row. ``leading`` is the field without which the row is left out."""

    leading: ClassVar[str] = "code"
    kind: ClassVar[type[Any]]

    def clean(self) -> dict[str, Any]:
        """A row is whole or empty: one without its ``leading`` field would be lost."""
        cleaned = super().clean() or {}
        others = [value for name, value in cleaned.items() if name not in (self.leading, "ORDER", "DELETE")]
        if any(others) and not cleaned.get(self.leading) and self.leading not in self.errors:
            self.add_error(self.leading, gettext("The row has no code. Enter one, or empty the row."))
        return cleaned

    @property
    def is_filled(self) -> bool:
        """Whether the row stands for a part."""
        return bool(self.cleaned_data.get(self.leading)) and not self.cleaned_data.get("DELETE")

    def value(self) -> Any:
        """The part that the row describes."""
        names = [field.name for field in fields(self.kind) if field.name in self.cleaned_data]
        given = {name: self.cleaned_data[name] for name in names}
        return self.kind(**{name: tuple(v) if isinstance(v, list) else v for name, v in given.items()})


def wording(label: Any, size: int = 14) -> TranslatedFormField:
    """A short name in the languages of the content."""
    return TranslatedFormField(
        label=capfirst(label), needed=(), max_length=200, widget=TranslatedInput({"size": size}, is_long=False)
    )


def short_code(label: Any) -> forms.CharField:
    return forms.CharField(
        label=capfirst(label), max_length=60, required=False, widget=forms.TextInput(attrs={"size": 10})
    )


class StepRow(PlanRow):
    kind = Step
    code = short_code(_("code"))
    text = wording(_("name"))
    score = forms.FloatField(label=capfirst(_("score")), required=False, widget=forms.TextInput(attrs={"size": 5}))
    is_marked = forms.BooleanField(label=capfirst(_("counts")), required=False)


class IndexPartRow(PlanRow):
    kind = IndexPart
    leading = "indicator"
    indicator = short_code(_("indicator"))
    weight = forms.FloatField(label=capfirst(_("weight")), required=False, widget=forms.TextInput(attrs={"size": 6}))
    inverted = forms.BooleanField(label=capfirst(_("inverted")), required=False)

    def clean_weight(self) -> float:
        # An open weight is 0 and not refused here: lint says of all weights together that they do not add up.
        return self.cleaned_data["weight"] or 0.0


class ClassRow(PlanRow):
    kind = GroupClass
    code = short_code(_("code"))
    text = wording(_("name"))
    values = CodeList(label=capfirst(_("values")), required=False, widget=forms.TextInput(attrs={"size": 24}))


class PlanRows(forms.BaseFormSet):  # type: ignore[type-arg]
    """The rows with a name for every input, also for those that say the order and what is deleted."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for name, field in form.fields.items():
            field.widget.attrs.setdefault("aria-label", field.label or name)


def form_rows_of(row: type[PlanRow], prefix: str, data: Any, parts: Sequence[dict[str, Any]]) -> Any:
    """The rows of a part with some empty ones behind them; ``data`` is what was sent, or None.

    Rows are ordered by the number that stands in each, those without a number behind the others.
    """
    made = forms.formset_factory(
        row,
        formset=PlanRows,
        extra=EMPTY_ROWS,
        can_delete=True,
        can_order=True,
        max_num=MOST_ROWS,
        # By default a made-up number of rows in the post builds 1,000 forms more.
        absolute_max=MOST_ROWS + EMPTY_ROWS,
    )
    return made(data, prefix=prefix, initial=list(parts))


def filled(rows: Any) -> list[Any]:
    """The rows that stand for something, in their order."""
    # An empty row at the end is what there is to write in, not a part.
    kept = [row for row in rows.forms if row.is_filled]
    # Rows without a number stand behind those with one; sorted() keeps their order.
    return sorted(kept, key=lambda row: row.cleaned_data.get("ORDER") or MOST_ROWS + EMPTY_ROWS)
