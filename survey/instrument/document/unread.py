"""What was typed and could not be read: kept as it came beside the answer, in drafts only, until it is mended.

Under ``CODE__raw`` a draft holds the posted fields of the item, name to values. The answer of before stays beside it,
so that a slip of the pen does not change the route; nothing of it counts until the text is mended, since the rules
refuse a response that holds such a text, and the route drops it.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from survey.instrument.answers import Parsed, keys_of
from survey.instrument.kinds.raw_text import RawInput
from survey.instrument.raw_answers import to_raw
from survey.instrument.routing.pruning import UNREAD
from survey.instrument.schema import Item

LONGEST_UNREAD = 50_000
"""Characters kept of one item: twelve times the longest text that an item takes, and little for a document."""


def document_keys(item: Item) -> tuple[str, ...]:
    """The keys of a draft that belong to an item: answer, companions, and what could not be read."""
    return (*keys_of(item), item.code + UNREAD)


def posted_fields_of(item: Item, raw: RawInput) -> dict[str, list[str]]:
    """The posted fields of one item."""
    return {
        # No code of an item holds two underscores together (lint), so that no field of another one begins so.
        name: list(values)
        for name, values in raw.items()
        if name == item.code or name.startswith(f"{item.code}__")
    }


def unread_of(item: Item, answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """The fields that could not be read; empty where the answer of the document is whole."""
    # The document may be one that a browser sent back: what has not the shape of fields is none.
    held = answers.get(item.code + UNREAD)
    if not isinstance(held, dict):
        return {}
    return {
        str(name): [value for value in values if isinstance(value, str)]
        for name, values in held.items()
        if isinstance(values, list)
    }


def fields_shown(item: Item, answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """What the form of an item shows: the text that could not be read, or else the stored answer as it was posted."""
    return unread_of(item, answers) or to_raw(item, answers)


def typed_document(items: Iterable[Item], parsed: Parsed, raw: RawInput, before: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that were typed, and for each refused item the answer of ``before`` with the text beside it."""
    refused, document = {error.place.code for error in parsed.errors}, dict(parsed.answers)
    for item in items:
        if item.code not in refused:
            continue
        kept = dict(_storable(posted_fields_of(item, raw)))
        if kept:
            document |= {key: before[key] for key in keys_of(item) if key in before}
            document[item.code + UNREAD] = kept
    return document


def _storable(fields: Mapping[str, list[str]]) -> Iterator[tuple[str, list[str]]]:
    """The fields with characters that a database can hold, at most ``LONGEST_UNREAD`` of them."""
    left = LONGEST_UNREAD
    for name, values in fields.items():
        kept = []
        for value in values:
            # PostgreSQL holds no zero byte, UTF-8 no half of a surrogate pair.
            text = value.replace("\0", "").encode(errors="ignore").decode()[:left]
            left -= len(text)
            kept += [text] if text else []
        if kept:
            yield name, kept


def typed_words(item: Item, answers: Mapping[str, Any]) -> str:
    """What could not be read, as it was typed, on one line; "" where there is nothing of the kind."""
    return " / ".join(value for values in unread_of(item, answers).values() for value in values)
