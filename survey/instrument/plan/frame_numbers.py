"""Numbers that the frame holds of every firm, which a plan may name like the answer to an item."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey.instrument.schema import Text
from survey.terms import IndicatorKind

EMPLOYEES, REVENUE = "frame:employees", "frame:revenue"
"""Their codes; no code of an item has the sign."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameNumber:
    """A number of the frame: the field that holds it, what people read of it, and its unit."""

    field: str
    text: Text
    unit: Text


FRAME_NUMBERS: Mapping[str, FrameNumber] = {
    # The words name the list as source: a firm's own answer about its employees may be another number.
    EMPLOYEES: FrameNumber(
        field="employees", text=Text("从业人员（名录）", "Employees (frame)"), unit=Text("人", "people")
    ),
    REVENUE: FrameNumber(
        field="revenue", text=Text("营业收入（名录）", "Revenue (frame)"), unit=Text("万元", "10,000 yuan")
    ),
}
SIZE_OF_KIND: Mapping[IndicatorKind, str] = {
    IndicatorKind.EMPLOYEE_SHARE: EMPLOYEES,
    IndicatorKind.REVENUE_SHARE: REVENUE,
}
"""By kind of share the number that a firm counts with, instead of counting once."""
KINDS_OF_SHARES = frozenset({IndicatorKind.SHARE, *SIZE_OF_KIND})
"""Kinds that say what part of something gave an answer: of firms, or of their employees or revenue."""
