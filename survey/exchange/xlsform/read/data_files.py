"""Data files that lie beside a form: the choices of ``select_one_from_file``, and tables that rules look up."""

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path, PurePosixPath, PureWindowsPath

from lxml import etree

from survey.exchange.xlsform.form_rows import LABEL, FormColumn, XlsformRow
from survey.exchange.xlsform.read.choice_lists import LIST_NAME, NAME
from survey.exchange.xlsform.read.parameters import parameters_of
from survey.exchange.xlsform.read.pyxform_rules import row_type

MAX_BYTES, MAX_ROWS = 10_000_000, 20_000
EXTERNAL = {"csv-external": "csv", "xml-external": "xml"}
"""Family of a row that only announces a table -> what its file ends with."""
DEFAULT_COLUMNS = {"geojson": ("id", "title")}
"""Ending -> columns of name and label, where the row does not name others."""
FAULTS = (OSError, UnicodeDecodeError, ValueError, TypeError, AttributeError, csv.Error, etree.XMLSyntaxError)


@dataclass(frozen=True)
class DataTable:
    """Rows of text by column."""

    rows: tuple[Mapping[str, str], ...]


def data_tables(rows: Iterable[XlsformRow], folder: Path) -> dict[str, DataTable]:
    """The tables beside a form that its rows announce or choose from, by file name."""
    found: dict[str, DataTable] = {}
    for row in rows:
        written = row_type(row.type)
        ending = EXTERNAL.get(written.family)
        file = f"{row.name}.{ending}" if ending else written.argument if written.from_file else ""
        if file and file not in found and (table := read_table(folder, file)):
            found[file] = table
    return found


def read_table(folder: Path, file: str) -> DataTable | None:
    """The table in a file of the folder; None where there is none or it cannot be read."""
    read = READERS.get(file.rpartition(".")[2].lower())
    # A name with a folder in it, of this system or another, or a link could lead out of the folder of the form.
    is_plain = PurePosixPath(file).name == file == PureWindowsPath(file).name
    path = folder / file
    if read is None or not is_plain or path.is_symlink() or not path.is_file() or path.stat().st_size > MAX_BYTES:
        return None
    try:
        rows = tuple(read(path.read_bytes()))
    # A file that cannot be read is a finding of the question that names it, not the end of the form.
    except FAULTS:
        return None
    # An empty table would offer nothing, and the finding that it cannot be read helps more.
    return DataTable(rows) if 0 < len(rows) <= MAX_ROWS else None


def file_choices(rows: Iterable[XlsformRow], tables: Mapping[str, DataTable]) -> list[XlsformRow]:
    """The rows of the files as choices of lists that are called like the files."""
    choices: dict[str, list[XlsformRow]] = {}
    for row in rows:
        written = row_type(row.type)
        if written.from_file and written.argument in tables and written.argument not in choices:
            choices[written.argument] = list(_choices(row, written.argument, tables[written.argument]))
    return [choice for listed in choices.values() for choice in listed]


def _choices(row: XlsformRow, file: str, table: DataTable) -> Iterable[XlsformRow]:
    name, label = DEFAULT_COLUMNS.get(file.rpartition(".")[2].lower(), ("name", "label"))
    named = parameters_of(row)
    name, label = named.get("value", name), named.get("label", label)
    # Row 1 of the file has the headers.
    for number, cells in enumerate(table.rows, start=2):
        values: dict[FormColumn, str] = {(column,): cell for column, cell in cells.items() if cell}
        values |= {LIST_NAME: file, NAME: cells.get(name, ""), LABEL: cells.get(label, "")}
        yield XlsformRow(sheet=file, number=number, values=values, headers={column: column[0] for column in values})


def _csv_rows(content: bytes) -> Iterable[Mapping[str, str]]:
    # newline="": a field may hold line ends, which the csv module reads itself.
    for row in csv.DictReader(StringIO(_decoded(content), newline="")):
        yield {column.strip(): (cell or "").strip() for column, cell in row.items() if column and isinstance(cell, str)}


def _decoded(content: bytes) -> str:
    """UTF-8, or what Excel writes in China."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _xml_rows(content: bytes) -> Iterable[Mapping[str, str]]:
    # No entities, no network: an XML file of a stranger opens nothing else (XXE, OWASP).
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    for item in etree.fromstring(content, parser).iterfind("item"):
        yield {str(cell.tag): (cell.text or "").strip() for cell in item}


def _geojson_rows(content: bytes) -> Iterable[Mapping[str, str]]:
    for feature in json.loads(content)["features"]:
        # RFC 7946 has the id beside the properties (3.2); ODK reads it as one of them.
        properties = {"id": feature.get("id"), **(feature.get("properties") or {})}
        yield {column: str(cell).strip() for column, cell in properties.items() if cell is not None}


READERS: dict[str, Callable[[bytes], Iterable[Mapping[str, str]]]] = {
    "csv": _csv_rows,
    "xml": _xml_rows,
    "geojson": _geojson_rows,
}
"""Ending -> how the file is read."""
