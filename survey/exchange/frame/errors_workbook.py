"""The rows of a list that have errors, as a workbook: each row as it was, with the reasons and the ways to mend it."""

import io
from collections.abc import Callable, Iterator, Mapping

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from survey.exchange.frame.workbook import FirmList
from survey.exchange.sheets.plain_cells import plain_cell
from survey.selectors.said import said as gettext
from survey.services.frame.check import CheckedRows
from survey.services.frame.checked_list import CheckedList
from survey.services.frame.columns import FrameColumn, recognise_columns
from survey.services.frame.complaints import row_complaint
from survey.services.frame.credit_code import normalise_credit_codes, without_persons
from survey.terms import AskedUnit

HEAD_FILL = PatternFill("solid", fgColor="17324D")
HEAD_FONT = Font(bold=True, color="FFFFFF")
WRONG_FILL = PatternFill("solid", fgColor="FFF6E0")
WRAPPED = Alignment(wrap_text=True, vertical="top")
TOP = Alignment(vertical="top")
FIRST_WIDTHS = (8, 48, 48)
TEXT_FORMAT = "@"
PORTION = 2000


def errors_workbook(
    firm_list: FirmList,
    checked: CheckedList,
    progress: Callable[[int, int], None] | None = None,
    lists: AskedUnit = AskedUnit.FIRM,
) -> bytes:
    """An .xlsx file with row number, reasons, repairs and the original columns; cells that are wrong are tinted.

    ``checked``: the check of this list, part for part; ``lists``: what its rows are.

    The original headers stay as they are, so that the mended rows can be put in again.
    """
    # Rows are written as they come and not kept: a list may have a hundred thousand wrong ones.
    book = Workbook(write_only=True)
    sheet = book.create_sheet(gettext("Rows with errors"))
    # Before the first row, with which such a sheet writes its widths and panes.
    _lay_out(sheet, len(firm_list.headers))
    sheet.append(_head(sheet, list(firm_list.headers)))
    positions = recognise_columns(firm_list.headers, lists).positions
    done = 0
    for table, part in zip(firm_list.parts(), checked.parts, strict=True):
        for rows, errors in _portions(table, everything_said(part)):
            _append(sheet, _without_persons(rows, positions[FrameColumn.CREDIT_CODE]), errors, positions)
            done += len(rows)
            # A sign of life, and the place where the work is cancelled.
            if progress:
                progress(done, checked.listed_count)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def everything_said(part: CheckedRows) -> pd.DataFrame:
    """What is wrong with rows and what was left out of contacts, row by row; ``is_in``: whether the firm is in."""
    said = [part.errors.assign(is_in=False), part.blanked.assign(is_in=~part.blanked["row"].isin(part.errors["row"]))]
    # Stable, so that the sentences about a row keep the order of the checks.
    return pd.concat(said, ignore_index=True).sort_values("row", kind="stable", ignore_index=True)


def _portions(table: pd.DataFrame, errors: pd.DataFrame) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """The wrong rows of a part with their errors, so many that their sentences and cells take little memory."""
    numbers = errors["row"]
    wrong = numbers.unique()
    for start in range(0, len(wrong), PORTION):
        portion = wrong[start : start + PORTION]
        yield table.loc[portion], errors[numbers.isin(portion)]


def _append(
    sheet: WriteOnlyWorksheet, rows: pd.DataFrame, errors: pd.DataFrame, positions: Mapping[FrameColumn, int]
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


def _without_persons(rows: pd.DataFrame, place: int) -> pd.DataFrame:
    """The rows of a list without the identity numbers of persons among their codes: those go no further."""
    kept = rows.copy()
    codes = normalise_credit_codes(kept.iloc[:, place])
    shown = without_persons(codes)
    # By place: two columns of a list may bear one header.
    kept.isetitem(place, kept.iloc[:, place].where(shown == codes, shown))
    return kept


def _reasons_and_repairs(errors: pd.DataFrame) -> dict[int, tuple[str, str]]:
    """Row -> what is wrong in it and how to mend it, one sentence a line, none twice."""
    lines: dict[int, tuple[dict[str, None], dict[str, None]]] = {}
    for error in errors.to_dict("records"):
        complaint = row_complaint(error)
        messages, repairs = lines.setdefault(error["row"], ({}, {}))
        message = complaint.message(gettext)
        if error["is_in"]:
            message = gettext("%(message)s The firm is in without it.") % {"message": message}
        messages[message] = repairs[complaint.repair(gettext)] = None
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
