"""From stored answers back to what a form posts, so that a form can be shown again: ``parse_item(to_raw(x)) == x``."""

from collections.abc import Mapping
from typing import Any

from survey.instrument.answers import has_missing_field
from survey.instrument.kinds.missing import is_missing
from survey.instrument.kinds.registry import kind_of
from survey.instrument.routing.pruning import ESTIMATED, MISSING, NAME, OTHER
from survey.instrument.schema import Item


def to_raw(item: Item, answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """What the form of one item posted for its stored answer and companions; unanswered fields are absent."""
    value, kind = answers.get(item.code), kind_of(item)
    # What is calculated was never posted.
    if value is None or not kind.is_asked:
        return {}
    if is_missing(value):
        return {item.code + MISSING if has_missing_field(item) else item.code: [value]}
    raw = kind.post(item.code, value)
    if other := answers.get(item.code + OTHER):
        raw[item.code + OTHER] = [other]
    if answers.get(item.code + ESTIMATED) is True:
        # What browsers post for a box that has no value of its own.
        raw[item.code + ESTIMATED] = ["on"]
    if name := answers.get(item.code + NAME):
        raw[item.code + NAME] = [name]
    return raw
