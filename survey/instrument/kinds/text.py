"""Texts in the firm's own words, on one line or on several."""

from survey.instrument.expressions.values import MISSING_CODES
from survey.instrument.kinds.kind import Kind
from survey.instrument.kinds.raw_text import RawInput, RefusedInput, clean_text, one_value
from survey.instrument.kinds.variables import ValueKind
from survey.instrument.kinds.variables_of_kinds import holding
from survey.instrument.schema import Item
from survey.terms import ItemType

LONGEST_TEXT = 255
LONGEST_LONG_TEXT = 4000
"""Characters, where the item names no limit of its own."""


def one_line(kind: Kind, item: Item, raw: RawInput) -> str | None:
    """The text on one line."""
    return free_text(raw, item.code, item.max_length or LONGEST_TEXT)


def several_lines(kind: Kind, item: Item, raw: RawInput) -> str | None:
    """The text with its line breaks."""
    return free_text(raw, item.code, item.max_length or LONGEST_LONG_TEXT, lines=True)


def free_text(raw: RawInput, name: str, limit: int, *, lines: bool = False) -> str | None:
    """A text in the respondent's own words; the Missing codes are no words."""
    text = clean_text(one_value(raw, name), name, limit, lines=lines)
    # A text is stored beside the codes of non-answers and must not be mistaken for one.
    if text in MISSING_CODES:
        raise RefusedInput("reserved_word", field=name, value=text)
    return text or None


TEXT = Kind(
    type=ItemType.TEXT,
    read=one_line,
    variables=holding(ValueKind.TEXT),
    seconds=10,
    longest=LONGEST_TEXT,
)
LONG_TEXT = Kind(
    type=ItemType.LONG_TEXT,
    read=several_lines,
    variables=holding(ValueKind.TEXT),
    seconds=30,
    longest=LONGEST_LONG_TEXT,
    is_long=True,
)
