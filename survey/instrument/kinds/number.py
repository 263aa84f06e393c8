"""One number: whole, decimal, a percentage, or an amount of money."""

from functools import partial

from survey.instrument.kinds.kind import Columns, Kind
from survey.instrument.kinds.reading_numbers import one_number
from survey.instrument.kinds.variables import Measure, SpssType, ValueKind
from survey.instrument.kinds.variables_of_kinds import holding
from survey.terms import ItemType

PER_CENT = "%"
SHARE_OF_A_WHOLE = (0.0, 100.0)

_number = partial(
    Kind,
    read=one_number,
    variables=holding(ValueKind.NUMBER),
    columns=Columns.NUMBER,
    measure=Measure.SCALE,
    spss=SpssType.NUMERIC,
    is_numeric=True,
)

INTEGER = _number(type=ItemType.INTEGER, seconds=8, is_whole=True)
DECIMAL = _number(type=ItemType.DECIMAL, seconds=10)
PERCENTAGE = _number(type=ItemType.PERCENTAGE, seconds=8, unit=PER_CENT, bounds=SHARE_OF_A_WHOLE)
MONEY = _number(type=ItemType.MONEY, seconds=15, is_amount=True)
