"""The empty list that officers fill in: the right headers, what to write under each, and the codes."""

import io
from collections.abc import Sequence

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _
from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from survey.exchange.sheets.paper import LANDSCAPE, print_on
from survey.exchange.sheets.writing import BODY, HEAD, WRAP, lines_of
from survey.models import District, Industry
from survey.services.frame.columns import MONEY_COLUMNS, SYNONYMS, FrameColumn, columns_of_list, required_columns
from survey.terms import AskedUnit

ROWS_PREPARED = 5000
HEAD_FILL = PatternFill("solid", fgColor="17324D")
OPTIONAL_FILL = PatternFill("solid", fgColor="5B6B7B")
WIDTHS = {FrameColumn.CREDIT_CODE: 24, FrameColumn.NAME: 36, FrameColumn.EMAIL: 26}
FIGURES = (FrameColumn.EMPLOYEES, FrameColumn.REVENUE, FrameColumn.ASSETS)

EXPLANATIONS: dict[FrameColumn, tuple[str, str]] = {
    FrameColumn.CREDIT_CODE: (
        _("18 characters as on the business licence; the cells are formatted as text."),
        "91440303Y000000162",
    ),
    FrameColumn.UNIT_KEY: (
        _("By which the units of one firm are told, 40 characters at most; every unit needs one, also a single one."),
        "001",
    ),
    FrameColumn.NAME: (_("The full registered name."), "示例电子有限公司"),
    FrameColumn.DISTRICT: (_("One of the districts on the sheet of codes, by name or code."), "南山区"),
    FrameColumn.INDUSTRY: (
        _("GB/T 4754-2017: the division (39), a longer code (3911) or the division's full name, not a section letter."),
        "3911",
    ),
    FrameColumn.EMPLOYEES: (_("Persons employed at the end of the period, a whole number."), "120"),
    FrameColumn.REVENUE: (
        _("Of the last full year, in 10,000 yuan; another unit only if the header names it."),
        "5600.5",
    ),
    FrameColumn.ASSETS: (
        _("In 10,000 yuan. The size class in construction, real estate, leasing and business services needs it."),
        "8000",
    ),
    FrameColumn.SIZE: (
        _("Large, medium, small or micro. Only where the rule of 2017 gives none (finance, education, health care)."),
        "小型",
    ),
    FrameColumn.CONTACT: (_("The person to whom the access code goes."), "王女士"),
    FrameColumn.EMAIL: (_("One address."), "name@example.com"),
    FrameColumn.PHONE: (_("With area code, or a mobile number."), "0755-12345678"),
}  # fmt: skip


def template_workbook(lists: AskedUnit = AskedUnit.FIRM) -> bytes:
    """An .xlsx file with the sheets list, explanations and codes, in the active language, for firms or local units."""
    book = Workbook()
    firms = book.active
    assert isinstance(firms, Worksheet)
    firms.title = gettext(lists.label)
    districts, industries = list(District.objects.all()), list(Industry.objects.exclude(parent=None))
    _fill_firms(firms, gettext("Codes"), len(districts), lists)
    _fill_explanations(book.create_sheet(gettext("Explanations")), lists)
    _fill_codes(book.create_sheet(gettext("Codes")), districts, industries)
    for sheet in book.worksheets:
        print_on(sheet, LANDSCAPE, footer=sheet.title, head_row=1)
        sheet.sheet_view.showGridLines = False
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def header_of(column: FrameColumn) -> str:
    """The header of a column in the active language, with its unit."""
    is_chinese = (get_language() or "zh").startswith("zh")
    header = SYNONYMS[column][0 if is_chinese else 1]
    unit = ("（万元）" if is_chinese else " (10,000 yuan)") if column in MONEY_COLUMNS else ""
    return (header if is_chinese else header.capitalize()) + unit


def _fill_firms(sheet: Worksheet, codes_sheet: str, districts: int, lists: AskedUnit) -> None:
    _head(sheet, [header_of(column) for column in columns_of_list(lists)])
    sheet.freeze_panes = "C2"
    for position, column in enumerate(columns_of_list(lists), start=1):
        letter = get_column_letter(position)
        sheet.column_dimensions[letter].width = WIDTHS.get(column, 18)
        if column not in FIGURES:
            sheet.column_dimensions[letter].number_format = "@"
            for row in range(2, 102):
                sheet.cell(row, position).number_format = "@"
        if column not in required_columns(lists):
            sheet.cell(1, position).fill = OPTIONAL_FILL
        if column is FrameColumn.DISTRICT and districts:
            # A range of another sheet: a list within the check may have 255 characters at most in Excel.
            choice = DataValidation("list", formula1=f"'{codes_sheet}'!$B$2:$B${districts + 1}", allow_blank=True)
            choice.add(f"{letter}2:{letter}{ROWS_PREPARED}")
            sheet.add_data_validation(choice)


def _fill_explanations(sheet: Worksheet, lists: AskedUnit) -> None:
    _head(sheet, [gettext("Column"), gettext("Must be filled in"), gettext("What to write"), gettext("Example")])
    for column in columns_of_list(lists):
        text, example = EXPLANATIONS[column]
        required = gettext("Yes") if column in required_columns(lists) else gettext("No")
        sheet.append([header_of(column), required, gettext(text), example])
        for cell in sheet[sheet.max_row]:
            cell.font, cell.alignment = BODY, WRAP
        sheet.row_dimensions[sheet.max_row].height = 14.0 * lines_of(gettext(text), 68) + 2
    for letter, width in zip("ABCD", (26, 18, 70, 24), strict=True):
        sheet.column_dimensions[letter].width = width


def _fill_codes(sheet: Worksheet, districts: Sequence[District], industries: Sequence[Industry]) -> None:
    """Districts in the columns A and B, industry divisions in D and E."""
    _head(
        sheet,
        [gettext("District code"), gettext("District name"), "", gettext("Industry code"), gettext("Industry name")],
    )
    for row, district in enumerate(districts, start=2):
        sheet.cell(row, 1, district.code)
        sheet.cell(row, 2, str(district))
    for row, industry in enumerate(industries, start=2):
        sheet.cell(row, 4, industry.code)
        sheet.cell(row, 5, str(industry).removeprefix(f"{industry.code} "))
    for letter, width in zip("ABCDE", (14, 24, 4, 14, 60), strict=True):
        sheet.column_dimensions[letter].width = width


def _head(sheet: Worksheet, headers: Sequence[str]) -> None:
    sheet.append(list(headers))
    for cell in sheet[1]:
        cell.fill, cell.font, cell.alignment = HEAD_FILL, HEAD, WRAP
    sheet.freeze_panes = "A2"
