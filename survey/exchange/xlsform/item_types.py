"""What each type of a form is asked as: item type and further fields, or why it has no counterpart."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from survey.exchange.xlsform.findings import Findings
from survey.exchange.xlsform.form_rows import APPEARANCE, CONSTRAINT, FormRow
from survey.exchange.xlsform.form_rows import ROWS as TEXT_ROWS
from survey.exchange.xlsform.own_columns import with_bounds
from survey.instrument.schema import Option, Text
from survey.terms import ItemType, gettext_noop

PLAIN: dict[str, ItemType] = {
    "input:string": ItemType.TEXT,
    "input:int": ItemType.INTEGER,
    "input:decimal": ItemType.DECIMAL,
    "input:date": ItemType.DATE,
    "percentage": ItemType.PERCENTAGE,
    "file": ItemType.FILE,
    "note": ItemType.NOTE,
    "calculate:string": ItemType.CALCULATION,
    "hidden": ItemType.CALCULATION,
    "select:select one": ItemType.SINGLE,
    "select:select one external": ItemType.SINGLE,
    "select:select all that apply": ItemType.MULTIPLE,
    "select:rank": ItemType.RANKING,
}
"""Family -> item type where nothing else follows from the type."""

CLOSED_FAMILIES = frozenset(family for family in PLAIN if family.startswith("select:"))
LEFT_OUT: dict[str, str] = {
    **dict.fromkeys(("upload:image/*", "upload:audio/*", "upload:video/*", "action:binary"), "type_media"),
    **dict.fromkeys(("input:geopoint", "input:geoshape", "input:geotrace", "upload:osm/*"), "type_position"),
    **dict.fromkeys(("action:geopoint", "trigger:geopoint"), "type_position"),
    **dict.fromkeys(("xml-external", "csv-external"), "type_data_file"),
    **dict.fromkeys(("meta:start", "meta:end", "audit"), "kept_by_system"),
}
"""Family -> the finding that names it."""
DEVICE = "type_device"
META = "meta:"
TODAY = "meta:today"

TIME, MOMENT = r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?", r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
PATTERNS: dict[str, tuple[str, Text]] = {
    "input:time": (TIME, Text("请按 09:30 的格式填写时间。", "Enter a time such as 09:30.")),
    "input:dateTime": (
        f"{MOMENT}[ T]{TIME}",
        Text("请按 2026-01-31 09:30 的格式填写。", "Enter date and time such as 2026-01-31 09:30."),
    ),
    "input:barcode": (".+", Text()),
}
"""Family -> the form of the text that it is asked as, and what to enter."""
ACKNOWLEDGED = (Option("OK", Text("确认", "OK")),)

SHOWN_AS_IS = frozenset({"", "minimal", "dropdown", "autocomplete", "multiline", "month-year", "field-list", "pages"})
"""Appearances with a counterpart."""
_PARAMETER = re.compile(r"([^\s=,;]+)\s*=\s*([^\s=,;]+)")
READ_PARAMETERS = {"range": frozenset({"start", "end", "step"}), "input:string": frozenset({"rows"})}
RANGE_DEFAULTS = {"start": "1", "end": "10", "step": "1"}


@dataclass(frozen=True)
class Asked:
    """The item type with the fields that the type of the row decides."""

    type: ItemType
    fields: dict[str, Any]


def parameters_of(row: FormRow) -> dict[str, str]:
    """The parameters of a row by name."""
    return {name.lower(): value for name, value in _PARAMETER.findall(row.get("parameters"))}


def asked_as(family: str, row: FormRow, findings: Findings) -> Asked | None:
    """What a row of a family is asked as; None, with a finding, where it has no counterpart."""
    _name_unread_parameters(family, row, findings)
    if family in SPECIAL:
        return SPECIAL[family](row, findings)
    if family in PATTERNS:
        return _as_text(family, row, findings)
    if family in PLAIN:
        return Asked(PLAIN[family], {})
    code = LEFT_OUT.get(family, DEVICE if family.startswith(META) else "type_unknown")
    findings.add(code, row.place("type"), row.type)
    return None


def _name_unread_parameters(family: str, row: FormRow, findings: Findings) -> None:
    if family not in PLAIN and family not in SPECIAL:
        return
    for name, value in parameters_of(row).items():
        if name not in READ_PARAMETERS.get(family, ()) and (name, value) != ("randomize", "false"):
            findings.add("parameter", row.place("parameters"), f"{name}={value}")


def _as_text(family: str, row: FormRow, findings: Findings) -> Asked:
    pattern, message = PATTERNS[family]
    findings.add("substituted", row.place("type"), row.type, kind=gettext_noop("a short text"))
    limit = "" if family == "input:barcode" else f"regex(., '{pattern}')"
    fields: dict[str, Any] = {"constraint": with_bounds(limit, row.get(*CONSTRAINT))}
    if limit and not row.get(*CONSTRAINT):
        fields["constraint_message"] = message
    return Asked(ItemType.TEXT, fields)


def _text(row: FormRow, findings: Findings) -> Asked:
    rows = parameters_of(row).get("rows") or row.get(*TEXT_ROWS)
    is_long = "multiline" in row.get(*APPEARANCE).split() or (rows.isdigit() and int(rows) > 1)
    return Asked(ItemType.LONG_TEXT if is_long else ItemType.TEXT, {})


def _date(row: FormRow, findings: Findings) -> Asked:
    return Asked(ItemType.YEAR_MONTH if "month-year" in row.get(*APPEARANCE).split() else ItemType.DATE, {})


def _range(row: FormRow, findings: Findings) -> Asked:
    """A number between two bounds, counted in steps from the lower one."""
    start, end, step = ({**RANGE_DEFAULTS, **parameters_of(row)}[name] for name in ("start", "end", "step"))
    decimals = max(len(number.partition(".")[2]) for number in (start, step))
    low, high = sorted((float(start), float(end)))
    fields: dict[str, Any] = {"minimum": low, "maximum": high}
    if decimals:
        fields["decimals"] = decimals
    if abs(float(step)) != 10.0**-decimals:
        scale = 10**decimals
        steps = f"round((. - {start}) * {scale}) mod {round(abs(float(step)) * scale)} = 0"
        fields["constraint"] = with_bounds(steps, row.get(*CONSTRAINT))
    return Asked(ItemType.DECIMAL if decimals else ItemType.INTEGER, fields)


def _acknowledge(row: FormRow, findings: Findings) -> Asked:
    return Asked(ItemType.SINGLE, {"options": ACKNOWLEDGED})


def _percentage(row: FormRow, findings: Findings) -> Asked:
    return Asked(ItemType.PERCENTAGE, {"minimum": 0.0, "maximum": 100.0})


def _today(row: FormRow, findings: Findings) -> Asked:
    return Asked(ItemType.CALCULATION, {"calculation": "today()"})


SPECIAL: dict[str, Callable[[FormRow, Findings], Asked]] = {
    "input:string": _text,
    "input:date": _date,
    "range": _range,
    "percentage": _percentage,
    "trigger:string": _acknowledge,
    "trigger:": _acknowledge,
    TODAY: _today,
}
"""Families of which more than the item type follows."""


def appearance_of(row: FormRow, findings: Findings) -> str:
    """The appearance as far as it has a counterpart; each word without one is named."""
    words = row.get(*APPEARANCE).split()
    for word in words:
        if word not in SHOWN_AS_IS:
            findings.add("appearance", row.place(*APPEARANCE), word)
    kept = [word for word in words if word in ("minimal", "dropdown", "autocomplete")]
    return kept[0] if kept else ""
