"""A time of day by the clock of 24 or of 12 hours, typed with a colon or the Chinese characters; stored as HH:MM."""

import re

from survey.complaints import Entry
from survey.instrument.kinds.kind import Kind
from survey.instrument.kinds.raw_text import RawInput, RefusedInput, short_text
from survey.instrument.kinds.variables import Measure, SpssType, ValueKind
from survey.instrument.kinds.variables_of_kinds import holding
from survey.instrument.schema import Item
from survey.terms import ItemType
from survey.terms import gettext_noop as _

# Spreadsheets and other survey tools write seconds and a time zone behind; seconds that say something are refused.
TIME_FORM = re.compile(
    r"""(?P<before>上午|早上|下午|晚上|[ap]\.?m\.?)?\s?
    (?P<hour>[0-9]{1,2})
    (?:[:.h]?\s?(?P<minute>[0-9]{2})(?::00(?:\.0+)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?
      |[时点]\s?(?:(?P<spoken>[0-9]{1,2})分?|(?P<half>半)|整)?
    )?
    \s?(?P<after>[ap]\.?m\.?)?""",
    re.VERBOSE | re.IGNORECASE,
)
MORNING, AFTERNOON = frozenset("上早aA"), frozenset("下晚pP")
HALF_A_DAY = 12


def one_time(kind: Kind, item: Item, raw: RawInput) -> str | None:
    """The time as HH:MM, from 00:00 to 23:59."""
    text = short_text(raw, item.code)
    match = TIME_FORM.fullmatch(text)
    time = _time_in(match) if match else None
    if text and time is None:
        raise RefusedInput("time_form", field=item.code, value=text, refusals=kind.refusals)
    return time


def _time_in(match: re.Match[str]) -> str | None:
    """The time that a match says; None where it says none, as "9" alone, 13 pm and 25:00 do."""
    said = (match["before"] or match["after"] or "")[:1]
    minutes = next((match[part] for part in ("minute", "spoken") if match[part]), "30" if match["half"] else "0")
    hour, minute = int(match["hour"]), int(minutes)
    # A bare "9" may be a number of hours.
    is_bare = match["hour"] == match[0]
    if is_bare or (match["before"] and match["after"]) or (said in "aApP" and said and not 1 <= hour <= HALF_A_DAY):
        return None
    # 12 am is midnight, 12 pm noon.
    if (said in AFTERNOON and hour < HALF_A_DAY) or (said in MORNING and hour == HALF_A_DAY):
        hour = (hour + HALF_A_DAY) % (2 * HALF_A_DAY)
    return f"{hour:02}:{minute:02}" if hour < 2 * HALF_A_DAY and minute < 60 else None


TIME = Kind(
    type=ItemType.TIME,
    read=one_time,
    variables=holding(ValueKind.TIME),
    measure=Measure.SCALE,
    spss=SpssType.TIME,
    seconds=6,
    form=TIME_FORM,
    example="09:30",
    refusals={"time_form": Entry(_("%(label)s: enter a time of day such as 09:30, from 00:00 to 23:59."))},
)
