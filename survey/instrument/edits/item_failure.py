"""What does not hold about one item, before ``rules`` makes a failure of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from survey.instrument.schema import NO_TEXT, Item, Text
from survey.terms import EditLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFailure:
    """One thing that does not hold about an item: its kind, the message code or the designer's message, the values.

    ``fields`` are those of several fields that it is about. ``repair`` is the answer that was meant in all likelihood,
    None where nothing suggests one.
    """

    item: Item
    kind: str
    level: EditLevel
    code: str
    values: Mapping[str, Any]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    message: Text = NO_TEXT
    repair: float | None = None
    fields: tuple[str, ...] = ()
