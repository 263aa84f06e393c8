"""What is taken from pyxform: how headers and types are written, and whether a form keeps the rules of XLSForm."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyxform import aliases
from pyxform.builder import create_survey_element_from_dict
from pyxform.errors import PyXFormError
from pyxform.parsing.sheet_headers import process_header
from pyxform.question import MultipleChoiceQuestion, Option
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT
from pyxform.survey import Survey
from pyxform.xls2json import RE_BEGIN_CONTROL, RE_END_CONTROL, RE_OSM, RE_SELECT, workbook_to_json
from pyxform.xls2json_backends import DefinitionData

from survey.complaints import Place
from survey.exchange.xlsform.file.workbook import (
    CHOICES,
    ENTITIES,
    EXTERNAL_CHOICES,
    OSM,
    SETTINGS,
    SURVEY,
    Book,
    Sheet,
)
from survey.exchange.xlsform.findings import Findings
from survey.exchange.xlsform.form_rows import OWN, FormColumn, XlsformRow
from survey.exchange.xlsform.read.choice_lists import list_key
from survey.exchange.xlsform.read.pyxform_messages import placed

HEADERS: dict[str, tuple[dict[str, Any], set[str]]] = {
    SURVEY: (aliases.survey_header, set(MultipleChoiceQuestion.get_slot_names())),
    CHOICES: (aliases.list_header, set(Option.get_slot_names())),
    EXTERNAL_CHOICES: (aliases.list_header, set(Option.get_slot_names())),
    SETTINGS: (aliases.settings_header, set(Survey.get_slot_names())),
}
"""Sheet -> aliases of its headers, and the headers that it knows."""

FAULTS = (AttributeError, KeyError, TypeError, ValueError, IndexError, RecursionError)
"""What pyxform raises besides its own errors where a form is built in a way that it does not expect."""

RECORDED = "meta:"
"""What begins the families of fields that a device fills in."""
TAG = "instance::tag"
TWICE = "allow_choice_duplicates"
META, META_INSTEAD = "meta", "meta_of_the_form"
EXTERNAL_SELECT = "select:select one external"
OWN_TYPE = f"{OWN}::type"
OTHER_TYPES = {
    "tel": ("input:tel", "text"),
    "db:": ("input:record", "text"),
    "caseid": ("meta:caseid", "hidden"),
    "enumerator": ("input:record", "text"),
    "calculate_here": ("calculate:string", "calculate"),
    "text audit": ("audit", "hidden"),
    "speed violations audit": ("upload:audio/*", "hidden"),
    "speed violations count": ("audit", "hidden"),
    "speed violations list": ("audit", "hidden"),
    "audio audit": ("upload:audio/*", "hidden"),
    "sensor_statistic": ("sensor", "hidden"),
    "sensor_stream": ("sensor", "hidden"),
    "comments": ("comments", "hidden"),
}
"""Types that pyxform does not know -> family, and a type that it can take them for. Of the Community Health Toolkit a
telephone number, and somebody or something that is picked out of a database (``db:person``); all others are those of
SurveyCTO, as its reference of field types lists them."""
_PLAIN_CONSTRAINTS = {"0 <= . and . <= 100": ""}
"""What a percentage is here anyway."""
_FACT = re.compile(r"\$\{\s*((?:frame|previous)_[^{}\s]+)\s*\}")


def rows_of_sheet(sheet: Sheet) -> tuple[XlsformRow, ...]:
    """The rows of a sheet that hold something, by pyxform's names of their columns."""
    known, columns = HEADERS.get(sheet.name, ({}, set()))
    # pyxform decides so for a whole sheet: with one double colon a single one parts nothing any more.
    double = any("::" in header for header in sheet.headers)
    parts = {header: _parts(header, double, known, columns) for header in sheet.headers}
    headers: dict[FormColumn, str] = {}
    for header, column in parts.items():
        headers.setdefault(column, header)
    return tuple(
        XlsformRow(
            sheet=sheet.name,
            number=number,
            # Reversed, so that of two headers that mean the same column the first one stays.
            values={parts[header]: cell for header, cell in reversed(row.items())},
            headers=headers,
        )
        for number, row in enumerate(sheet.rows, start=2)
        if row
    )


def _parts(header: str, double: bool, known: dict[str, Any], columns: set[str]) -> FormColumn:
    _, tokens = process_header(header, double, known, columns)
    return tuple(token.strip() for token in tokens)


@dataclass(frozen=True, kw_only=True)
class RowType:
    """What a type says: its ``family`` ("select_one", "begin", "input:int" ...), list or control, and ``or_other``.

    ``constraint`` is the one that a few old types bring with them.
    """

    family: str
    argument: str = ""
    or_other: bool = False
    from_file: bool = False
    constraint: str = ""


def row_type(written: str) -> RowType:
    """The type of a row, whichever of its names it was written with; the family "" is unknown."""
    if match := RE_BEGIN_CONTROL.search(written):
        return RowType(family=f"begin_{aliases.control[match['type']]}", argument=match["list_name"] or "")
    if match := RE_END_CONTROL.search(written):
        return RowType(family=f"end_{aliases.control[match['type']]}")
    if match := RE_SELECT.search(written):
        command = match["select_command"]
        family = "select:" + aliases.select[command]
        sheet = CHOICES if family != EXTERNAL_SELECT else EXTERNAL_CHOICES
        name = list_key(sheet, match["list_name"])
        return RowType(
            family=family,
            argument=name,
            or_other=bool(match["specify_other"]),
            from_file=command in aliases.select_from_file,
        )
    if family := other_family(written):
        return RowType(family=family)
    # Written with the name of a list behind it, which the table of types does not have.
    if RE_OSM.match(written):
        return RowType(family="upload:osm/*")
    # A private name of pyxform, which has no public one for it; the version in requirements.txt is pinned.
    name = aliases._type_alias_map.get(written, written)
    built_in = QUESTION_TYPE_DICT.get(name, {}).get("bind", {}).get("constraint", "")
    return RowType(family=_family(name), constraint=_PLAIN_CONSTRAINTS.get(built_in, built_in))


