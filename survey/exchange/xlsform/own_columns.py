"""The columns ``tongdian::...`` that carry what XLSForm has no column for, so that an export reads back the same."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from survey.exchange.xlsform.findings import Findings
from survey.exchange.xlsform.form_rows import OWN, XlsformRow
from survey.instrument.kinds.written_numbers import number_text
from survey.instrument.schema import Item
from survey.terms import ItemType, Missing

YES = "yes"
EXCLUSIVE, SPECIFY, OFFERED, MISSING, COLUMN_TYPE, COLUMN_CHOICES, COLUMN_REQUIRED = (
    "tongdian_exclusive",
    "tongdian_specify",
    "tongdian_relevant",
    "tongdian_missing",
    "tongdian_column_type",
    "tongdian_column_choices",
    "tongdian_column_required",
)
"""Columns of a choice; of the column of a table what its cells hold, the list that they choose from, and whether
none is left open."""
_WHOLE = re.compile(r"-?\d+")


def read_number(text: str) -> float:
    """A number as it was written: whole ones stay whole."""
    return int(text) if _WHOLE.fullmatch(text) else float(text)


def read_flag(text: str) -> bool:
    # Excel turns true and false that are typed into values of its own, which come back as TRUE and FALSE.
    if text.lower() not in (YES, "true", "no", "false"):
        raise ValueError(text)
    return text.lower() in (YES, "true")


def read_missing(text: str) -> tuple[Missing, ...]:
    return tuple(Missing(code) for code in text.split())


def read_words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


READERS: dict[str, tuple[Callable[[str], Any], str]] = {
    "concept": (str, ""),
    "pain_point": (str, ""),
    "prefill": (str, ""),
    "missing": (read_missing, " ".join(Missing)),
    "minimum": (read_number, "0"),
    "maximum": (read_number, "100"),
    "decimals": (int, "2"),
    "max_choices": (int, "3"),
    "max_length": (int, "200"),
    "can_estimate": (read_flag, YES),
    "magnitude": (read_number, "10"),
    "file_types": (read_words, "pdf xlsx"),
    "max_megabytes": (read_number, "5"),
    "shuffled": (read_flag, YES),
    "beside_last": (read_flag, YES),
    "largest_change": (read_number, "2"),
}
"""Column -> how its cell is read, and an example of what it may hold. They are named as the fields of an item."""

OTHER_COLUMNS = frozenset(
    {
        *("kind", "type", "code", "unit", "appearance", "rows", "columns"),
        *("required", "required_message", "constraint", "constraint_message"),
    }
)
CONTENT_KINDS = frozenset({"section", "page", "intro", "cell", "row", "specify", "fact"})


def written_attributes(item: Item) -> dict[str, str]:
    """The cells of these columns for an item; fields at their default stay empty."""
    cells = {name: cell_text(getattr(item, name)) for name in READERS}
    return {f"{OWN}::{name}": cell for name, cell in cells.items() if cell}


def cell_text(value: Any) -> str:
    if isinstance(value, bool):
        return YES if value else ""
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return "" if value is None else str(value)


def read_attributes(row: XlsformRow, findings: Findings) -> dict[str, Any]:
    """Fields of an item from these columns; a cell that cannot be read is an error and keeps the default."""
    fields: dict[str, Any] = {}
    for name, (read, example) in READERS.items():
        cell = row.own(name)
        if not cell:
            continue
        try:
            fields[name] = read(cell)
        except ValueError:
            findings.add("own_column", row.place(OWN, name), cell, expected=example)
    return fields


def own_type(row: XlsformRow, findings: Findings) -> ItemType | None:
    """The item type that the export wrote, None on a row of another origin."""
    cell = row.own("type")
    if not cell:
        return None
    try:
        return ItemType(cell)
    except ValueError:
        findings.add("own_column", row.place(OWN, "type"), cell, expected=", ".join(ItemType))
        return None


def bounds(fields: Mapping[str, Any], exclusive: tuple[str, ...] = ()) -> str:
    """The limits of an item as a constraint, for tools that do not know our columns; "" where it has none."""
    parts = []
    if fields.get("minimum") is not None:
        parts.append(f". >= {number_text(fields['minimum'])}")
    if fields.get("maximum") is not None:
        parts.append(f". <= {number_text(fields['maximum'])}")
    if fields.get("max_choices") is not None:
        parts.append(f"count-selected(.) <= {fields['max_choices']}")
    if fields.get("max_length") is not None:
        parts.append(f"string-length(.) <= {fields['max_length']}")
    # XLSForm has no choice that excludes the others; tools that do not know our column keep the rule by this.
    parts += [f"not(selected(., '{code}') and count-selected(.) > 1)" for code in exclusive]
    return " and ".join(parts)


def with_bounds(limits: str, constraint: str) -> str:
    """Limits and the item's own constraint in one."""
    return f"{limits} and ({constraint})" if limits and constraint else limits or constraint


def without_bounds(limits: str, combined: str) -> str:
    """The item's own constraint out of what ``with_bounds`` made; anything else is returned as it is."""
    if limits and combined == limits:
        return ""
    # Where a person changed the limits in the sheet they no longer stand there to the letter: all of it is then a
    # constraint.
    if limits and combined.startswith(f"{limits} and (") and combined.endswith(")"):
        return combined[len(limits) + 6 : -1]
    return combined
