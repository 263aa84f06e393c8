"""A part of an analysis plan as a designer fills it in: what the forms of all kinds share."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any, ClassVar

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language

from survey.forms.office.design import CodeList
from survey.forms.office.plan.rows import PlanRow, filled, form_rows_of
from survey.forms.office.translated import TranslatedFormField, TranslatedInput, offer_languages
from survey.instrument.plan.known import Known
from survey.models.choices import said_when_shown as _
from survey.models.questionnaire import code_validator

NONE = ("", "–")
CODES_HELP = _("Codes with spaces between them, in the order in which they are shown.")


def code_field() -> forms.CharField:
    return forms.CharField(label=capfirst(_("code")), max_length=60, validators=[code_validator])


def codes(label: Any, help_text: Any = CODES_HELP) -> CodeList:
    widget = forms.Textarea(attrs={"rows": 2, "cols": 60})
    return CodeList(label=capfirst(label), required=False, help_text=help_text, widget=widget)


def sentence(label: Any, help_text: Any = "") -> TranslatedFormField:
    """A title or sentence that may be left empty."""
    return TranslatedFormField(
        label=capfirst(label), needed=(), max_length=400, help_text=help_text,
        widget=TranslatedInput({"size": 50}, is_long=False),
    )  # fmt: skip


def one_of(label: Any, help_text: Any = "") -> forms.ChoiceField:
    """A choice that is offered by ``PlanPartForm.offered``."""
    return forms.ChoiceField(label=capfirst(label), required=False, help_text=help_text)


def tick(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=capfirst(label), required=False)


class PlanPartForm(forms.Form):
    """What a part has; ``known`` is the plan that it belongs to, ``part`` what it was before.

    Fields bear the names of those of ``kind``. ``row_kinds`` are the fields that hold rows. What the form does not show
    stays as it was.
    """

    kind: ClassVar[type[Any]]
    row_kinds: ClassVar[Mapping[str, type[PlanRow]]] = {}
    extra: ClassVar[Mapping[str, Any]] = {}

    def __init__(self, data: Any = None, *, known: Known, part: Any = None, languages: tuple[str, ...] = ()) -> None:
        super().__init__(data, initial=self.initial_of(part) if part is not None else dict(self.extra))
        self.known, self.part = known, part
        for name, listed in self.offered().items():
            field: Any = self.fields[name]
            chosen = getattr(part, name, "") if part is not None else ""
            # With what was chosen before: leaving it out would change a plan in silence when something else is saved.
            field.choices = [NONE, *with_chosen(listed, chosen)]
        self.rows = {
            name: form_rows_of(row, name, data, self.initial_rows(name)) for name, row in self.row_kinds.items()
        }
        offer_languages(self.fields.values(), languages)
        for rows in self.rows.values():
            for row in rows.forms:
                offer_languages(row.fields.values(), languages)

    def initial_of(self, part: Any) -> dict[str, Any]:
        """The fields of a part as the form shows them."""
        # Lists, as the fields give them back.
        return {name: list(v) if isinstance(v := getattr(part, name), tuple) else v for name in self.shown()}

    def initial_rows(self, name: str) -> list[dict[str, Any]]:
        """The rows of a part as the form shows them."""
        rows = getattr(self.part, name) if self.part is not None else ()
        return [{field.name: getattr(row, field.name) for field in fields(row)} for row in rows]

    def shown(self) -> list[str]:
        """The fields of the part that the form shows as they are."""
        # By name, so that a field that a part gains is shown as soon as its form declares it, and kept before that.
        own = {field.name for field in fields(self.kind)}
        return [name for name in self.base_fields if name in own]

    def offered(self) -> dict[str, Iterable[tuple[str, str]]]:
        """By field what can be chosen there, besides nothing."""
        return {}

    def is_valid(self) -> bool:
        """Whether the fields and all rows can be read."""
        # A list, not a generator: every part is to show its errors at once.
        return all([super().is_valid(), *(rows.is_valid() for rows in self.rows.values())])

    @property
    def has_errors(self) -> bool:
        return bool(self.errors) or any(rows.total_error_count() for rows in self.rows.values())

    def filled(self, name: str) -> list[Any]:
        """The rows of a field that stand for something, in their order."""
        return filled(self.rows[name])

    def value(self) -> Any:
        """The part as it was filled in; call it on a valid form."""
        given = {name: self.cleaned_data[name] for name in self.shown()}
        plain = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
        made = {**plain, **{name: tuple(row.value() for row in self.filled(name)) for name in self.rows}, **self.more()}
        # replace(): a field that the form does not show keeps what it was.
        return replace(self.part, **made) if self.part is not None else self.kind(**made)

    def more(self) -> dict[str, Any]:
        """Fields of the part that are made from several of the form."""
        return {}


def with_chosen(listed: Iterable[tuple[str, str]], chosen: Any) -> list[tuple[str, str]]:
    """What is offered, with what was chosen before even where it is offered no longer: a finding tells of it."""
    options = list(listed)
    return options if not chosen or chosen in dict(options) else [*options, (chosen, str(chosen))]


def choices_of_parts(parts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Codes with their names, to choose from."""
    language = get_language() or "zh"
    # The code first: it is what the plan holds, and names may be alike.
    return [(code, f"{code} {part.text.of(language)}"[:90]) for code, part in parts.items()]
