"""The five steps of how severe a problem is, the same wherever it is asked."""

from survey.instrument.kinds.choosing import kept_code, one_code
from survey.instrument.kinds.kind import Columns, Kind
from survey.instrument.kinds.variables import Measure
from survey.instrument.kinds.variables_of_kinds import coded
from survey.instrument.schema import Option, Text
from survey.terms import ItemType, Severity

SEVERITY_TEXTS = {
    Severity.NONE: Text("没有问题", Severity.NONE.label),
    Severity.SLIGHT: Text("轻微", Severity.SLIGHT.label),
    Severity.MODERATE: Text("中等", Severity.MODERATE.label),
    Severity.SERIOUS: Text("严重", Severity.SERIOUS.label),
    Severity.VERY_SERIOUS: Text("非常严重", Severity.VERY_SERIOUS.label),
}

SEVERITY = Kind(
    type=ItemType.SEVERITY,
    read=one_code,
    keep=kept_code,
    variables=coded,
    columns=Columns.CODE,
    # The steps have an order and no known distance.
    measure=Measure.ORDINAL,
    seconds=3,
    is_closed=True,
    is_ordered=True,
    options=tuple(Option(code=step.value, text=text) for step, text in SEVERITY_TEXTS.items()),
)
