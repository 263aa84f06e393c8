"""The release workbook: cover, contents, notes on method, response, all tables with their errors, codebook."""

from collections.abc import Callable, Hashable
from functools import partial
from io import BytesIO

from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from survey.exchange.figures.findings import title_of
from survey.exchange.release.content import ReleaseContent
from survey.exchange.release.front import (
    fill_account,
    fill_codebook,
    fill_contents,
    fill_cover,
    fill_method,
    fill_open_answers,
    fill_weighting,
)
from survey.exchange.release.tables import fill_table_sheet
from survey.exchange.sheets.writing import prepare_printing
from survey.instrument.kinds.registry import kind_of
from survey.instrument.plan.plan import PlannedBlock
from survey.methods.tables.table import Axis, ProtectedTable, TableKind
from survey.terms import Presentation, gettext_noop

MIXED = {
    TableKind.CHOICES: gettext_noop("All other closed questions"),
    TableKind.CHANGE: gettext_noop("Closed questions: change since the earlier wave"),
}
"""Titles of the sheets that hold several tables of a kind."""
Fill = Callable[[Worksheet], int]
# Excel's limit; it refuses a longer name and repairs the file.
SHEET_NAME_LENGTH = 31


def release_workbook(content: ReleaseContent) -> bytes:
    """The workbook as a file, in the language of the content."""
    with override(content.language):
        book = Workbook()
        book.remove(book.worksheets[0])
        parts = [*_front(content), *_tables(content), *_back(content)]
        entries = {name: title for name, title, _fill in parts}
        sheets: list[tuple[str, Fill]] = [
            (_("Cover"), partial(fill_cover, content=content)),
            (_("Contents"), partial(fill_contents, entries=entries, content=content)),
            *((name, fill) for name, _title, fill in parts),
        ]
        for name, fill in sheets:
            sheet = book.create_sheet(name[:SHEET_NAME_LENGTH])
            head_row = fill(sheet)
            prepare_printing(sheet, head_row, footer=_footer(content), is_landscape=head_row > 0)
        book.properties.title = f"{content.wave.survey} {content.wave}"
        book.properties.creator = content.wave.survey.issuing_authority.of(content.language)
        file = BytesIO()
        book.save(file)
        return file.getvalue()


Part = tuple[str, str, Fill]


def _front(content: ReleaseContent) -> list[Part]:
    return [
        (_("Method"), _("Notes on method"), partial(fill_method, content=content)),
        (_("Response"), _("Response and weights"), partial(fill_weighting, content=content)),
        (_("Weights"), _("Account of the weights"), partial(fill_account, content=content)),
    ]


def _tables(content: ReleaseContent) -> list[Part]:
    """A sheet for each table; numbers that stand beside one another share one, as do closed items without ranks."""
    kept = [table for table in content.tables.values() if table.cells]
    groups: dict[Hashable, list[ProtectedTable]] = {}
    for table in kept:
        groups.setdefault(_sheet_of(table, content), []).append(table)
    # sorted() is stable: within a place the order of the plan stays.
    ordered = sorted(groups.values(), key=lambda group: PLACES.index(_place(group, content)))
    return [_table_part(f"T{number}", group, content) for number, group in enumerate(ordered, 1)]


def _sheet_of(table: ProtectedTable, content: ReleaseContent) -> Hashable:
    """What tables of one sheet have in common."""
    block = content.blocks.get(table.spec.code)
    if table.spec.kind is TableKind.CHANGE:
        return (TableKind.CHANGE, "") if _is_of_one_item(table) else table.spec.code
    if block is None:
        return table.spec.code
    if table.spec.kind is TableKind.CHOICES and not _is_ranking(block, content):
        return TableKind.CHOICES, ""
    if block.split and block.item and not block.rows:
        return TableKind.HEAT_MAP, block.split
    is_beside = block.presentation is Presentation.INDICATORS and block.beside in content.tables
    return block.beside if is_beside else block.code


SINGLE, TOGETHER = "single", "together"
PLACES = (SINGLE, TOGETHER, TableKind.CHOICES, TableKind.HEAT_MAP, TableKind.CHANGE)
"""In which order sheets stand: tables alone, numbers beside one another, then closed items."""


def _place(group: list[ProtectedTable], content: ReleaseContent) -> str:
    common = _sheet_of(group[0], content)
    if isinstance(common, tuple):
        return str(common[0])
    return TOGETHER if len(group) > 1 else SINGLE


def _table_part(name: str, group: list[ProtectedTable], content: ReleaseContent) -> Part:
    block = content.blocks.get(group[0].spec.code)
    scale = content.words.scales.get(block.scale) if block else None
    fill = partial(
        fill_table_sheet,
        tables=group,
        marks=content.marks,
        is_adverse=scale is None or scale.is_adverse,
    )
    return name, _title_of(group, content), fill


def _title_of(group: list[ProtectedTable], content: ReleaseContent) -> str:
    """The finding of a table alone or of the first of several; what closed items of one sheet have in common."""
    common = _sheet_of(group[0], content)
    if len(group) == 1 or not isinstance(common, tuple):
        return title_of(group[0])
    kind, split = common
    if kind is TableKind.HEAT_MAP:
        group_text = next(each.text for each in content.words.plan.groups if each.code == split)
        return _("Closed questions by group: %(group)s") % {"group": content.words.read(group_text)}
    if kind is TableKind.CHOICES and not any(_is_ranking(block, content) for block in content.blocks.values()):
        return _("Closed questions")
    return _(MIXED[kind])


def _is_of_one_item(table: ProtectedTable) -> bool:
    """Whether the rows of a table of change are the options of one item."""
    return table.spec.rows.axis is Axis.OPTION


def _is_ranking(block: PlannedBlock, content: ReleaseContent) -> bool:
    """Whether firms ranked the options: such a table has a sheet with a chart of its own."""
    item = content.words.item(block.item)
    return item is not None and kind_of(item).is_ranked


def _back(content: ReleaseContent) -> list[Part]:
    answers = partial(fill_open_answers, answers=content.open_answers, content=content)
    parts: list[Part] = [(_("Open answers"), _("Open answers"), answers)] if content.open_answers else []
    return [*parts, (_("Codebook"), _("Codebook"), partial(fill_codebook, content=content))]


def _footer(content: ReleaseContent) -> str:
    return f"{content.wave.survey} · {content.wave} · {content.release.digest[:12]}"
