"""Expressions as forms write them, in the spelling that the engine reads: paths, changed names, choice filters."""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from survey.exchange.xlsform.names import Names
from survey.instrument.expression_tokens import Token, tokens_of

BOOLEANS = {**dict.fromkeys(("yes", "true"), "true()"), **dict.fromkeys(("no", "false"), "false()")}
OPERATOR_WORDS = frozenset({"and", "or", "div", "mod"})
_PIECES = re.compile(
    r"""(?P<text>'[^']*'|"[^"]*"|‘[^’]*’|“[^”]*”)
      | \$\{\s*(?P<name>[^{}]*?)\s*\}
      | (?P<path>(?:current\(\)\s*/\s*)?(?<![\w)\]])(?:\.{1,2}/|/)+(?:[\w\-]+/|\.\./)*(?P<last>[\w\-]+)(?![\w/(\[]))""",
    re.VERBOSE,
)
_NAME = re.compile(r"\$\{\s*([^{}]*?)\s*\}")


def condition(written: str, names: Names, own: str = "") -> str:
    """A condition in the engine's spelling; ``yes`` and ``no`` are conditions too, and "no" is none at all."""
    plain = BOOLEANS.get(written.strip().lower(), written.strip())
    return translated(plain, names, own)


def translated(written: str, names: Names, own: str = "") -> str:
    """An expression with paths as ``${name}`` and changed codes; unchanged otherwise. ``own`` names what ``.`` is."""
    mentioned = {match["name"] or match["last"] or "" for match in _PIECES.finditer(written)} | {own}
    changed = names.changed_choices(mentioned)

    def piece(match: re.Match[str]) -> str:
        if match["text"]:
            inner = match["text"][1:-1]
            return f"'{changed[inner]}'" if inner in changed else match[0]
        name = match["name"] if match["name"] is not None else match["last"]
        code = names.by_name.get(name, name)
        return match[0] if match["name"] is not None and code == name else f"${{{code}}}"

    return _PIECES.sub(piece, written)


def names_written(cells: Iterable[str]) -> frozenset[str]:
    """The names that stand as ``${name}`` in cells."""
    return frozenset(name for cell in cells for name in _NAME.findall(cell))


def piped(wording: str, names: Names) -> str:
    """A wording with the names in it changed where codes are."""
    return _NAME.sub(lambda match: f"${{{names.by_name.get(match[1], match[1])}}}", wording)


def filter_words(choice_filter: str) -> list[str]:
    """The columns of the choices that a filter names. Raises ExpressionError."""
    tokens = tokens_of(choice_filter)
    return [token.text for token, after in pairwise(tokens) if is_column(token, after)]


def is_column(token: Token, after: Token) -> bool:
    return token.kind == "word" and token.text not in OPERATOR_WORDS and after.text != "("


def filter_of_choice(choice_filter: str, columns: Mapping[str, str]) -> str:
    """The filter as a condition on one choice: each column is its value. Raises ExpressionError."""
    tokens = tokens_of(choice_filter)
    pairs = pairwise(tokens)
    return " ".join(
        quoted(columns.get(token.text, "")) if is_column(token, after) else spelled(token) for token, after in pairs
    )


def spelled(token: Token) -> str:
    if token.kind == "name":
        return f"${{{token.text}}}"
    return quoted(token.text) if token.kind == "text" else token.text


def quoted(text: str) -> str:
    """A text between quotation marks that do not occur in it; one with both kinds is put together."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    parts = (f"'{part}'" for part in text.split("'"))
    between = """, "'", """
    return f"concat({between.join(parts)})"
