"""What an item kind is: everything pure that the product has to know about one way of asking, in one value.

Each module of this folder gives the kinds of one family; ``registry.KINDS`` lists them all by item type. Forms, paper,
workbooks and XLSForms each keep one table of their own beside it (see ``docs/architecture.md``, "Add an item kind").
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from survey.complaints import Entry
from survey.instrument.kinds.missing import MISSING_TEXTS, is_missing
from survey.instrument.kinds.raw_text import RawInput
from survey.instrument.kinds.variables import ItemVariable, Measure, SpssType
from survey.instrument.kinds.written_numbers import number_text
from survey.instrument.schema import Item, Option, Text
from survey.terms import ItemType, Missing


class Columns(StrEnum):
    """What the extract holds of an answer.

    Nothing, one code, 0/1 per option, one number, one per row, one per cell, or of each cell what its own kind has.
    """

    NONE = "none"
    CODE = "code"
    CHOSEN = "chosen"
    NUMBER = "number"
    ROWS = "rows"
    CELLS = "cells"
    MIXED = "mixed"


class LookUp(StrEnum):
    """A list of the office that an item without options of its own chooses from."""

    INDUSTRIES = "industries"
    DISTRICTS = "districts"


Variables = Callable[["Kind", Item], list[ItemVariable]]
"""What the data hold of an item of a kind."""


def in_one_field(name: str, value: Any) -> dict[str, list[str]]:
    """A stored answer as it is posted under its own name."""
    # A list, as a form posts every field; numbers without an exponent, which no field of a page would take.
    return {name: [value if isinstance(value, str) else number_text(value)]}


def kept_whole(kind: "Kind", item: Item, codes: frozenset[str], value: Any) -> Any:
    """An answer that no option decides about stays as it is."""
    return value


# Compared by identity: there is one of each kind, and the tables in it have no hash.
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Kind:
    """One item type with all that follows from it.

    ``read`` makes the stored answer of what was posted, or raises RefusedInput with a code of ``refusals`` or of
    those that all share; None where nobody is asked. ``post`` is its way back. ``keep`` leaves of a stored answer
    what the route still offers. ``variables`` are its rows of the codebook, ``columns`` what the extract holds,
    ``seconds`` how long one answer takes. ``options`` are those of a scale that is the same everywhere; ``unit`` and
    ``bounds`` hold where an item has none; ``total`` is what the numbers of an answer add up to. An answer that
    ``names_firm`` stands in no microdata. ``example`` shows how to write an answer of a ``form``.
    """

    type: ItemType
    seconds: float
    variables: Variables
    read: Callable[["Kind", Item, RawInput], Any] | None = None
    post: Callable[[str, Any], dict[str, list[str]]] = in_one_field
    keep: Callable[["Kind", Item, frozenset[str], Any], Any] = kept_whole
    columns: Columns = Columns.NONE
    measure: Measure = Measure.NOMINAL
    spss: SpssType = SpssType.STRING
    refusals: Mapping[str, Entry] = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    looks_up: LookUp | None = None
    form: re.Pattern[str] | None = None
    example: str = ""
    unit: str = ""
    bounds: tuple[float | None, float | None] = (None, None)
    total: float | None = None
    longest: int | None = None
    is_closed: bool = False
    takes_several: bool = False
    is_ranked: bool = False
    is_ordered: bool = False
    is_numeric: bool = False
    is_whole: bool = False
    is_amount: bool = False
    is_calculated: bool = False
    is_long: bool = False
    is_file: bool = False
    names_firm: bool = False
    has_rows: bool = False
    has_columns: bool = False

    @property
    def is_asked(self) -> bool:
        """Whether a person answers it."""
        return self.read is not None

    @property
    def has_value(self) -> bool:
        """Whether there is an answer or a calculated value at all: a text to read has none."""
        return self.is_asked or self.is_calculated

    @property
    def is_figure(self) -> bool:
        """Whether an answer is one number that a person enters."""
        return self.is_numeric and self.columns is Columns.NUMBER

    @property
    def is_quantity(self) -> bool:
        """Whether the numbers of several firms add up to a total: percentages do not."""
        # A kind with a unit of its own is one of percentages; amounts take theirs from the item.
        return self.is_figure and not self.unit

    @property
    def can_be_scale(self) -> bool:
        """Whether an answer is one of options that may stand in an order: its own scale, or what a designer lists."""
        return self.columns is Columns.CODE and (self.is_ordered or self.needs_options)

    @property
    def is_free_text(self) -> bool:
        """Whether the answer is in the firm's own words."""
        return self.longest is not None

    @property
    def lists_options(self) -> bool:
        """Whether its options can be shown at once: they are no long list to search in."""
        return self.is_closed and self.looks_up is None

    @property
    def needs_options(self) -> bool:
        """Whether an item is nothing without options of its own."""
        return self.lists_options and not self.options

    @property
    def offers_missing_apart(self) -> bool:
        """Whether non-answers are posted in a field of their own instead of among the choices.

        A ranking posts its places one by one, so that a non-answer has no field among them.
        """
        return not self.is_closed or self.is_ranked

    def options_of(self, item: Item) -> tuple[Option, ...]:
        """The item's own options, or the standard ones of its kind."""
        # The options that an item lists go before those of its kind, which are only what nobody changed.
        return item.options or self.options

    def unit_of(self, item: Item) -> Text:
        """The unit of the item's numbers, its own or that of the kind."""
        return item.unit or Text(self.unit, self.unit)

    def rows_of(self, item: Item) -> tuple[Option, ...]:
        """The rows of shares or of a table; where there are no columns, options may list them."""
        # Forms of other tools list the parts of a whole as options; where there are columns, options are these.
        return item.rows or (item.options if self.has_rows and not self.has_columns else ())

    def label_of(self, item: Item, code: str) -> Text:
        """The label of a code, non-answers included; the code itself where it has none."""
        for option in self.options_of(item):
            if option.code == code:
                return option.text
        # A code of an older version may be no option any more; its answers are still shown.
        return MISSING_TEXTS[Missing(code)] if is_missing(code) else Text(code, code)

    def answers_in(self, item: Item) -> int:
        """How many answers the item asks for: one for each number of a table."""
        if not self.has_rows:
            return 1
        return len(self.rows_of(item)) * (len(item.options) if self.has_columns else 1)
