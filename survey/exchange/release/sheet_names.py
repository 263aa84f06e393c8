"""Names of sheets and of the tables on them: speaking, unique in a book, and such as Excel takes."""

import re
from collections.abc import Iterable

LONGEST = 31
"""Excel's limit; it refuses a longer name and repairs the file."""
FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
LINKING = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "your"])
"""Words that a name does not end with."""
NO_NAME = re.compile(r"[^A-Za-z0-9_]")


class SheetNames:
    """The names that a book has given so far; programs take those that differ in case alone for the same."""

    def __init__(self) -> None:
        self._given: set[str] = {"history"}  # Excel keeps it for itself

    def sheet(self, wanted: str) -> str:
        """A name for a sheet, as near to the wanted one as may be."""
        # An apostrophe inside a name is allowed, at its ends not.
        cleaned = " ".join(FORBIDDEN.sub(" ", wanted).split()).strip("'")
        return self._first_free(_cut(cleaned, LONGEST - len(ending)) + ending for ending in _endings())

    def _first_free(self, offered: Iterable[str]) -> str:
        name = next(one for one in offered if one.casefold() not in self._given)
        self._given.add(name.casefold())
        return name


def _endings() -> Iterable[str]:
    yield ""
    # More than any book has sheets; an end, so that a fault shows as an error and not as a program that hangs.
    yield from (f" ({number})" for number in range(2, 10_000))


def _cut(text: str, longest: int) -> str:
    """The text, cut between words where it has blanks near its end."""
    if len(text) <= longest:
        return text
    cut = text[:longest]
    # One word more or less is worth it, half of the name is not.
    blank = cut.rfind(" ")
    kept = cut[:blank] if text[longest] != " " and blank > longest // 2 else cut
    # "Pain points by the share of" says no more than without its last word.
    while (words := kept.rsplit(" ", 1))[-1].casefold() in LINKING and len(words) > 1:
        kept = words[0]
    return kept.rstrip(" ,;:，、-–(（'")


def table_name(code: str, language: str) -> str:
    """The name by which formulas and programs know a table: its code and the language of its labels."""
    return NO_NAME.sub("_", f"table_{code}_{language.partition('-')[0]}")
