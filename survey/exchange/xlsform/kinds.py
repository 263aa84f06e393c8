"""How each kind of item is written in an XLSForm, and which types of other forms are read as it: the one table of both.

A family is what pyxform makes of a type, whatever its spelling (``input:int`` of ``integer`` and ``int``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType

from survey.instrument.schema import Text
from survey.terms import ItemType


class FirstValue(Enum):
    """What a default without an expression is for a kind."""

    TEXT = auto()
    NUMBER = auto()
    CODES = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class XlsformKind:
    """``type`` and ``appearance`` are what the export writes; ``families`` what is read as the kind.

    The type of a kind with a list of choices stands before the name of the list.
    """

    type: str
    appearance: str = ""
    families: tuple[str, ...] = ()
    first_value: FirstValue = FirstValue.TEXT

    @property
    def has_list(self) -> bool:
        """Whether the name of a list follows the type."""
        return self.type in ("select_one", "select_multiple", "rank")


SELECT_ONE = ("select:select one", "select:select one external")
XLSFORM: Mapping[ItemType, XlsformKind] = MappingProxyType(
    {
        ItemType.SEVERITY: XlsformKind(type="select_one"),
        ItemType.YES_NO: XlsformKind(type="select_one"),
        ItemType.SINGLE: XlsformKind(type="select_one", families=SELECT_ONE, first_value=FirstValue.CODES),
        ItemType.MULTIPLE: XlsformKind(
            type="select_multiple", families=("select:select all that apply",), first_value=FirstValue.CODES
        ),
        ItemType.RANKING: XlsformKind(type="rank", families=("select:rank",), first_value=FirstValue.CODES),
        ItemType.INTEGER: XlsformKind(type="integer", families=("input:int",), first_value=FirstValue.NUMBER),
        ItemType.DECIMAL: XlsformKind(type="decimal", families=("input:decimal",), first_value=FirstValue.NUMBER),
        ItemType.PERCENTAGE: XlsformKind(type="decimal", families=("percentage",), first_value=FirstValue.NUMBER),
        ItemType.MONEY: XlsformKind(type="decimal", first_value=FirstValue.NUMBER),
        ItemType.SHARES: XlsformKind(type="begin_group"),
        ItemType.NUMBER_TABLE: XlsformKind(type="begin_group"),
        ItemType.TABLE: XlsformKind(type="begin_group"),
        ItemType.DATE: XlsformKind(type="date", families=("input:date",)),
        # XLSForm has no type for a month; this appearance lets its tools ask for one and store the first day.
        ItemType.YEAR_MONTH: XlsformKind(type="date", appearance="month-year"),
        ItemType.TIME: XlsformKind(type="time", families=("input:time",)),
        ItemType.TEXT: XlsformKind(type="text", families=("input:string",)),
        ItemType.LONG_TEXT: XlsformKind(type="text", appearance="multiline"),
        ItemType.EMAIL: XlsformKind(type="text"),
        ItemType.PHONE: XlsformKind(type="text", families=("input:tel",)),
        ItemType.CREDIT_CODE: XlsformKind(type="text"),
        ItemType.INDUSTRY: XlsformKind(type="select_one", appearance="minimal autocomplete"),
        ItemType.DISTRICT: XlsformKind(type="select_one", appearance="minimal"),
        ItemType.FILE: XlsformKind(type="file"),
        ItemType.CALCULATION: XlsformKind(type="calculate", families=("calculate:string", "hidden")),
        ItemType.NOTE: XlsformKind(type="note", families=("note",)),
    }
)
READ_AS: Mapping[str, ItemType] = MappingProxyType(
    {family: type_ for type_, kind in XLSFORM.items() for family in kind.families}
)
"""Family -> item type where nothing else follows from the type."""
WITH_LIST = frozenset(family for kind in XLSFORM.values() if kind.has_list for family in kind.families)
"""The families of choices."""

ANYTHING = ".+"
TIME, MOMENT = r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?", r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
PATTERNS: dict[str, tuple[str, Text]] = {
    "input:dateTime": (
        f"{MOMENT}[ T]{TIME}",
        Text("请按 2026-01-31 09:30 的格式填写。", "Enter date and time such as 2026-01-31 09:30."),
    ),
    "input:barcode": (ANYTHING, Text()),
    "input:record": (ANYTHING, Text()),
}
"""Family -> the form of the text that it is asked as, and what to enter."""
