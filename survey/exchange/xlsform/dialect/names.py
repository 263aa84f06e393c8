"""Names of a form as codes of ours: kept where they can name a variable, changed everywhere where they cannot."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from survey.instrument.codes import ITEM_CODE, LONGEST_CODE, OPTION_CODE, RESERVED_PREFIXES

LAST_SAVED = "last-saved#"
_STRANGE = re.compile(r"[^A-Za-z0-9]+")


def item_code(name: str, taken: Collection[str]) -> str:
    """A code for an element: the name itself where it may be one and is free."""
    plain = ITEM_CODE.fullmatch(name) and not name.startswith(RESERVED_PREFIXES)
    slug = name if plain else _STRANGE.sub("_", name).strip("_")
    if not slug[:1].isalpha() or slug.startswith(RESERVED_PREFIXES):
        # A prefix that rules keep for facts would let a question hide the fact of that name.
        slug = f"q_{slug}".rstrip("_")
    return _free(slug, taken)


def option_code(name: str, taken: Collection[str]) -> str:
    """A code for a choice; names of other letters get a number in their list."""
    slug = name if OPTION_CODE.fullmatch(name) else _STRANGE.sub("_", name).strip("_")
    return _free(slug or f"c{len(taken) + 1}", taken)


def _free(slug: str, taken: Collection[str]) -> str:
    code = slug[:LONGEST_CODE].rstrip("_-.")
    number = 2
    while code in taken:
        ending = f"_{number}"
        # Cut before the number is put behind it: cut afterwards, long names would lose what tells them apart.
        code, number = slug[: LONGEST_CODE - len(ending)].rstrip("_-.") + ending, number + 1
    return code


@dataclass(kw_only=True)
class Names:
    """Codes of elements by row and by name, changed codes of choices by list, and the list of each select.

    ``tables`` are what rules can look into by name, ``repeats`` the codes of the rows of each repeat that is a table.
    ``is_to_the_letter``: the form was written here, so that its expressions mean what they mean here.
    """

    by_row: dict[tuple[int, str], str] = field(default_factory=dict)
    by_name: dict[str, str] = field(default_factory=dict)
    choices: dict[str, dict[str, str]] = field(default_factory=dict)
    list_of: dict[str, str] = field(default_factory=dict)
    tables: dict[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)
    repeats: dict[str, tuple[str, ...]] = field(default_factory=dict)
    version: str = ""
    is_to_the_letter: bool = False

    def give(self, row: int, name: str, code: str) -> None:
        """Write down the code of an element; of elements with the same name the first is the one referred to.

        Of a row in a repeat there is an element for each entry, with a name of its own.
        """
        self.by_row[row, name] = code
        self.by_name.setdefault(name, code)

    def code_of(self, name: str) -> str:
        """What a name is called here; what was saved last time is the answer of the previous wave."""
        last = name.removeprefix(LAST_SAVED)
        code = self.by_name.get(last, last)
        return code if last == name else f"previous_{code}"

    def shown_code(self, name: str) -> str:
        """What a name is called in a wording: of a column of a table the first row is shown, as in XForms."""
        code = self.code_of(name)
        table, _, column = code.partition("__")
        rows = self.repeats.get(table, ())
        return f"{table}__{rows[0]}__{column}" if rows and column and column.partition("__")[0] not in rows else code

    def changed_choices(self, names: Collection[str]) -> dict[str, str]:
        """Old to new code of the choices of the selects among ``names``, where it differs."""
        # Of these questions only: another list may have a choice of the same name with another code.
        lists = {self.list_of[name] for name in names if name in self.list_of}
        return {old: new for name in lists for old, new in self.choices.get(name, {}).items() if old != new}
