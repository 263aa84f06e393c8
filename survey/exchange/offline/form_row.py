"""One row of the offline form, and the words that it is written with."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made_by
from enum import Enum, auto

from survey.instrument.routing.piping import Piping
from survey.instrument.schema import Item, Option, Text
from survey.terms import ItemType

TICK = "✓"
LookUps = Mapping[ItemType, tuple[Option, ...]]


class RowKind(Enum):
    """What a row shows."""

    SECTION = auto()
    PAGE = auto()
    QUESTION = auto()
    PART = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflineRow:
    """One row. ``name`` says what it is; ``field`` is what its answer is posted as, "" where it takes none.

    ``tick`` is the code that a tick in the row stands for; ``choices`` are the labels to choose from with their codes;
    ``item`` is the question that the row belongs to, ``is_typed`` says that its own kind of value is written there.
    """

    kind: RowKind
    name: str
    text: str
    number: str = ""
    guide: str = ""
    item: Item | None = None
    field: str = ""
    tick: str = ""
    choices: Mapping[str, str] = made_by(default_factory=dict)
    is_typed: bool = False


@dataclass(frozen=True, kw_only=True)
class FormWording:
    """In which language, with which earlier answers and which lists the rows are written."""

    language: str
    piping: Piping
    look_ups: LookUps

    def of(self, text: Text) -> str:
        return self.piping.text(text).of(self.language)
