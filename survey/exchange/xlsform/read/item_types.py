"""What each type of a form is asked as: item type and further fields, or why it has no counterpart."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from survey.exchange.xlsform.form_rows import ACCEPT, CONSTRAINT, XlsformRow
from survey.exchange.xlsform.form_rows import ROWS as TEXT_ROWS
from survey.exchange.xlsform.kinds import ANYTHING, PATTERNS, READ_AS
from survey.exchange.xlsform.own_columns import with_bounds
from survey.exchange.xlsform.read.appearances import appearance_words
from survey.exchange.xlsform.read.data_files import EXTERNAL
from survey.exchange.xlsform.read.form import Form
from survey.exchange.xlsform.read.parameters import note_unread_parameters, parameters_of
from survey.exchange.xlsform.read.pyxform_rules import RECORDED
from survey.instrument.schema import Option, Text
from survey.terms import ItemType, gettext_noop

LEFT_OUT: dict[str, str] = {
    **dict.fromkeys(("upload:image/*", "upload:audio/*", "upload:video/*", "action:binary"), "type_media"),
    **dict.fromkeys(("input:geopoint", "input:geoshape", "input:geotrace", "upload:osm/*"), "type_position"),
    **dict.fromkeys(("action:geopoint", "trigger:geopoint"), "type_position"),
    "audit": "kept_by_system",
    "sensor": "device",
}
"""Family -> the finding that names it."""
NO_VALUE = "''"
# once(): the beginning must not move when the firm goes on another day.
KEPT: dict[str, str] = {"meta:start": "once(today())", "meta:end": "today()"}
"""Families that are recorded with every response -> the calculation for rules that read them."""
TODAY = "meta:today"

ACKNOWLEDGED = (Option(code="OK", text=Text("确认", "OK")),)

# An extension begins its entry: the point in "application/vnd.ms-excel" begins none.
_EXTENSION = re.compile(r"(?:^|[\s,;])\.([a-z0-9]{1,8})\b")
RANGE_DEFAULTS = {"start": "1", "end": "10", "step": "1"}


@dataclass(frozen=True)
class AskedAs:
    """The item type with the fields that the type of the row decides."""

    type: ItemType
    fields: dict[str, Any]


def asked_as(family: str, row: XlsformRow, form: Form) -> AskedAs | None:
    """What a row of a family is asked as; None, with a finding, where it has no counterpart."""
    if family in READ_AS or family in SPECIAL:
        note_unread_parameters(family, row, form.findings)
    if family in SPECIAL:
        return SPECIAL[family](row, form)
    if family in PATTERNS:
        return _as_text(family, row, form)
    if family in READ_AS:
        return AskedAs(READ_AS[family], {})
    if family.startswith(RECORDED):
        return _recorded(family, row, form)
    if family in EXTERNAL and row.name in form.names.tables:
        return None
    code = "type_data_file" if family in EXTERNAL else LEFT_OUT.get(family, "type_unknown")
    form.findings.add(code, row.place("type"), row.type)
    return None


def _recorded(family: str, row: XlsformRow, form: Form) -> AskedAs | None:
    """A field that a device fills in: a calculation where a rule reads it, else nothing; it is named in any case."""
    form.findings.add("kept_by_system" if family in KEPT else "type_device", row.place("type"), row.type)
    # Nothing reads it, so nothing about the device and its user is kept.
    if row.name not in form.mentioned:
        return None
    return AskedAs(ItemType.CALCULATION, {"calculation": KEPT.get(family, NO_VALUE)})


def _as_text(family: str, row: XlsformRow, form: Form) -> AskedAs:
    pattern, message = PATTERNS[family]
    form.findings.add("substituted", row.place("type"), row.type, kind=gettext_noop("a short text"))
    limit = "" if pattern == ANYTHING else f"regex(., '{pattern}')"
    fields: dict[str, Any] = {"constraint": with_bounds(limit, row.get(*CONSTRAINT))}
    if limit and not row.get(*CONSTRAINT):
        fields["constraint_message"] = message
    return AskedAs(ItemType.TEXT, fields)


def _file(row: XlsformRow, form: Form) -> AskedAs:
    """A file of the types that ``body::accept`` lists as extensions."""
    # Of media types ("image/*") no extension follows; without any the usual types may be handed in.
    extensions = tuple(_EXTENSION.findall(row.get(*ACCEPT).lower()))
    return AskedAs(ItemType.FILE, {"file_types": extensions})


def _text(row: XlsformRow, form: Form) -> AskedAs:
    rows = parameters_of(row).get("rows") or row.get(*TEXT_ROWS)
    is_long = "multiline" in appearance_words(row) or (rows.isdigit() and int(rows) > 1)
    return AskedAs(ItemType.LONG_TEXT if is_long else ItemType.TEXT, {})


def _date(row: XlsformRow, form: Form) -> AskedAs:
    """A day, or year and month; a year alone is asked with its month, so that it stays a date for rules."""
    words = appearance_words(row)
    if "year" in words:
        form.findings.add("substituted", row.place("type"), "date (year)", kind=gettext_noop("year and month"))
    return AskedAs(ItemType.YEAR_MONTH if {"year", "month-year"} & set(words) else ItemType.DATE, {})


def _range(row: XlsformRow, form: Form) -> AskedAs:
    """A number between two bounds, counted in steps from the lower one."""
    start, end, step = ({**RANGE_DEFAULTS, **parameters_of(row)}[name] for name in ("start", "end", "step"))
    # Of the step too: from 0 in steps of 0.5 there are answers with a decimal.
    decimals = max(len(number.partition(".")[2]) for number in (start, step))
    # A scale may count down; its limits are the same.
    low, high = sorted((float(start), float(end)))
    fields: dict[str, Any] = {"minimum": low, "maximum": high}
    if decimals:
        fields["decimals"] = decimals
    # A step of one unit of the last decimal is what the number of decimals says already.
    if abs(float(step)) != 10.0**-decimals:
        # Whole numbers first: the remainder of 0.3 by 0.1 is not 0 in binary fractions.
        scale = 10**decimals
        steps = f"round((. - {start}) * {scale}) mod {round(abs(float(step)) * scale)} = 0"
        fields["constraint"] = with_bounds(steps, row.get(*CONSTRAINT))
    return AskedAs(ItemType.DECIMAL if decimals else ItemType.INTEGER, fields)


def _acknowledge(row: XlsformRow, form: Form) -> AskedAs:
    return AskedAs(ItemType.SINGLE, {"options": ACKNOWLEDGED})


def _percentage(row: XlsformRow, form: Form) -> AskedAs:
    return AskedAs(ItemType.PERCENTAGE, {"minimum": 0.0, "maximum": 100.0})


def _today(row: XlsformRow, form: Form) -> AskedAs:
    return AskedAs(ItemType.CALCULATION, {"calculation": "today()"})


SPECIAL: dict[str, Callable[[XlsformRow, Form], AskedAs | None]] = {
    "input:string": _text,
    "input:date": _date,
    "range": _range,
    "percentage": _percentage,
    "file": _file,
    "trigger:string": _acknowledge,
    "trigger:": _acknowledge,
    TODAY: _today,
}
"""Families of which more than the item type follows."""
