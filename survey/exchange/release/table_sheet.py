"""The sheet of one table: title, finding, base, notes and source in fixed rows, an Excel table, and its chart below."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from survey.exchange.release.charts import ChartPlace, add_chart, has_chart, height_of_chart
from survey.exchange.release.columns import Written, heads_of, is_matrix, lines_of_table, signs_in
from survey.exchange.sheets.paper import (
    A_CHARACTER,
    LANDSCAPE,
    USUAL_HEIGHT,
    USUAL_WIDTH,
    height_of_page,
    height_of_rows,
    print_on,
    rows_of_height,
    width_of_columns,
)
from survey.exchange.sheets.writing import (
    BODY,
    HAIRLINE,
    HEAD,
    HEAD_FILL,
    LINK,
    QUIET,
    RIGHT,
    TITLE,
    WARNED,
    WRAP,
    lines_of,
    put,
    width_of,
)
from survey.methods.released.table import ReleasedTable
from survey.selectors.said import said as _

HEAD_ROW = 7
"""The row of heads of every table of a book; what stands above it has its row on every sheet."""
LABEL_WIDTH, SENTENCE_WIDTH, FIGURE_WIDTH, LEAST = 46.0, 26.0, 15.0, 9.0
CHART_WIDTH = 30.0
"""Centimetres; two fifths of it hold a long label in one line, without which a program leaves others out."""
ROOM = 0.92
"""Of the height of a page; the rest is for programs whose rows are a little higher."""
BESIDE = Alignment(wrap_text=True, horizontal="left", vertical="top", indent=1)
"""Of a sentence beside numbers, which end where its column begins."""
COLOURS = ("FFFFFF", "9CC3DC")
"""Of the smallest and the largest figure of a matrix, which has its figures in its colours for a chart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What stands above a table besides its title: the second line, base, notes with shorthand, source, marks."""

    title: str
    told: str
    base: str
    notes: str
    source: str
    back: tuple[str, str]
    """The words of the way back to the contents, and the name of their sheet."""


def put_front(sheet: Worksheet, front: Front) -> None:
    """Title and what belongs to it, each in its own row, the same on every sheet."""
    told = ((front.title, TITLE), (front.told, BODY), (front.base, QUIET), (front.notes, QUIET), (front.source, WARNED))
    for row, (text, font) in enumerate(told, 1):
        put(sheet, row, 1, text, font)
    words, contents = front.back
    put(sheet, HEAD_ROW - 1, 1, words, LINK).hyperlink = f"#'{contents}'!A1"
    sheet.cell(HEAD_ROW - 1, 1).font = LINK


def put_table(
    sheet: Worksheet, name: str, heads: Sequence[str], lines: Sequence[Sequence[Written]], *, with_filter: bool = False
) -> int:
    """A real table of Excel from the row of heads down; the row below it."""
    for column, head in enumerate(heads, 1):
        cell = put(sheet, HEAD_ROW, column, head, HEAD)
        is_text = column == 1 or all(line[column - 1].is_sentence for line in lines)
        side, indent = ("left", column > 1) if is_text else ("right", False)
        cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True, indent=int(indent))
        cell.fill = HEAD_FILL
    for row, line in enumerate(lines, HEAD_ROW + 1):
        for column, one in enumerate(line, 1):
            written = put(sheet, row, column, one.value, BODY, one.form)
            written.alignment = WRAP if column == 1 else BESIDE if one.is_sentence else RIGHT
            written.border = HAIRLINE
    # A table of Excel needs a row below its heads, also where there is nothing to show.
    last = HEAD_ROW + max(len(lines), 1)
    mark_as_table(sheet, name, f"A{HEAD_ROW}:{get_column_letter(len(heads))}{last}", with_filter=with_filter)
    return last + 1


def mark_as_table(sheet: Worksheet, name: str, place: str, *, with_filter: bool) -> None:
    """Let programs and screen readers know that these cells are a table with a row of heads."""
    table = ExcelTable(displayName=name, ref=place)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    # openpyxl does this when it saves, and puts a filter on the table then; done here, the filter can be taken off.
    table._initialise_columns()
    for column, cell in zip(table.tableColumns, sheet[place][0], strict=True):
        column.name = str(cell.value)
    if not with_filter:
        # The buttons of a filter would lie over the heads.
        table.autoFilter = None
    sheet.add_table(table)


def fill_table(
    sheet: Worksheet,
    table: ReleasedTable,
    front: Front,
    *,
    name: str,
    footer: str,
    arms: tuple[str, str] | None = None,
) -> str:
    """Write a table with what belongs to it; the alternative text of its chart, or "" where it has none.

    ``arms`` says where the lengths of its intervals stand.
    """
    put_front(sheet, front)
    heads, lines = heads_of(table), list(lines_of_table(table))
    free = put_table(sheet, name, heads, lines)
    fit_columns(sheet, heads, lines)
    # Colours and a chart of the same figures would say the same twice.
    if is_matrix(table) and not has_chart(table):
        figures = f"B{HEAD_ROW + 1}:{get_column_letter(len(heads))}{free - 1}"
        sheet.conditional_formatting.add(
            figures, ColorScaleRule(start_type="min", start_color=COLOURS[0], end_type="max", end_color=COLOURS[1])
        )
    # Heads and labels stay in sight while a wide table is scrolled.
    sheet.freeze_panes = f"B{HEAD_ROW + 1}"
    columns = _columns_of_page(sheet, front, len(heads))
    # Heads above a chart that has a page of its own would be those of nothing.
    is_long = height_of_rows(sheet, 1, free) > ROOM * height_of_page(sheet, LANDSCAPE, columns)
    print_on(sheet, LANDSCAPE, footer=footer, head_row=HEAD_ROW if is_long else 0)
    areas, last = [f"A1:{get_column_letter(columns)}{free - 1}"], get_column_letter(columns)
    if has_chart(table):
        first, end, is_apart = _chart(sheet, table, free + 1, arms)
        areas = [*areas, f"A{first}:{last}{end}"] if is_apart else [f"A1:{last}{end}"]
    sheet.print_area = ",".join(areas)
    return alternative_text(table) if has_chart(table) else ""


def _chart(sheet: Worksheet, table: ReleasedTable, row: int, arms: tuple[str, str] | None) -> tuple[int, int, bool]:
    """The chart: the first and last row that it covers, and whether it is printed on a page of its own."""
    room = ROOM * LANDSCAPE.height - height_of_rows(sheet, HEAD_ROW, HEAD_ROW)
    height = height_of_chart(table, room)
    add_chart(sheet, table, ChartPlace(head_row=HEAD_ROW, row=row, width=CHART_WIDTH, height=height, arms=arms))
    end = row + rows_of_height(height)
    for covered in range(row, end + 1):
        # Said, because programs have rows of other heights where nothing is said.
        sheet.row_dimensions[covered].height = USUAL_HEIGHT
    return row, end, height_of_rows(sheet, 1, end) > ROOM * LANDSCAPE.height


def alternative_text(table: ReleasedTable) -> str:
    """What the chart shows, for those who do not see it."""
    shown = [(row, cell) for row, _column, cell in table.walk() if cell.estimate is not None]
    kind = _("Stacked bars") if is_matrix(table) else _("Bars with intervals (95%)")
    words = {"kind": kind, "measure": table.measure, "rows": len(table.cells), "finding": table.title}
    if not shown:
        return _("%(kind)s: %(measure)s. No figure can be shown.") % words
    if table.title == table.measure:
        return _("%(kind)s: %(measure)s. %(rows)s rows, as in the table above.") % words
    return _("%(kind)s: %(measure)s. %(rows)s rows, as in the table above. %(finding)s.") % words


def notes_line(lines: Iterable[Sequence[Written]], numbers: Sequence[int]) -> str:
    """Which shorthand stands in the lines and which notes belong to them; both are explained on the sheet of notes."""
    signs = ", ".join(signs_in(lines))
    told = [_("This sheet has one table.")]
    if signs:
        told.append(_("Shorthand: %(signs)s, explained on the sheet of notes.") % {"signs": signs})
    if numbers:
        listed = " ".join(_("[note %(number)s]") % {"number": number} for number in numbers)
        told.append(listed)
    return _(" ").join(told)


def fit_columns(sheet: Worksheet, heads: Sequence[str], lines: Sequence[Sequence[Written]]) -> None:
    """Columns as wide as their texts up to a limit, and rows as high as their wrapped labels need."""
    for place, head in enumerate(heads, 1):
        texts = [head, *(str(line[place - 1].value) for line in lines if isinstance(line[place - 1].value, str))]
        is_sentence = any(line[place - 1].is_sentence for line in lines)
        most = LABEL_WIDTH if place == 1 else SENTENCE_WIDTH if is_sentence else FIGURE_WIDTH
        longest = max(map(width_of, texts))
        sheet.column_dimensions[get_column_letter(place)].width = min(max(LEAST, 1.05 * longest + 2), most)
    letters = [get_column_letter(place) for place in range(1, len(heads) + 1)]
    widths = [sheet.column_dimensions[letter].width - 2 for letter in letters]
    # Said, because no program reckons the height of wrapped text when it opens a file.
    sheet.row_dimensions[HEAD_ROW].height = 14.0 * max(map(lines_of, heads, widths)) + 8
    for row, line in enumerate(lines, HEAD_ROW + 1):
        wrapped = [(str(line[0].value), widths[0])]
        wrapped += [(str(one.value), width) for one, width in zip(line, widths, strict=True) if one.is_sentence]
        sheet.row_dimensions[row].height = 14.0 * max(lines_of(text, width) for text, width in wrapped) + 3
    sheet.row_dimensions[1].height = 22


def _columns_of_page(sheet: Worksheet, front: Front, columns: int) -> int:
    """So many columns that the texts above the table and the chart are printed whole."""
    texts = A_CHARACTER * max(
        1.5 * width_of(front.title), *map(width_of, (front.told, front.base, front.notes, front.source))
    )
    # Very long texts would make the whole page small.
    wanted = max(CHART_WIDTH + 0.4, min(texts, LANDSCAPE.width / 0.7))
    missing = wanted - width_of_columns(sheet, columns)
    return columns + max(0, -(-int(100 * missing) // int(100 * A_CHARACTER * USUAL_WIDTH)))
