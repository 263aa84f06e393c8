"""The parts of an analysis plan as a designer fills them in: one form for each kind of part."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.text import capfirst

from survey.forms.office.plan.part import PlanPartForm, choices_of_parts, code_field, codes, one_of, sentence, tick
from survey.forms.office.plan.rows import ClassRow, IndexPartRow, PlanRow, StepRow, wording
from survey.forms.office.translated import TranslatedFormField
from survey.instrument.plan.plan import (
    Group,
    Indicator,
    MethodNote,
    PlannedBlock,
    Reference,
    Scale,
    Theme,
)
from survey.models.choices import choices
from survey.models.choices import said_when_shown as _
from survey.selectors.said import said as gettext
from survey.terms import GroupSource, IndicatorKind, Presentation


class ScaleForm(PlanPartForm):
    kind = Scale
    row_kinds: ClassVar[Mapping[str, type[PlanRow]]] = {"steps": StepRow}
    code = code_field()
    text = wording(_("name"), 40)
    items = codes(_("items that are answered on it"))
    marked_text = sentence(
        _("words for the steps that count"), _("They go on from “firms”, such as: find it serious or very serious.")
    )
    is_adverse = tick(_("the last step is the worst"))

    def initial_rows(self, name: str) -> list[dict[str, Any]]:
        marked = self.part.marked if self.part is not None else ()
        return [{**row, "is_marked": row["code"] in marked} for row in super().initial_rows(name)]

    def more(self) -> dict[str, Any]:
        rows = self.filled("steps")
        return {"marked": tuple(row.cleaned_data["code"] for row in rows if row.cleaned_data["is_marked"])}


class ThemeForm(PlanPartForm):
    kind = Theme
    extra: ClassVar[Mapping[str, Any]] = {"is_headline": True}
    code = code_field()
    text = wording(_("name"), 40)
    scale = one_of(_("scale"))
    items = codes(_("items"), _("A firm has the theme where one of these is marked. Codes with spaces between them."))
    is_headline = tick(_("at the head of the results"))

    def offered(self) -> dict[str, Iterable[tuple[str, str]]]:
        return {"scale": choices_of_parts(self.known.scales)}


class IndicatorForm(PlanPartForm):
    kind = Indicator
    row_kinds: ClassVar[Mapping[str, type[PlanRow]]] = {"parts": IndexPartRow}
    extra: ClassVar[Mapping[str, Any]] = {"decimals": 1, "times": 1}
    code = code_field()
    text = wording(_("name"), 40)
    # The part has a field ``kind`` too, which is what the class variable of the form is called.
    figure = forms.ChoiceField(label=capfirst(_("figure")), choices=choices(IndicatorKind))
    item = one_of(_("item"), _("Not for an index."))
    options = codes(_("answers that count"), _("For a share: codes of options with spaces between them."))
    base = codes(_("answers in the base"), _("For a share: among which they are counted. Empty: any answer."))
    denominator = one_of(_("divided by"), _("For a ratio of totals: another number."))
    unit = wording(_("unit"), 12)
    decimals = forms.IntegerField(label=capfirst(_("decimal places")), min_value=0, max_value=6)
    times = forms.FloatField(
        label=capfirst(_("written as so many times the figure")),
        required=False,
        help_text=_("100 for a ratio in percent."),
    )
    is_headline = tick(_("at the head of the results"))
    reference_value = forms.FloatField(label=capfirst(_("reference value")), required=False)
    reference_text = sentence(_("words for the reference value"), _("As a chart writes them, such as: no change."))
    reference_source = sentence(_("source of the reference value"))
    reference_name = sentence(_("reference value in a sentence"), _("Such as: last year's 9."))
    finding = sentence(
        _("sentence about the figure"), _("With {value}, {low} and {high} in it, for a figure with a reference value.")
    )

    def initial_of(self, part: Any) -> dict[str, Any]:
        initial = {**super().initial_of(part), "figure": part.kind.value}
        if part.reference is None:
            return initial
        names = ("value", "text", "source", "name")
        return {**initial, **{f"reference_{name}": getattr(part.reference, name) for name in names}}

    def offered(self) -> dict[str, Iterable[tuple[str, str]]]:
        # Numbers of the frame and columns of tables are no items, and figures can be of them too.
        numbers = [(code, code) for code in sorted(self.known.numbers - self.known.items.keys())]
        return {
            "item": [*choices_of_parts(self.known.items), *numbers],
            "denominator": [
                pair for pair in (*choices_of_parts(self.known.items), *numbers) if pair[0] in self.known.numbers
            ],
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("reference_value") is None and any(
            cleaned.get(f"reference_{name}") for name in ("text", "source", "name")
        ):
            self.add_error("reference_value", gettext("There are words for a reference value. Enter the value."))
        return cleaned

    def more(self) -> dict[str, Any]:
        given = self.cleaned_data
        words = {name: given[f"reference_{name}"] for name in ("text", "source", "name")}
        value = given["reference_value"]
        reference = None if value is None else Reference(value=value, **words)
        return {"kind": IndicatorKind(given["figure"]), "reference": reference, "times": given["times"] or 1.0}


class GroupForm(PlanPartForm):
    kind = Group
    row_kinds: ClassVar[Mapping[str, type[PlanRow]]] = {"classes": ClassRow}
    extra: ClassVar[Mapping[str, Any]] = {"is_filter": True}
    code = code_field()
    text = wording(_("name"), 40)
    source = forms.TypedChoiceField(label=capfirst(_("from")), choices=choices(GroupSource), coerce=GroupSource)
    variable = one_of(_("variable"), _("Of the frame, or an item with one answer out of several."))
    is_filter = tick(_("results can be filtered by it"))

    def offered(self) -> dict[str, Iterable[tuple[str, str]]]:
        closed = {code: item for code, item in self.known.items.items() if self.known.is_grouping(code)}
        return {"variable": [*((name, name) for name in self.known.frame), *choices_of_parts(closed)]}


class TableForm(PlanPartForm):
    kind = PlannedBlock
    extra: ClassVar[Mapping[str, Any]] = {"on_dashboard": True}
    code = code_field()
    text = sentence(_("title"), _("Empty: the wording of the item."))
    presentation = forms.TypedChoiceField(
        label=capfirst(_("presentation")), choices=choices(Presentation), coerce=Presentation
    )
    statistic = forms.TypedChoiceField(
        label=capfirst(_("figure")), choices=choices(IndicatorKind), coerce=IndicatorKind
    )
    row_codes = codes(_("rows"), _("Codes of items, themes or indicators. Empty: the options of the item below."))
    item = one_of(_("item whose options are the rows"))
    first_only = tick(_("of a ranking, the first choice only"))
    scale = one_of(_("scale"), _("A share of items on a scale is that of its marked steps."))
    split = one_of(_("by group"))
    ordered_by = one_of(_("rows in the order of"), _("A table that is presented as a ranking, or this one."))
    beside = one_of(_("shown together with"))
    on_dashboard = tick(_("on the dashboard; the release has every table"))
    page_text = sentence(_("title on the page"))
    change_text = sentence(_("title of the table of change"))
    note = sentence(_("note"))

    def initial_of(self, part: Any) -> dict[str, Any]:
        return {**super().initial_of(part), "row_codes": list(part.rows)}

    def offered(self) -> dict[str, Iterable[tuple[str, str]]]:
        tables = choices_of_parts({table.code: table for table in self.known.whole.blocks})
        # The code as it is being typed: a new table may be put in its own order before it is stored.
        own = (self.data.get("code") or "").strip()
        return {
            "item": choices_of_parts(self.known.items),
            "scale": choices_of_parts(self.known.scales),
            "split": choices_of_parts(self.known.groups),
            "ordered_by": [*tables, *([] if not own or own in dict(tables) else [(own, own)])],
            "beside": tables,
        }

    def more(self) -> dict[str, Any]:
        return {"rows": tuple(self.cleaned_data["row_codes"])}


class NoteForm(PlanPartForm):
    kind = MethodNote
    text = sentence(_("heading"))
    paragraph = TranslatedFormField(label=capfirst(_("paragraph")), needed=())


FORMS: Mapping[str, type[PlanPartForm]] = {
    "scale": ScaleForm,
    "theme": ThemeForm,
    "indicator": IndicatorForm,
    "group": GroupForm,
    "table": TableForm,
    "note": NoteForm,
}
"""By kind of part the form that it is filled in with."""
