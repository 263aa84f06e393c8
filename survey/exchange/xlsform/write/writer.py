"""A questionnaire as an XLSForm that other tools can use and that reads back with the same digest."""

import json
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from survey.exchange.sheets.plain_cells import plain_cell
from survey.exchange.xlsform.form_rows import OWN
from survey.exchange.xlsform.languages import ZH, cells, language_headers
from survey.exchange.xlsform.own_columns import (
    COLUMN_CHOICES,
    COLUMN_REQUIRED,
    COLUMN_TYPE,
    EXCLUSIVE,
    MISSING,
    OFFERED,
    READERS,
    SPECIFY,
    YES,
)
from survey.exchange.xlsform.write.export_rows import ExportRows, SheetRow
from survey.instrument.languages import further_languages
from survey.instrument.schema import EditRule, Questionnaire

OWN_FILL = PatternFill("solid", fgColor="E8EEF4")
WIDTHS = {"type": 26, "name": 26, "list_name": 26, "calculation": 30, "condition": 50}
OTHER_WIDTH, TEXT_WIDTH = 18, 46


OWN_COLUMNS = ("kind", "code", "type", "rows", "columns", "required", "constraint", "appearance")
SETTING_COLUMNS = (
    *("form_title", "form_id", "version", "default_language", "allow_choice_duplicates"),
    *("tongdian_title_zh", "tongdian_title_en", "tongdian_title_others", "tongdian_export"),
)


def survey_columns(further: tuple[str, ...]) -> tuple[str, ...]:
    """The headers of the sheet ``survey``, in Chinese, English and ``further`` languages."""
    return (
        *("type", "name", *language_headers("label", further), *language_headers("hint", further)),
        *("required", "relevant", "constraint"),
        *(*language_headers("constraint_message", further), *language_headers("required_message", further)),
        *("calculation", "appearance", "default", "choice_filter", "parameters"),
        *(f"{OWN}::{name}" for name in OWN_COLUMNS),
        *language_headers(f"{OWN}::constraint_message", further),
        *language_headers(f"{OWN}::required_message", further),
        *language_headers(f"{OWN}::unit", further),
        *(f"{OWN}::{name}" for name in READERS),
    )


def choice_columns(further: tuple[str, ...]) -> tuple[str, ...]:
    """The headers of the sheet ``choices``."""
    own = (EXCLUSIVE, SPECIFY, OFFERED, MISSING, COLUMN_TYPE, COLUMN_CHOICES, COLUMN_REQUIRED)
    return ("list_name", "name", *language_headers("label", further), *own)


def rule_columns(further: tuple[str, ...]) -> tuple[str, ...]:
    """The headers of the sheet ``edit_rules``."""
    return ("code", "level", "items", "condition", *language_headers("message", further))


def xlsform_workbook(questionnaire: Questionnaire) -> bytes:
    """The form as an .xlsx file: survey, choices, settings, and edit_rules, which other tools pass over."""
    rows = ExportRows(questionnaire=questionnaire)
    survey = rows.all()
    further = further_languages(questionnaire)
    # Row by row into the file: long forms are not held in memory as cells.
    workbook = Workbook(write_only=True)
    _write(workbook, "survey", survey_columns(further), survey)
    _write(workbook, "choices", choice_columns(further), rows.lists.rows)
    _write(workbook, "settings", SETTING_COLUMNS, [settings_row(questionnaire)])
    _write(workbook, "edit_rules", rule_columns(further), [rule_row(rule) for rule in questionnaire.edit_rules])
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def settings_row(questionnaire: Questionnaire) -> SheetRow:
    title = questionnaire.title
    return {
        "form_title": title.of("zh"),
        "form_id": questionnaire.code,
        # ODK asks for another version with every change of a form; the digest changes by itself.
        "version": questionnaire.digest[:12],
        # Must be spelt as in the columns, or pyxform shows the labels as missing.
        "default_language": ZH,
        "allow_choice_duplicates": YES if has_duplicates(questionnaire) else "",
        "tongdian_title_zh": title.zh,
        "tongdian_title_en": title.en,
        "tongdian_title_others": json.dumps(dict(title.others), ensure_ascii=False) if title.others else "",
        "tongdian_export": "1",
    }


def has_duplicates(questionnaire: Questionnaire) -> bool:
    """Whether a draft has an option twice, which lint will report."""
    items = questionnaire.items.values()
    return any(
        len({option.code for option in listed}) < len(listed) for item in items for listed in (item.options, item.rows)
    )


def rule_row(rule: EditRule) -> SheetRow:
    return {
        "code": rule.code,
        "level": rule.level.value,
        "items": " ".join(rule.items),
        "condition": rule.condition,
        **cells("message", rule.message),
    }


def _write(workbook: Workbook, name: str, columns: tuple[str, ...], rows: list[SheetRow]) -> None:
    """One sheet; columns that no row fills are left out, but for the needed ones."""
    used = {header for row in rows for header in row}
    # Other tools pass over columns that they do not know, but people have to read past them.
    shown = [column for column in columns if column in used or OWN not in column]
    sheet: WriteOnlyWorksheet = workbook.create_sheet(name)
    # Type and name stay in sight beside thirty columns.
    sheet.freeze_panes = "C2" if name == "survey" else "A2"
    for number, column in enumerate(shown):
        width = WIDTHS.get(column, TEXT_WIDTH if column.startswith(("label", "hint", "message")) else OTHER_WIDTH)
        sheet.column_dimensions[_letters(number)].width = width
    sheet.append([_header(sheet, column) for column in shown])
    for row in rows:
        sheet.append([plain_cell(sheet, row[column]) if row.get(column) else None for column in shown])


def _letters(number: int) -> str:
    return chr(65 + number) if number < 26 else f"{chr(64 + number // 26)}{chr(65 + number % 26)}"


def _header(sheet: WriteOnlyWorksheet, column: str) -> WriteOnlyCell:
    cell = plain_cell(sheet, column)
    cell.font, cell.alignment = Font(bold=True), Alignment(vertical="top")
    if OWN in column:
        cell.fill = OWN_FILL
    return cell
