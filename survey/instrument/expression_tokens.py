"""The words of an expression with their places."""

import re
from dataclasses import dataclass

from survey.instrument.expression_tree import ExpressionError

MAX_LENGTH = 10_000
STRAIGHT_QUOTES = str.maketrans("‘’“”", "''\"\"")

_PATTERN = re.compile(
    r"""(?P<space>\s+)
      | (?P<number>\d+(?:\.\d+)?|\.\d+)
      | (?P<text>'[^']*'|"[^"]*")
      | (?P<name>\$\{[^{}]*\})
      | (?P<word>[^\W\d][\w\-]*(?:[.:][^\W\d][\w\-]*)*)
      | (?P<own>\.(?![./]))
      | (?P<operator>!=|<=|>=|[=<>+\-*])
      | (?P<mark>[(),])""",
    re.VERBOSE,
)
_NAME = re.compile(r"[^\W\d][\w.\-]*")
_REPAIRS = {
    "'": ("text_unclosed", "A text is opened and not closed.", "Close it with the same quotation mark."),
    '"': ("text_unclosed", "A text is opened and not closed.", "Close it with the same quotation mark."),
    "$": ("name_unclosed", "A name is opened and not closed.", "Write the name as ${item}."),
    "/": ("path", "Paths are not known here.", "Name the item as ${item}; write div to divide."),
    ".": ("path", "Paths are not known here.", "Name the item as ${item}; write . for the answer itself."),
    "&": ("operator", "'&' is not an operator.", "Write and."),
    "|": ("operator", "'|' is not an operator.", "Write or."),
    "!": ("operator", "'!' is not an operator.", "Write != or not(...)."),
}


@dataclass(frozen=True, slots=True)
class Token:
    """One word: its ``kind``, its ``text`` (a name without its braces) and its ``position``."""

    kind: str
    text: str
    position: int


def tokens_of(text: str) -> list[Token]:
    """The words of an expression, closed by one of kind "end". Raises ExpressionError."""
    if len(text) > MAX_LENGTH:
        raise ExpressionError(
            "too_long",
            text[:40],
            MAX_LENGTH,
            f"The expression is longer than {MAX_LENGTH} characters.",
            "Split it into calculations.",
        )
    text = text.translate(STRAIGHT_QUOTES)
    tokens, position = [], 0
    while position < len(text):
        match = _PATTERN.match(text, position)
        if match is None:
            raise _unreadable(text, position)
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
            raise ExpressionError(
                "name", name, position, f"'{name}' is not a name.", "Write ${item} with the code of an item."
            )
        return Token(kind, name, position)
    return Token(kind, text, position)


def _unreadable(text: str, position: int) -> ExpressionError:
    character = text[position]
    code, problem, repair = _REPAIRS.get(
        character, ("character", f"'{character}' has no meaning here.", "Remove it or put it between quotation marks.")
    )
    return ExpressionError(code, character, position, problem, repair)
