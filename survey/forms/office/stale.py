"""A form that was opened before somebody else changed what it shows: refused, with both values side by side.

The page bears a digest of each value as it was when it was opened. What has another digest when the form is sent was
changed meanwhile; the page is shown again with the stored value beside the one that was typed, and says which to keep.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, ClassVar

from django import forms
from django.db.models import Model
from django.forms.models import model_to_dict

from survey.instrument.schema import Text
from survey.selectors.said import said as gettext

STATE, KEEP = "_state", "_keep_"
# 48 bits: two values of one field that a person types do not meet there.
DIGITS = 12
Related = tuple[type[Model], str, tuple[str, ...]]
"""The rows that are edited within a page: their model, their foreign key to it, and their fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BothValues:
    """One value that another person changed: as it is stored now, and as it was typed. ``name`` is that of the field
    of the form, "" for a row edited within the page, of which what is typed is saved."""

    name: str
    label: str
    stored: str
    typed: str
    is_kept: bool = False


def digest(value: Any) -> str:
    """A few digits that differ when a value differs; it is no secret, and not protected."""
    text = json.dumps(plain(value), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def plain(value: Any) -> Any:
    """A value of a form as JSON can hold it."""
    if isinstance(value, Text):
        return value.to_dict()
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, datetime):
        # The same moment, in whatever zone it was read.
        return value.astimezone(UTC).isoformat()
    if isinstance(value, list | tuple | set):
        return [plain(each) for each in value]
    return value


def state_of(row: Model, fields: Sequence[str], related: Sequence[Related] = ()) -> dict[str, str]:
    """The digests of a stored row by field, and of each row that is edited with it by "model:key"."""
    values = model_to_dict(row, fields=list(fields))
    state = {name: digest(value) for name, value in values.items()}
    for model, key, columns in related:
        for part in model._base_manager.filter(**{key: row.pk}):
            state[f"{model._meta.model_name}:{part.pk}"] = digest(list(model_to_dict(part, columns).values()))
    return state


