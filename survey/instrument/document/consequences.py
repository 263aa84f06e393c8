"""What one corrected answer changes of a document: itself, what is calculated from it, what it leads to or from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from survey.instrument.answers import keys_of
from survey.instrument.routing.route import Facts, route_of
from survey.instrument.schema import Item, Questionnaire


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyChange:
    """One key of the document before and after, None where it has no value; ``is_own`` of the corrected item itself."""

    key: str
    old: Any
    new: Any
    is_own: bool


def corrected_document(
    answers: Mapping[str, Any], item: Item, given: Mapping[str, Any], revived: Mapping[str, Any]
) -> dict[str, Any]:
    """The answers with those of the item replaced. ``revived`` are answers that an earlier correction led away from;
    the route takes those that it does not lead to again."""
    kept = {key: value for key, value in answers.items() if key not in keys_of(item)}
    return {**revived, **kept, **given}


def changes_between(
    questionnaire: Questionnaire,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    item: Item,
    facts: Facts,
    day: date,
) -> list[KeyChange]:
    """The changes of the keys of the item, then those that follow for others, in the order of their keys.

    What the route of today would change anyway, because the firm's facts are others, is left as it was submitted.
    """
    own = set(keys_of(item))
    then = route_of(questionnaire, before, facts, day).answers
    now = route_of(questionnaire, after, facts, day).answers
    # What the correction changes (then and now differ), where it comes to something else than is stored.
    follows = {key for key in {*then, *now} - own if then.get(key) != now.get(key) != before.get(key)}
    return [
        *(_change(key, before, after, is_own=True) for key in sorted(own) if before.get(key) != after.get(key)),
        *(_change(key, before, now, is_own=False) for key in sorted(follows)),
    ]


def _change(key: str, before: Mapping[str, Any], after: Mapping[str, Any], *, is_own: bool) -> KeyChange:
    return KeyChange(key=key, old=before.get(key), new=after.get(key), is_own=is_own)
