"""Everything filled in that nothing reads: columns, settings, sheets and languages are named, never passed over."""

from collections.abc import Iterable

from survey.complaints import Place
from survey.exchange.xlsform.dialect.names import LAST_SAVED
from survey.exchange.xlsform.file.workbook import CHOICES, ENTITIES, EXTERNAL_CHOICES, OSM, Book
from survey.exchange.xlsform.findings import Findings
from survey.exchange.xlsform.form_rows import (
    ACCEPT,
    APPEARANCE,
    CALCULATE,
    CONSTRAINT,
    CONSTRAINT_MESSAGE,
    COUNT,
    GUIDANCE,
    HINT,
    LABEL,
    OWN,
    READ_ONLY,
    RELEVANT,
    REQUIRED,
    REQUIRED_MESSAGE,
    ROWS,
    FormColumn,
    XlsformRow,
)
from survey.exchange.xlsform.own_columns import OTHER_COLUMNS, READERS
from survey.exchange.xlsform.read.choice_lists import LIST_NAME, NAME, OWN_COLUMNS, ChoiceLists

READ_COLUMNS = {
    *(("type",), ("name",), ("default",), ("choice_filter",), ("parameters",), ("trigger",), ("disabled",)),
    *(RELEVANT, REQUIRED, CONSTRAINT, CALCULATE, READ_ONLY, APPEARANCE, COUNT, ROWS, ACCEPT),
}
TRANSLATED = (LABEL, HINT, GUIDANCE, CONSTRAINT_MESSAGE, REQUIRED_MESSAGE)
OWN_TRANSLATED = (("message",), *((OWN, name) for name in ("unit", "constraint_message", "required_message")))
"""Those that the export adds."""
ONE_COLON = frozenset({"label", "hint", "guidance_hint", "constraint_message", "required_message", "media", "image"})
"""Columns that may name a language, with one colon or, where another column does so, with two."""
LOST = frozenset({("bind", "entities:saveto"), ("intent",), ("control", "intent"), ("query",), ("bind", "jr:preload")})
"""Columns that change what is asked or stored."""
FOR_TOOLS = frozenset(
    {"autoplay", "compact_tag", "sms_field", "sms_option", "bind", "control", "instance", "hxl", "attribute"}
)
"""First parts of the columns for other programs; a plain header that is none of them is somebody's remark."""
READ_SETTINGS = frozenset(
    {"title", "id_string", "version", "default_language", "clean_text_values", "name", "allow_choice_duplicates"}
)
"""Settings that are read, or that change nothing about what is asked."""
OWN_SETTINGS = ("tongdian_title_zh", "tongdian_title_en", "tongdian_title_others", "tongdian_export")
LOST_SETTINGS = frozenset({"public_key"})
"""Settings that promise something about the data which is not kept here."""
NOTHING = frozenset({"", "no", "false", "false()"})


def note_unread_cells(rows: Iterable[XlsformRow], findings: Findings) -> None:
    """Cells of the sheet ``survey`` that nothing reads."""
    for row in rows:
        for column, cell in row.filled():
            if LAST_SAVED in cell:
                findings.add("last_saved", row.place(*column))
            code = _unread(column)
            if code:
                findings.add(code, row.place(*column), row.headers[column])


def _unread(column: FormColumn) -> str:
    """The finding that names a filled cell of a column; "" where it is read."""
    if column in READ_COLUMNS:
        return ""
    if column[0] == OWN and len(column) > 1 and column[1] in READERS.keys() | OTHER_COLUMNS:
        return ""
    # Before translated columns, since media may stand in several languages too.
    if column[0] == "media":
        return "column_media"
    for known in TRANSLATED:
        if column[: len(known)] == known:
            return ""
    # Before the columns of tools: a wording that nobody reads is worse than a remark that nobody reads.
    if _is_one_colon(column):
        return "one_colon"
    if column in LOST:
        return "column"
    return "tool_column" if len(column) > 1 or column[0] in FOR_TOOLS else "remark_column"


def _is_one_colon(column: FormColumn) -> bool:
    """Whether a column is a wording in a language behind one colon, where other columns have two."""
    return ":" in column[0] and column[0].partition(":")[0].lower() in ONE_COLON


def language_in(column: FormColumn) -> str:
    """The language that a translated column names, "" where it names none."""
    known = _translated_part(column)
    return column[-1] if len(column) > len(known) else ""


def is_translated(column: FormColumn) -> bool:
    """Whether a column holds wordings, which it may do in several languages."""
    return bool(_translated_part(column))


def _translated_part(column: FormColumn) -> FormColumn:
    return next((known for known in (*TRANSLATED, *OWN_TRANSLATED) if column[: len(known)] == known), ())


def note_unread_choices(lists: ChoiceLists, findings: Findings) -> None:
    """Cells of the choices that nothing reads; a data file may hold whatever else."""
    read = {LIST_NAME, NAME, *((name,) for name in OWN_COLUMNS), *((name,) for name in lists.filters)}
    for rows in lists.rows.values():
        for row in rows:
            # A file of data may have any column; only sheets of the form promise that theirs mean something.
            if row.sheet not in (CHOICES, EXTERNAL_CHOICES):
                continue
            for column, _ in row.filled():
                if column in read or column[0] == LABEL[0]:
                    continue
                code = {"media": "column_media"}.get(column[0], "choice_column")
                code = "one_colon" if _is_one_colon(column) else code
                value = row.headers[column]
                findings.add(code, Place(sheet=row.sheet, row=row.number, column=row.headers[column]), value)


def note_unread_settings(row: XlsformRow | None, findings: Findings) -> None:
    """Settings without a counterpart; those of an answer "no" ask for nothing."""
    for column, cell in row.filled() if row else ():
        if row and column[0] not in READ_SETTINGS and column[0] not in OWN_SETTINGS:
            # What the setting would change is told as lost; of the others it is enough that they are named.
            is_lost = column[0] in LOST_SETTINGS or (column[0] == "add_none_option" and cell.lower() not in NOTHING)
            findings.add(
                "setting" if is_lost else "tool_setting", row.place(*column), f"{row.headers[column]} = {cell}"[:120]
            )


def note_unread_sheets(book: Book, findings: Findings) -> None:
    """Sheets of the specification without a counterpart."""
    # Other sheets are lists, notes and plans of those who wrote the form, which XLSForm passes over.
    for name in (ENTITIES, OSM):
        if any(book.sheet(name).rows):
            findings.add("sheet", Place(sheet=name), name)
