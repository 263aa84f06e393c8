"""A table of figures by group of firms: rows as in the table of all firms, a column for each group, estimates alone."""

from collections.abc import Iterator, Sequence

from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from survey.exchange.release.columns import Written, estimate_of, is_matrix, unique_heads, with_unit
from survey.exchange.release.shorthand import NOT_GIVEN
from survey.exchange.release.table_sheet import COLOURS, HEAD_ROW, Front, fit_columns, put_front, put_table
from survey.exchange.sheets.paper import A_CHARACTER, LANDSCAPE, SMALLEST, pages_across, print_on
from survey.exchange.sheets.writing import WRAP, lines_of, width_of
from survey.methods.released.publication import Publication
from survey.methods.released.table import ReleasedTable
from survey.methods.tables.domain import ALL_FIRMS, Domain
from survey.methods.tables.table import TableKind
from survey.selectors.said import said as _


def groups_of_table(publication: Publication, table: ReleasedTable) -> list[Domain]:
    """All firms and the groups of one variable that have this table; none where it stands by groups or steps already.

    Crossings of two groups have their figures on the sheet of all figures.
    """
    if is_matrix(table) or table.spec.kind is TableKind.CHANGE:
        return []
    found = [domain for domain, of in publication.tables.items() if len(domain) <= 1 and table.code in of]
    # Without all firms there is nothing to compare the groups with.
    return found if len(found) > 1 and ALL_FIRMS in found else []


def heads_by_group(publication: Publication, groups: Sequence[Domain]) -> list[str]:
    """The heads of the columns, each another."""
    return list(unique_heads([_("Item"), *(publication.groups[domain] for domain in groups)]))


def lines_by_group(publication: Publication, table: ReleasedTable, groups: Sequence[Domain]) -> Iterator[list[Written]]:
    """For each row of the table its estimate in each group, or the sign that stands for it."""
    tables = [publication.tables[domain][table.code] for domain in groups]
    cells = [{row.code: cell for row, _column, cell in one.walk()} for one in tables]
    for row in table.rows.headings:
        found = [by_row.get(row.code) for by_row in cells]
        # A row may be lacking in a group where its base is empty; a blank cell would break the rule of no empty cells.
        missing = Written(value=NOT_GIVEN)
        figures = [missing if cell is None else estimate_of(cell, table.spec.statistic) for cell in found]
        yield [Written(value=with_unit(row)), *figures]


def _wrap_long(sheet: Worksheet) -> None:
    """Texts above the table within the first column, where they are longer than the first page: they would go on in the
    middle of the next one, behind the column that stands on each."""
    page, width = 0.75 * LANDSCAPE.width / SMALLEST, sheet.column_dimensions["A"].width
    for row in range(1, HEAD_ROW - 1):
        cell = sheet.cell(row, 1)
        if A_CHARACTER * width_of(str(cell.value)) > page:
            cell.alignment = WRAP
            sheet.row_dimensions[row].height = 14.0 * lines_of(str(cell.value), width - 2) + 3


def fill_by_group(
    sheet: Worksheet, front: Front, heads: Sequence[str], lines: Sequence[Sequence[Written]], *, name: str, footer: str
) -> None:
    """Write the table with what belongs to it, its figures in colours."""
    put_front(sheet, front)
    free = put_table(sheet, name, heads, lines)
    fit_columns(sheet, heads, lines)
    last = get_column_letter(len(heads))
    # Conditional formatting: cells keep their numbers, and the signs of withheld ones stay without a colour.
    scale = ColorScaleRule(start_type="min", start_color=COLOURS[0], end_type="max", end_color=COLOURS[1])
    sheet.conditional_formatting.add(f"B{HEAD_ROW + 1}:{last}{free - 1}", scale)
    sheet.freeze_panes = f"B{HEAD_ROW + 1}"
    across = pages_across(sheet, LANDSCAPE, len(heads))
    if across > 1:
        _wrap_long(sheet)
    print_on(sheet, LANDSCAPE, footer=footer, head_row=HEAD_ROW, across=across)
    sheet.print_area = f"A1:{last}{free - 1}"