class StaleRefusedForm(forms.ModelForm):  # type: ignore[type-arg]
    """Mixed into the form of a page of the admin that changes a row."""

    related: ClassVar[tuple[Related, ...]] = ()
    conflicts: dict[str, Any]
    stored: Model | None = None

    def editable(self) -> list[str]:
        """The fields whose value the form stores."""
        return [name for name, field in self.fields.items() if not field.disabled]

    def state(self) -> str:
        """What the page has to bear: the state of the row as it is stored now."""
        row = self.stored or self.instance
        return json.dumps(state_of(row, self.editable(), self.related), separators=(",", ":"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.conflicts = {}
        seen = read_state(self.data.get(STATE, ""))
        if seen is None or not self.instance.pk:
            return cleaned
        # Locked until the answer is stored: of two who save in the same moment the second waits, and then sees.
        self.stored = type(self.instance)._base_manager.select_for_update(of=("self",)).get(pk=self.instance.pk)
        now = state_of(self.stored, self.editable(), self.related)
        # Rows that were added or removed differ as well: their key is in one of the two alone.
        changed = [key for key in {**seen, **now} if seen.get(key) != now.get(key)]
        if changed:
            self.conflicts = dict.fromkeys(changed)
            self.add_error(None, changed_by_somebody_else())
        else:
            cleaned |= self.taken_over()
        return cleaned

    def taken_over(self) -> dict[str, Any]:
        """The stored values of the fields of which the stored one was chosen."""
        assert self.stored is not None
        chosen = [name for name in self.editable() if self.data.get(f"{KEEP}{name}") == "stored"]
        for name in chosen:
            # What was typed there may be wrong; it is not what is going to be saved.
            self.errors.pop(name, None)
        given = model_to_dict(self.stored, fields=chosen)
        return {name: self.fields[name].clean(self.fields[name].prepare_value(value))
                if isinstance(self.fields[name], forms.ModelChoiceField) else value
                for name, value in given.items()}  # fmt: skip

    def side_by_side(self) -> list[BothValues]:
        """Both values of each field that was changed meanwhile and differs from what was typed."""
        if self.stored is None:
            return []
        now = model_to_dict(self.stored, fields=self.editable())
        return [
            BothValues(
                name=name,
                label=str(self[name].label),
                stored=read_value(self.fields[name], now[name]),
                typed=read_value(self.fields[name], self[name].value()),
                is_kept=not self.fields[name].has_changed(self.initial.get(name), self[name].data),
            )
            for name in self.conflicts
            if name in now
        ]


class StaleRefusedValues(forms.Form):
    """Mixed into a form that is not of a row of its own but sets values that are stored somewhere.

    ``stored`` are those of now by field, set before the form is asked anything; whoever asks holds them until the
    answer is stored. What only somebody else changed is left as it is; what both changed is refused.
    """

    stored: Mapping[str, Any]
    conflicts: Mapping[str, bool] = MappingProxyType({})
    """What somebody else changed meanwhile and now differs from what was typed: whether nothing else was typed than
    what had stood there."""

    def state(self) -> str:
        """What the page has to bear: the state of the values as they are stored now."""
        return json.dumps({name: digest(value) for name, value in self.stored.items()}, separators=(",", ":"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seen, now = read_state(self.data.get(STATE, "")), json.loads(self.state())
        typed = {name: digest(cleaned.get(name)) for name in now}
        # A field that the page did not bear, as one of before an upgrade, is not taken for changed.
        changed = [name for name in now if seen is not None and seen.get(name) not in (now[name], None)]
        differing = {name: typed[name] == (seen or {})[name] for name in changed if typed[name] != now[name]}
        if not all(differing.values()):
            self.conflicts = differing
            self.add_error(None, changed_by_somebody_else())
            return cleaned
        for name in now:
            if name in differing or self.data.get(f"{KEEP}{name}") == "stored":
                cleaned[name] = self.fields[name].clean(self.stored[name])
                self.errors.pop(name, None)
        return cleaned

    def side_by_side(self) -> list[BothValues]:
        """Both values of each field that somebody else changed meanwhile, too."""
        return [
            BothValues(
                name=name,
                label=str(self[name].label),
                stored=read_value(self.fields[name], form_value(self.fields[name], self.stored[name])),
                typed=read_value(self.fields[name], self[name].value()),
                is_kept=is_untouched,
            )
            for name, is_untouched in self.conflicts.items()
        ]


def form_value(field: forms.Field, value: Any) -> Any:
    """A stored value as the form would write it: days and times in the way and the zone in which they are typed."""
    value = field.prepare_value(value)
    is_day = isinstance(field.widget, forms.DateInput | forms.DateTimeInput)
    return field.widget.format_value(value) if is_day else value


def changed_by_somebody_else() -> str:
    """What a form says that is refused because it is stale."""
    return gettext(
        "Somebody else changed this since you opened it, so nothing is saved yet. Both values stand side by "
        "side below: choose which to keep, then save once more."
    )


def read_state(text: str) -> Mapping[str, str] | None:
    """The state that a page bore; None where it bore none, or something else."""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def read_value(field: forms.Field, value: Any) -> str:
    """A value as people read it."""
    if isinstance(field, forms.ModelMultipleChoiceField) and field.queryset is not None:
        return ", ".join(str(row) for row in field.queryset.filter(pk__in=plain(value or [])))
    if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
        return str(field.queryset.filter(pk=plain(value)).first() or "") if value else ""
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        labels = {str(key): str(label) for key, label in choices if not isinstance(label, list | tuple)}
        return ", ".join(labels.get(str(each), str(each)) for each in (value if isinstance(value, list) else [value]))
    if isinstance(value, list | tuple):
        return " ".join(read_value(field, each) for each in value)
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return "" if value is None else str(value)
