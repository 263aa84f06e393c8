"""A filled form as other programs than ours leave it: the same cells, written in another way."""

import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

Rewriting = Callable[[dict[str, bytes]], dict[str, bytes]]


def rewritten(path: Path, *rewritings: Rewriting) -> Path:
    """The workbook with its parts rewritten, in the same file."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for rewrite in rewritings:
        parts = rewrite(parts)
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def _in_sheets(change: Callable[[str], str]) -> Rewriting:
    def rewrite(parts: dict[str, bytes]) -> dict[str, bytes]:
        sheets = {name: change(content.decode()).encode() for name, content in parts.items() if "worksheets/" in name}
        return {**parts, **sheets}

    return rewrite


def shared_strings(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Every text stands in a common table, as Excel, WPS and LibreOffice write it."""
    table: list[str] = []

    def share(cell: re.Match[str]) -> str:
        table.append(f"<si>{cell[2]}</si>")
        return f'{cell[1]} t="s"><v>{len(table) - 1}</v></c>'

    shared = _in_sheets(lambda xml: re.sub(r'(<c [^>]*?) t="inlineStr"><is>(.*?)</is></c>', share, xml, flags=re.S))
    parts = shared(parts)
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    named = '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    types = parts["[Content_Types].xml"].decode()
    types = types.replace("</Types>", f'{named}spreadsheetml.sharedStrings+xml"/></Types>')
    strings = f'<sst xmlns="{namespace}">{"".join(table)}</sst>'
    return {**parts, "[Content_Types].xml": types.encode(), "xl/sharedStrings.xml": strings.encode()}


whole_numbers_as_floats = _in_sheets(lambda xml: re.sub(r'(t="n"><v>\d+)</v>', r"\1.0</v>", xml))
without_validations = _in_sheets(lambda xml: re.sub(r"<dataValidations.*</dataValidations>", "", xml, flags=re.DOTALL))
without_protection = _in_sheets(lambda xml: re.sub(r"<sheetProtection[^>]*/>", "", xml))
without_dimension = _in_sheets(lambda xml: re.sub(r"<dimension[^>]*/>", "", xml))
styled_to_the_last_row = _in_sheets(
    lambda xml: xml.replace(
        "</sheetData>", '<row r="1048576" s="1" customFormat="1"><c r="A1048576" s="1"/></row></sheetData>'
    )
)


def odd_properties(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Properties that our parser takes for broken: a date of no form, and a property without a name."""
    core = b'<cp:coreProperties xmlns:cp="x" xmlns:dcterms="y"><dcterms:created>yesterday</dcterms:created></cp:coreProperties>'
    return {**parts, "docProps/core.xml": core, "docProps/custom.xml": b"<Properties><property/></Properties>"}


def with_part(name: str, content: bytes) -> Rewriting:
    """The workbook with one more part."""
    return lambda parts: {**parts, name: content}
