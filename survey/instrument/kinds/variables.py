"""What the data hold of an answer: the variables of an item, each with its values and its place in an SPSS file.

Variables are named as the columns of the extract: ``ITEM``; ``ITEM__OPTION`` for each option of a multiple choice or a
ranking (1 chosen, 0 not); ``ITEM__ROW`` and ``ITEM__ROW__COLUMN``.
"""

from dataclasses import dataclass
from enum import StrEnum

from survey.instrument.schema import Text

CHOSEN_CODES = (("0", Text("未选", "Not chosen")), ("1", Text("选中", "Chosen")))
SEPARATOR = " · "


class ValueKind(StrEnum):
    """What the values of a variable are."""

    CODE = "code"
    CHOSEN = "chosen"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    TEXT = "text"


class Measure(StrEnum):
    """Level of measurement, in the words of SPSS."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    SCALE = "scale"


class SpssType(StrEnum):
    """How an SPSS file holds a variable; months and dates are dates shown as yyyy/mm and yyyy/mm/dd, times hh:mm."""

    NUMERIC = "numeric"
    STRING = "string"
    DATE = "date"
    MONTH = "month"
    TIME = "time"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemVariable:
    """One variable of an item; ``codes`` are its values with their labels."""

    name: str
    label: Text
    kind: ValueKind
    spss: SpssType
    measure: Measure
    codes: tuple[tuple[str, Text], ...] = ()


def joined_wordings(*texts: Text) -> Text:
    """Wordings one behind the other in each language."""
    zh, en = (SEPARATOR.join(text.of(language) for text in texts) for language in ("zh", "en"))
    # Of a language that one of the texts lacks the others still speak: `of` falls back for that one alone.
    more = sorted({language for text in texts for language, _wording in text.others})
    return Text(zh, en, tuple((language, SEPARATOR.join(text.of(language) for text in texts)) for language in more))


def chosen_variable(name: str, label: Text) -> ItemVariable:
    """A variable that says whether something was chosen."""
    return ItemVariable(
        name=name, label=label, kind=ValueKind.CHOSEN, spss=SpssType.NUMERIC, measure=Measure.NOMINAL,
        codes=CHOSEN_CODES,
    )  # fmt: skip


def text_variable(name: str, label: Text) -> ItemVariable:
    """A variable that holds words."""
    return ItemVariable(name=name, label=label, kind=ValueKind.TEXT, spss=SpssType.STRING, measure=Measure.NOMINAL)
