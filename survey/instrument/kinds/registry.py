"""Every item kind by its type."""

from collections.abc import Mapping
from types import MappingProxyType

from survey.instrument.kinds.cells import TABLE
from survey.instrument.kinds.contact import EMAIL, PHONE
from survey.instrument.kinds.credit_code import CREDIT_CODE
from survey.instrument.kinds.date import DATE, YEAR_MONTH
from survey.instrument.kinds.file import FILE
from survey.instrument.kinds.kind import Kind
from survey.instrument.kinds.look_up import DISTRICT, INDUSTRY
from survey.instrument.kinds.multiple import MULTIPLE
from survey.instrument.kinds.number import DECIMAL, INTEGER, MONEY, PERCENTAGE
from survey.instrument.kinds.number_grid import NUMBER_TABLE, SHARES
from survey.instrument.kinds.one_choice import SINGLE, YES_NO
from survey.instrument.kinds.ranking import RANKING
from survey.instrument.kinds.severity import SEVERITY
from survey.instrument.kinds.text import LONG_TEXT, TEXT
from survey.instrument.kinds.time_of_day import TIME
from survey.instrument.kinds.unasked import CALCULATION, NOTE
from survey.instrument.schema import Item
from survey.terms import ItemType

_EVERY = (
    SEVERITY, YES_NO, SINGLE, MULTIPLE, RANKING,
    INTEGER, DECIMAL, PERCENTAGE, MONEY, SHARES, NUMBER_TABLE, TABLE,
    DATE, YEAR_MONTH, TIME,
    TEXT, LONG_TEXT, EMAIL, PHONE, CREDIT_CODE,
    INDUSTRY, DISTRICT,
    FILE, CALCULATION, NOTE,
)  # fmt: skip
# Read-only: a kind put in while the program runs would be one that no adapter has in its table.
KINDS: Mapping[ItemType, Kind] = MappingProxyType({kind.type: kind for kind in _EVERY})


def kind_of(item: Item) -> Kind:
    """What is true of an item because of its type."""
    return KINDS[item.type]
