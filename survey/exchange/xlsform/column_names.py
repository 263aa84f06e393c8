"""Conditions on one row of choices or of a table: bare words are its columns."""

from collections.abc import Mapping
from itertools import pairwise

from survey.instrument.expressions.tokens import Token, tokens_of

OPERATOR_WORDS = frozenset({"and", "or", "div", "mod"})


def filter_words(choice_filter: str) -> list[str]:
    """The columns of the choices that a filter names. Raises ExpressionError."""
    tokens = tokens_of(choice_filter)
    return [token.text for token, after in pairwise(tokens) if is_column(token, after)]


def is_column(token: Token, after: Token) -> bool:
    # XPath has no reserved words: what a word is follows from what stands beside it (XPath 1.0, 3.7).
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
    # XPath 1.0 has no escape for a quotation mark in a text (3.7): it is put together from pieces.
    parts = (f"'{part}'" for part in text.split("'"))
    between = """, "'", """
    return f"concat({between.join(parts)})"
