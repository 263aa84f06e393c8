"""The one shape of a complaint: what is wrong (``code``), where (``place``), with what (``value``), and how to mend it.

Lists of firms, XLSForms, offline forms, questionnaires, refused actions and errors of method are all complained about
so. The sentences of a code stand once, in the catalogue of its subject. A complaint keeps codes and values alone, and
its sentences are made when they are shown: it may be stored today and read in another language tomorrow.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from survey.terms import Labelled
from survey.terms import gettext_noop as _

Translate = Callable[[str], str]
InWords = Callable[[Mapping[str, Any], Translate], Mapping[str, Any]]
MOST_ROWS_SHOWN = 8


def as_it_stands(text: str) -> str:
    """No translation: the English of the message identifiers."""
    return text


def _unchanged(shown: Mapping[str, Any], translate: Translate) -> Mapping[str, Any]:
    return shown


class Weight(Labelled):
    """What a complaint stops, the heaviest first."""

    ERROR = "error", _("Error")
    """Nothing goes on until it is mended."""
    MEND = "mend", _("To be mended")
    """It goes on, but must be mended before the next step."""
    LEFT_OUT = "left_out", _("No counterpart")
    """Something of what was put in is not taken over."""
    WARNING = "warning", _("Warning")
    """It may be meant so; a person should look at it."""
    NOTE = "note", _("Note")
    """Nothing is lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where it is: in a workbook (sheet, row as Excel counts, column header or cell), or in a questionnaire.

    ``kind`` and ``code`` name a part of a questionnaire ("item", "cost"), ``field`` what of it; ``character`` counts
    from 1 within the text there. ``rows`` are further rows about which the same is to be said.
    """

    sheet: str = ""
    row: int | None = None
    column: str = ""
    cell: str = ""
    rows: tuple[int, ...] = ()
    kind: str = ""
    code: str = ""
    field: str = ""
    character: int | None = None

    def words(self, translate: Translate = as_it_stands) -> str:
        """The place as people find it; "" where it is the whole."""
        row = translate(_("row %(row)s")) % {"row": self.row} if self.row else ""
        part = f"{self.code} {self.field}".strip()
        place = ", ".join(word for word in (self.sheet, row, self.column, self.cell, part) if word)
        if not self.rows:
            return place
        # A form may have the same fault in thousands of rows; the first few are enough to find the others.
        shown = ", ".join(map(str, self.rows[:MOST_ROWS_SHOWN])) + (" …" if len(self.rows) > MOST_ROWS_SHOWN else "")
        return translate(_("%(place)s (also in %(rows)s)")) % {"place": place, "rows": shown}

    def parameters(self) -> dict[str, Any]:
        """Its parts as the sentences of a complaint name them."""
        named = {"sheet": self.sheet, "row": self.row, "column": self.column, "cell": self.cell, "kind": self.kind}
        named |= {"place": self.code, "field": self.field, "position": self.character}
        return {name: part for name, part in named.items() if part is not None}


WHOLE = Place()
"""No place in particular: the file, the questionnaire or the action as a whole."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a code means: two sentences to be translated, in which ``%(value)s`` and the like are filled in."""

    message: str
    repair: str = ""
    weight: Weight = Weight.ERROR


def literal(message: str, repair: str = "") -> Entry:
    """An entry of two sentences that are filled in already."""
    # A name that somebody gave may hold the sign by which parameters are filled in.
    return Entry(message.replace("%", "%%"), repair.replace("%", "%%"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """One complaint. ``parameters`` fill its sentences beside the value and the parts of the place."""

    code: str
    entry: Entry = field(compare=False, repr=False)
    place: Place = WHOLE
    value: Any = ""
    parameters: Mapping[str, Any] = field(default_factory=dict, hash=False)
    in_words: InWords = field(default=_unchanged, compare=False, repr=False)

    @property
    def weight(self) -> Weight:
        """What it stops."""
        return self.entry.weight

    def message(self, translate: Translate = as_it_stands) -> str:
        """What is wrong, in a sentence."""
        sentence = self._filled(self.entry.message, translate)
        # The word for a column of ours opens a sentence with a capital; a name that somebody gave is left as given.
        return sentence[:1].upper() + sentence[1:] if self.entry.message.startswith("%(column)s") else sentence

    def repair(self, translate: Translate = as_it_stands) -> str:
        """How to mend it, in a sentence; "" where nothing needs to be done."""
        return self._filled(self.entry.repair, translate)

    def sentences(self, translate: Translate = as_it_stands) -> str:
        """Both sentences."""
        message, repair = self.message(translate), self.repair(translate)
        # A full stop of Chinese holds its own space.
        between = "" if message.endswith("。") else " "
        return between.join(filter(None, (message, repair)))

    def _filled(self, template: str, translate: Translate) -> str:
        # gettext answers an empty identifier with the head of the catalogue.
        if not template:
            return ""
        shown = {**self.place.parameters(), "value": self.value, **self.parameters}
        return translate(template) % self.in_words(shown, translate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The codes of a subject; ``in_words`` turns those parameters that are words into the reader's language."""

    entries: Mapping[str, Entry]
    in_words: InWords = _unchanged

    def complaint(self, code: str, /, *, place: Place = WHOLE, value: Any = "", **parameters: Any) -> Complaint:
        """A complaint with a code of the catalogue. Raises KeyError for another."""
        entry = self.entries[code]
        return Complaint(
            code=code, entry=entry, place=place, value=value, parameters=parameters, in_words=self.in_words
        )


def words_of(*names: str) -> InWords:
    """Translates the parameters of these names, which hold message identifiers."""

    def in_words(shown: Mapping[str, Any], translate: Translate) -> Mapping[str, Any]:
        return {name: translate(word) if word and name in names else word for name, word in shown.items()}

    return in_words


class Refused(Exception):  # noqa: N818  -- it says what happened
    """Something is not done, and its complaint says why and what to do instead; a subject has its own ``catalogue``."""

    catalogue: ClassVar[Catalogue]
    code: str = ""

    def __init__(self, code: str, /, value: Any = "", *, place: Place = WHOLE, **parameters: Any) -> None:
        self.carry(self.catalogue.complaint(code, place=place, value=value, **parameters))

    def carry(self, complaint: Complaint) -> None:
        """Take a complaint that is made already."""
        self.complaint, self.code, self.value = complaint, complaint.code, complaint.value
        Exception.__init__(self, f"[{complaint.code}] {complaint.sentences()}")
