"""What differs between the analysis plans of two versions, part by part."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any

from survey.instrument.diff import ChangeKind, Difference, moved_keys
from survey.instrument.plan.parts import parts_of_plan
from survey.instrument.plan.plan import AnalysisPlan
from survey.instrument.schema import Text, without_defaults

Key = tuple[str, str]


def diff_plans(old: AnalysisPlan, new: AnalysisPlan) -> tuple[Difference, ...]:
    """The differences in the order of the new plan; removed parts come last. Equal plans have none."""
    before, after = _places(old), _places(new)
    # Only what jumped over others: one part put in front would otherwise make all behind it look moved.
    moved = moved_keys(list(before), list(after))
    changes: list[Difference] = []
    for key, part in after.items():
        if key not in before:
            changes.append(Difference(kind=ChangeKind.ADDED, part=key[0], code=key[1], new=_name(part)))
            continue
        if key in moved:
            changes.append(Difference(kind=ChangeKind.MOVED, part=key[0], code=key[1], field="order"))
        changes += _field_changes(key, before[key], part)
    changes += [
        Difference(kind=ChangeKind.REMOVED, part=key[0], code=key[1], old=_name(before[key]))
        for key in before
        if key not in after
    ]
    return tuple(changes)


def _places(plan: AnalysisPlan) -> dict[Key, Any]:
    """Every part by kind and code. Notes on method have no code: their place stands for it."""
    return {
        **{(kind, part.code): part for kind, parts in parts_of_plan(plan).items() for part in parts},
        **{("name", item): name for item, name in plan.names.items()},
        **{("filter", condition): text for condition, text in plan.filters.items()},
        **{("note", str(place)): note for place, note in enumerate(plan.notes, start=1)},
        ("plan", "row_text"): plan.row_text,
        ("plan", "crossings"): plan.crossings,
        ("threshold", ""): plan.threshold,
        ("weighting", ""): plan.weighting,
    }


def _field_changes(key: Key, old: Any, new: Any) -> Iterator[Difference]:
    if isinstance(new, Text):
        yield from _changes(key, "text", old, new)
        return
    if isinstance(new, tuple):
        yield from _changes(key, "crossings", _crossed(old), _crossed(new))
        return
    for field in fields(new):
        # A part with another code is another part: it is added and removed, never changed.
        if field.name != "code":
            yield from _changes(key, field.name, getattr(old, field.name), getattr(new, field.name))


def _changes(key: Key, field: str, old: Any, new: Any) -> Iterator[Difference]:
    if old == new:
        return
    if isinstance(new, Text) and isinstance(old, Text):
        # By language: who reviews a translation sees that wording alone.
        for language in sorted({**old.to_dict(), **new.to_dict()}):
            was, now = old.to_dict().get(language, ""), new.to_dict().get(language, "")
            if was != now:
                yield Difference(
                    kind=ChangeKind.CHANGED, part=key[0], code=key[1], field=f"{field}.{language}", old=was, new=now
                )
    else:
        yield Difference(
            kind=ChangeKind.CHANGED, part=key[0], code=key[1], field=field, old=_written(old), new=_written(new)
        )


def _crossed(crossings: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    return tuple(" × ".join(crossing) for crossing in crossings)


def _written(value: Any) -> str:
    """A value as one line; of a part such as a step what it says beside its defaults."""
    if isinstance(value, Text):
        return " / ".join(wording for wording in value.to_dict().values() if wording)
    if isinstance(value, tuple):
        return ("; " if any(is_dataclass(part) for part in value) else " ").join(_written(part) for part in value)
    if isinstance(value, StrEnum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        shown = without_defaults(value)
        return " ".join(_written(getattr(value, field.name)) for field in fields(value) if field.name in shown)
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _name(part: Any) -> str:
    text: Text = part if isinstance(part, Text) else part.text
    # One language, since a difference is a line of a list; the plan's own words are Chinese first.
    return text.of("zh")
