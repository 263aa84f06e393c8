"""What stands in a questionnaire without being asked: calculated values, and texts to read."""

from typing import Any

from survey.instrument.kinds.kind import Columns, Kind
from survey.instrument.kinds.variables import Measure, SpssType, ValueKind
from survey.instrument.kinds.variables_of_kinds import holding, no_variable
from survey.instrument.schema import Item
from survey.terms import ItemType


def kept_never(kind: Kind, item: Item, codes: frozenset[str], value: Any) -> Any:
    """Nothing is kept of what nobody asks."""


CALCULATION = Kind(
    type=ItemType.CALCULATION,
    variables=holding(ValueKind.NUMBER),
    columns=Columns.NUMBER,
    measure=Measure.SCALE,
    spss=SpssType.NUMERIC,
    seconds=0,
    is_calculated=True,
)
NOTE = Kind(
    type=ItemType.NOTE,
    keep=kept_never,
    variables=no_variable,
    seconds=0,
)
