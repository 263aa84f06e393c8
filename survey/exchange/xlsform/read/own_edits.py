"""What a person changed on rows that the export wrote: cells of XLSForm win where they no longer say what we wrote."""

from dataclasses import replace

from survey.exchange.xlsform.form_rows import APPEARANCE, READ_ONLY, XlsformRow
from survey.exchange.xlsform.item_cells import appearance_for, default_of, filter_of, parameters_for
from survey.exchange.xlsform.kinds import XLSFORM
from survey.exchange.xlsform.read.form import Form
from survey.exchange.xlsform.read.parameters import is_randomized
from survey.exchange.xlsform.read.pyxform_rules import row_type
from survey.instrument.schema import Item, Option
from survey.terms import ItemType

UNUSED = (("trigger",), READ_ONLY)
"""Columns that no row of the export fills."""
PLAIN_TEXT = "input:string"


def with_edits(item: Item, row: XlsformRow, form: Form) -> Item:
    """The item with the appearance, default and choice filter that stand there now."""
    for column in UNUSED:
        if row.get(*column):
            form.findings.add("column", row.place(*column), row.headers[column])
    changed = replace(
        item, appearance=_appearance(item, row), options=_options(item, row, form), shuffled=_shuffled(item, row)
    )
    default = row.raw("default")
    return changed if default == default_of(item) else replace(changed, prefill=default)


def check_type(kind: ItemType, row: XlsformRow, form: Form) -> None:
    """An error where the type column says something else than our own."""
    written = XLSFORM[kind]
    expected = row_type(f"{written.type} list" if written.has_list else written.type).family
    found = row_type(row.type).family
    # A draft without options has no list to name and is written as a text.
    if found != expected and not (written.has_list and found == PLAIN_TEXT):
        form.findings.add("type_conflict", row.place("type"), row.type, own=kind.value)


def _appearance(item: Item, row: XlsformRow) -> str:
    cell = row.raw(*APPEARANCE)
    # Some kinds are written with an appearance that the item itself does not have.
    return item.appearance if cell == appearance_for(item) else cell


def _shuffled(item: Item, row: XlsformRow) -> bool:
    return item.shuffled if row.get("parameters") == parameters_for(item) else is_randomized(row)


def _options(item: Item, row: XlsformRow, form: Form) -> tuple[Option, ...]:
    written = row.raw("choice_filter")
    if written == filter_of(item.options):
        return item.options
    bare = tuple(replace(option, relevant="") for option in item.options)
    if not written:
        return bare
    place = row.place("choice_filter")
    return form.lists.filtered(row_type(row.type).argument, written, form.names, place, is_only=True) or bare
