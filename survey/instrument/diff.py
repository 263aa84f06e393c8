"""What differs between two versions of a questionnaire, part by part."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from survey.instrument.kinds.choice_lines import lines_of_choices
from survey.instrument.schema import EditRule, Item, Option, Page, Questionnaire, Section, Text

CHILDREN = frozenset({"code", "sections", "edit_rules", "pages", "items", "options", "rows"})
Part = Questionnaire | Section | Page | Item | Option | EditRule


class ChangeKind(StrEnum):
    """How a part differs."""

    ADDED = "added"
    REMOVED = "removed"
    RECODED = "recoded"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One difference: of which ``part`` and ``code``, in which ``field``, from ``old`` to ``new``, as text.

    An option or row is coded ``ITEM.OPTION``. A part that moved names its old and new parent, or "order" within one.
    """

    kind: ChangeKind
    part: str
    code: str
    field: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    part: str
    code: str
    parent: str
    value: Part


def diff(old: Questionnaire, new: Questionnaire) -> tuple[Difference, ...]:
    """The differences in the order of the new version; removed parts come last. Equal versions have none."""
    recoded = _recoded(old, new)
    # Under its new code, so that a question with another code shows what else was changed of it.
    before = {_key(place, recoded): place for place in _places(old)}
    after = {(place.part, place.code): place for place in _places(new)}
    moved = moved_keys(list(before), list(after))
    changes = [
        Difference(kind=ChangeKind.RECODED, part="item", code=code, field="code", old=was, new=code)
        for was, code in recoded.items()
    ]
    for key, place in after.items():
        if key not in before:
            changes.append(Difference(kind=ChangeKind.ADDED, part=key[0], code=key[1], new=_title(place.value)))
            continue
        changes += _move(key, before[key], place, recoded, moved)
        changes += _field_changes(key, before[key].value, place.value)
    changes += [
        Difference(kind=ChangeKind.REMOVED, part=key[0], code=key[1], old=_title(before[key].value))
        for key in before
        if key not in after
    ]
    return tuple(changes)


def _places(questionnaire: Questionnaire) -> Iterator[_Place]:
    yield _Place(part="questionnaire", code=questionnaire.code, parent="", value=questionnaire)
    for section in questionnaire.sections:
        yield _Place(part="section", code=section.code, parent="", value=section)
        for page in section.pages:
            yield _Place(part="page", code=page.code, parent=section.code, value=page)
            for item in page.items:
                yield _Place(part="item", code=item.code, parent=page.code, value=item)
                yield from (
                    _Place(part="option", code=f"{item.code}.{part.code}", parent=item.code, value=part)
                    for part in item.options
                )
                yield from (
                    _Place(part="row", code=f"{item.code}.{part.code}", parent=item.code, value=part)
                    for part in item.rows
                )
    for rule in questionnaire.edit_rules:
        yield _Place(part="rule", code=rule.code, parent="", value=rule)


def _recoded(old: Questionnaire, new: Questionnaire) -> dict[str, str]:
    """Old codes of items to new ones, where an item of the same declared concept has another code."""
    # By the declared concept alone: likeness of wordings would take one question for another.
    gone = {item.concept: item.code for item in old.items.values() if item.concept and item.code not in new.items}
    come = {item.concept: item.code for item in new.items.values() if item.concept and item.code not in old.items}
    return {gone[concept]: come[concept] for concept in gone if concept in come}


def _key(place: _Place, recoded: Mapping[str, str]) -> tuple[str, str]:
    if place.part == "item":
        return place.part, recoded.get(place.code, place.code)
    if place.part in ("option", "row"):
        return place.part, f"{recoded.get(place.parent, place.parent)}.{place.code.partition('.')[2]}"
    return place.part, place.code


def moved_keys(before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """The parts to take out so that the others keep their order: as few as can be, for each kind of part."""
    moved: set[tuple[str, str]] = set()
    for part in {part for part, _ in after}:
        # Each kind by itself: an item that moves past an option has not moved.
        common = set(before) & set(after)
        ahead = [key for key in before if key in common and key[0] == part]
        place = {key: index for index, key in enumerate(ahead)}
        now = [key for key in after if key in place]
        moved |= set(now) - _longest_rising(now, place)
    return moved


def _longest_rising(keys: Sequence[tuple[str, str]], place: Mapping[tuple[str, str], int]) -> set[tuple[str, str]]:
    """The longest selection of keys whose places rise (patience sorting)."""
    ends: list[tuple[str, str]] = []
    before: dict[tuple[str, str], tuple[str, str] | None] = {}
    for key in keys:
        # Linear instead of by halves: a questionnaire has a few hundred items.
        index = sum(place[end] < place[key] for end in ends)
        before[key] = ends[index - 1] if index else None
        # In place of a later end, or behind the last one: a slice takes both.
        ends[index : index + 1] = [key]
    chosen: set[tuple[str, str]] = set()
    last = ends[-1] if ends else None
    while last is not None:
        chosen.add(last)
        last = before[last]
    return chosen


def _move(
    key: tuple[str, str], old: _Place, new: _Place, recoded: Mapping[str, str], moved: set[tuple[str, str]]
) -> list[Difference]:
    parent = recoded.get(old.parent, old.parent)
    if parent != new.parent:
        return [
            Difference(kind=ChangeKind.MOVED, part=key[0], code=key[1], field="parent", old=old.parent, new=new.parent)
        ]
    return [Difference(kind=ChangeKind.MOVED, part=key[0], code=key[1], field="order")] if key in moved else []


def _field_changes(key: tuple[str, str], old: Part, new: Part) -> Iterator[Difference]:
    for field in fields(new):
        # Children are told by themselves; the items of a rule are only named in it.
        if field.name in CHILDREN and not isinstance(new, EditRule):
            continue
        was, now = getattr(old, field.name), getattr(new, field.name)
        if field.name == "choices":
            # As lines: options within an option would stand there as their Python form.
            was, now = lines_of_choices(was), lines_of_choices(now)
        if isinstance(now, Text):
            before, after = was.to_dict(), now.to_dict()
            for language in dict.fromkeys((*before, *after)):
                change = before.get(language, ""), after.get(language, "")
                # Language by language, so that a corrected translation does not read as a new question.
                yield from _change(key, f"{field.name}.{language}", *change)
        else:
            yield from _change(key, field.name, was, now)


def _change(key: tuple[str, str], field: str, old: Any, new: Any) -> Iterator[Difference]:
    if old != new:
        yield Difference(
            kind=ChangeKind.CHANGED, part=key[0], code=key[1], field=field, old=_written(old), new=_written(new)
        )


def _written(value: Any) -> str:
    if isinstance(value, tuple):
        return " ".join(str(part) for part in value)
    return "" if value is None else str(value)


def _title(part: Part) -> str:
    texts = (getattr(part, name, None) for name in ("title", "text", "message"))
    # One language, the first of the product: a difference is a line of a list.
    return next((text.of("zh") for text in texts if isinstance(text, Text)), "")
