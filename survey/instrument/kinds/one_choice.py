"""One answer out of several: single choice, and yes or no, which is one with standard options."""

from survey.instrument.kinds.choosing import kept_code, one_code
from survey.instrument.kinds.kind import Columns, Kind
from survey.instrument.kinds.variables_of_kinds import coded
from survey.instrument.schema import Option, Text
from survey.terms import ItemType

YES, NO = "yes", "no"

SINGLE = Kind(
    type=ItemType.SINGLE,
    read=one_code,
    keep=kept_code,
    variables=coded,
    columns=Columns.CODE,
    seconds=3,
    is_closed=True,
)
YES_NO = Kind(
    type=ItemType.YES_NO,
    read=one_code,
    keep=kept_code,
    variables=coded,
    columns=Columns.CODE,
    # Less than a choice among many: there is nothing to read but the question.
    seconds=2,
    is_closed=True,
    options=(Option(code=YES, text=Text("是", "Yes")), Option(code=NO, text=Text("否", "No"))),
)
