"""The words of an expression with their places."""

import re
from dataclasses import dataclass

from survey.instrument.expressions.errors import ExpressionError

MAX_LENGTH = 10_000
# Word and WPS write curly quotation marks by themselves. Each becomes one character, so places stay.
STRAIGHT_QUOTES = str.maketrans("‘’“”", "''\"\"")

_PATTERN = re.compile(
    r"""(?P<space>\s+)
      | (?P<number>\d+(?:\.\d+)?|\.\d+)
      | (?P<text>'[^']*'|"[^"]*")
      | (?P<name>\$\{[^{}]*\})
      # XPath names may hold hyphens: a-b is a name, a - b a difference.
      | (?P<word>[^\W\d][\w\-]*(?:[.:][^\W\d][\w\-]*)*)
      | (?P<own>\.(?![./]))
      | (?P<operator>!=|<=|>=|[=<>+\-*])
      | (?P<mark>[(),])""",
    re.VERBOSE,
)
_NAME = re.compile(r"[^\W\d][\w.\-]*")
_CODES = {
    **dict.fromkeys("'\"", "text_unclosed"),
    **dict.fromkeys("/.", "path"),
    **dict.fromkeys("&|!", "operator"),
    "$": "name_unclosed",
}
"""What a character that begins no word most likely stands for."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word: its ``kind``, its ``text`` (a name without its braces) and its ``position``."""

    kind: str
    text: str
    position: int


def tokens_of(text: str) -> list[Token]:
    """The words of an expression, closed by one of kind "end". Raises ExpressionError."""
    if len(text) > MAX_LENGTH:
        raise ExpressionError("too_long", text[:40], MAX_LENGTH, limit=MAX_LENGTH)
    text = text.translate(STRAIGHT_QUOTES)
    tokens, position = [], 0
    while position < len(text):
        match = _PATTERN.match(text, position)
        if match is None:
            raise ExpressionError(_CODES.get(text[position], "character"), text[position], position)
        # Spaces only part words; their places count, since complaints name the character.
        if match.lastgroup != "space":
            tokens.append(_token(str(match.lastgroup), match.group(), position))
        position = match.end()
    return [*tokens, Token("end", "", len(text))]


def _token(kind: str, text: str, position: int) -> Token:
    if kind == "text":
        return Token(kind, text[1:-1], position)
    if kind == "name":
        name = text[2:-1].strip()
        if not _NAME.fullmatch(name):
            raise ExpressionError("name", name, position)
        return Token(kind, name, position)
    return Token(kind, text, position)
