"""The rows of a list that have errors, as a workbook: each row as it was, with the reasons and the ways to mend it."""

import io
from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from django.utils.translation import gettext
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from survey.exchange.frame.workbook import FirmList
from survey.exchange.sheets.plain_cells import plain_cell
from survey.services.frame.columns import Column, recognise_columns
from survey.services.frame.complaints import row_complaint

HEAD_FILL = PatternFill("solid", fgColor="17324D")
HEAD_FONT = Font(bold=True, color="FFFFFF")
WRONG_FILL = PatternFill("solid", fgColor="FFF6E0")
WRAPPED = Alignment(wrap_text=True, vertical="top")
TOP = Alignment(vertical="top")
FIRST_WIDTHS = (8, 48, 48)
TEXT_FORMAT = "@"
PORTION = 2000


def errors_workbook(
    firm_list: FirmList, errors: pd.DataFrame, progress: Callable[[int, int], None] | None = None
) -> bytes:
    """An .xlsx file with row number, reasons, repairs and the original columns; cells that are wrong are tinted.

    ``errors``: as `CheckedRows` has them, in the order of the rows.

    The original headers stay as they are, so that the mended rows can be put in again.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(gettext("Rows with errors"))
    table = firm_list.table
    _lay_out(sheet, len(table.columns))
    sheet.append(_head(sheet, list(table.columns)))
    positions = recognise_columns(list(table.columns)).positions
    numbers = errors["row"].to_numpy()
    wrong_rows = np.unique(numbers)
    # Sentences and cells of a portion at a time: those of 400,000 wrong rows would take more memory than the list.
    for done in range(0, len(wrong_rows), PORTION):
        portion = wrong_rows[done : done + PORTION]
        first, last = np.searchsorted(numbers, [portion[0], portion[-1] + 1])
        _append(sheet, table.loc[portion], errors.iloc[first:last], positions)
        # A sign of life, and the place where the work is cancelled.
        if progress:
            progress(done + len(portion), len(wrong_rows))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _append(
    sheet: WriteOnlyWorksheet, rows: pd.DataFrame, errors: pd.DataFrame, positions: Mapping[Column, int]
) -> None:
    by_row = _reasons_and_repairs(errors)
    wrong = errors.groupby("row", sort=False)["column"].agg(lambda names: {positions.get(name) for name in names})
    for number, values in zip(rows.index, rows.to_numpy(object), strict=True):
        said = [plain_cell(sheet, value) for value in (number, *by_row[number])]
        cells = [plain_cell(sheet, value) for value in values]
        for cell in said:
            cell.alignment = WRAPPED
        for position, cell in enumerate(cells):
            cell.alignment = TOP
            # Formatted as text, so that a code which the officer types anew is not turned into a number again.
            if cell.data_type == "s":
                cell.number_format = TEXT_FORMAT
            if position in wrong[number]:
                cell.fill = WRONG_FILL
        sheet.append([*said, *cells])


def _reasons_and_repairs(errors: pd.DataFrame) -> dict[int, tuple[str, str]]:
    """Row -> what is wrong in it and how to mend it, one sentence a line, none twice."""
    lines: dict[int, tuple[dict[str, None], dict[str, None]]] = {}
    for error in errors.to_dict("records"):
        complaint = row_complaint(error)
        messages, repairs = lines.setdefault(error["row"], ({}, {}))
        messages[complaint.message(gettext)] = repairs[complaint.repair(gettext)] = None
    return {row: ("\n".join(messages), "\n".join(repairs)) for row, (messages, repairs) in lines.items()}


def _lay_out(sheet: WriteOnlyWorksheet, originals: int) -> None:
    sheet.freeze_panes = "B2"
    for position, width in enumerate([*FIRST_WIDTHS, *[20] * originals], start=1):
        sheet.column_dimensions[get_column_letter(position)].width = width


def _head(sheet: WriteOnlyWorksheet, headers: list[object]) -> list[object]:
    cells = [
        plain_cell(sheet, header) for header in (gettext("Row"), gettext("What is wrong"), gettext("How to mend it"))
    ]
    cells += [plain_cell(sheet, header) for header in headers]
    for cell in cells:
        cell.fill, cell.font = HEAD_FILL, HEAD_FONT
    return cells