def other_family(written: str) -> str:
    """The family of a type that pyxform does not know; "" of all others."""
    return _other_type(written)[0]


def _other_type(written: str) -> tuple[str, str]:
    """Family and a type that pyxform knows; empty of all that it knows itself. What stands behind a type is its own."""
    start, colon, _ = written.partition(":")
    first = written.partition(" ")[0]
    return next((OTHER_TYPES[name] for name in (start + colon, written, first) if name in OTHER_TYPES), ("", ""))


def _family(name: str) -> str:
    entry = QUESTION_TYPE_DICT.get(name)
    if entry is None:
        return ""
    control, bind = entry.get("control", {}), entry.get("bind", {})
    if name in ("hidden", "audit", "percentage", "note", "file", "range", "xml-external", "csv-external"):
        return name
    if "jr:preload" in bind:
        return f"meta:{bind['jr:preloadParams']}"
    if bind.get("readonly"):
        return "note"
    tag = control.get("tag", "calculate")
    return f"{tag}:{control['mediatype']}" if tag == "upload" else f"{tag}:{bind.get('type', '')}"


def is_recorded(row: XlsformRow) -> bool:
    """Whether a device fills the field in by itself, such as ``start``."""
    return row_type(row.type).family.startswith(RECORDED)


def check_rules(book: Book, name: str, findings: Findings) -> bool:
    """Convert the form with pyxform; its error or warnings become findings. Whether it keeps the rules."""
    warnings: list[str] = []
    try:
        content = workbook_to_json(_definition(book, name), warnings=warnings)
        # validate=False: ODK Validate is a Java program; what it checks beyond pyxform is checked by lint here.
        create_survey_element_from_dict(content).to_xml(validate=False, warnings=warnings)
    except PyXFormError as error:
        findings.add("pyxform", *placed(str(error), rows_of_sheet(book.sheet(SURVEY))))
        return False
    # pyxform is made for forms that follow its documentation; others end in whatever Python raises.
    except FAULTS as fault:
        findings.add("pyxform_fault", Place(sheet=SURVEY), f"{type(fault).__name__}: {fault}"[:200])
        return False
    for warning in warnings:
        findings.add("note", *placed(warning, rows_of_sheet(book.sheet(SURVEY))))
    return True


def _definition(book: Book, name: str) -> DefinitionData:
    """The form as pyxform takes it; facts of the frame that it names are added as hidden fields, so that they exist."""
    made: dict[str, Any] = {"sheet_names": list(book.names), "fallback_form_name": name}
    for sheet in (SURVEY, CHOICES, SETTINGS, EXTERNAL_CHOICES, ENTITIES, OSM):
        if sheet in book.sheets:
            found = book.sheets[sheet]
            made[sheet] = [_renamed(_stripped(row)) for row in found.rows]
            # Apart from the rows: of a column without a filled cell pyxform would know nothing, and take its header for
            # missing.
            made[f"{sheet}_header"] = [dict.fromkeys(found.headers)]
    # A choice that stands twice is a finding of its own, which names it; pyxform would refuse the whole form.
    made[SETTINGS] = [{**row, TWICE: "yes"} for row in made.get(SETTINGS) or [{}]]
    made[f"{SETTINGS}_header"] = [{**made.get(f"{SETTINGS}_header", [{}])[0], TWICE: None}]
    label = next((header for header in book.sheet(SURVEY).headers if header.startswith("label")), "")
    made[SURVEY] = [*(_labelled(row, label) for row in made.get(SURVEY, [])), *_facts(book)]
    return DefinitionData(**made)


def _labelled(row: dict[str, str], label: str) -> dict[str, str]:
    """A question of the export that is still without a wording, with its name for one, so that the draft reads back."""
    has_wording = any(header.startswith("label") for header in row)
    return row if has_wording or not label or not row.get(OWN_TYPE) else {**row, label: row.get("name", "")}


def _stripped(row: dict[str, str]) -> dict[str, str]:
    return {header: cell.replace("\xa0", " ").strip() for header, cell in row.items()}


def _renamed(row: dict[str, str]) -> dict[str, str]:
    """A group or question called as pyxform calls its own group, which older tools let a form have, under another name.

    Only pyxform's check sees the name; no rule can name the group. What it does not know as a type is a text to it.
    """
    return {
        header: _known_to_pyxform(header.lower(), cell)
        for header, cell in row.items()
        # Only other programs read it, and pyxform falls over it.
        if header.lower() != TAG
    }


def _known_to_pyxform(header: str, cell: str) -> str:
    if header == "name" and cell.lower() == META:
        return META_INSTEAD
    return (header == "type" and _other_type(" ".join(cell.split()))[1]) or cell


def _facts(book: Book) -> Iterator[dict[str, str]]:
    survey = book.sheet(SURVEY)
    headers = {header.lower(): header for header in survey.headers}
    if "type" not in headers or "name" not in headers:
        return
    cells = " ".join(cell for row in survey.rows for cell in row.values())
    asked = {row.get(headers["name"], "").strip() for row in survey.rows}
    for fact in sorted(set(_FACT.findall(cells)) - asked):
        yield {headers["type"]: "hidden", headers["name"]: fact}
