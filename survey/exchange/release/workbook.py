"""The release workbook: cover, contents, notes on method, response, all tables with their errors, codebook."""

from collections.abc import Callable
from functools import partial
from io import BytesIO

from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from survey.exchange.figures.captions import title_of
from survey.exchange.release.content import ReleaseContent
from survey.exchange.release.front import (
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
from survey.methods.tables.table import ProtectedTable, Role, TableKind
from survey.terms import gettext_noop

MIXED = {
    TableKind.CHOICES: gettext_noop("All other closed questions"),
    TableKind.CHANGE: gettext_noop("Closed questions: change since the earlier wave"),
}
"""Titles of the sheets that hold several tables of a kind."""
Fill = Callable[[Worksheet], int]
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
        book.properties.creator = content.text(
            content.wave.survey.issuing_authority_zh, content.wave.survey.issuing_authority_en
        )
        file = BytesIO()
        book.save(file)
        return file.getvalue()


Part = tuple[str, str, Fill]


def _front(content: ReleaseContent) -> list[Part]:
    return [
        (_("Method"), _("Notes on method"), partial(fill_method, content=content)),
        (_("Response"), _("Response and weights"), partial(fill_weighting, content=content)),
    ]


def _tables(content: ReleaseContent) -> list[Part]:
    """A sheet for each table; means and medians share one, as do the closed items that are not ranked."""
    kept = [table for table in content.tables.values() if table.cells]
    means = [table for table in kept if table.spec.code in {"means", "medians"}]
    choices = [table for table in kept if table.spec.kind is TableKind.CHOICES and not _is_ranking(table, content)]
    changes = [table for table in kept if table.spec.kind is TableKind.CHANGE and _is_of_one_item(table)]
    single = [table for table in kept if table not in means and table not in choices and table not in changes]
    groups = [[table] for table in single] + [group for group in (means, choices, changes) if group]
    return [_table_part(f"T{number}", group, content) for number, group in enumerate(groups, 1)]


def _table_part(name: str, group: list[ProtectedTable], content: ReleaseContent) -> Part:
    title = MIXED[group[0].spec.kind] if len(group) > 1 and group[0].spec.kind in MIXED else ""
    title = _(title) if title else title_of(group[0])
    return name, title, partial(fill_table_sheet, tables=group, is_demonstration=content.is_demonstration)


def _is_of_one_item(table: ProtectedTable) -> bool:
    """Whether the rows of a table of change are the options of one item."""
    return table.spec.rows.role is Role.OPTION


def _is_ranking(table: ProtectedTable, content: ReleaseContent) -> bool:
    """Whether firms ranked the options: such a table has a sheet with a chart of its own."""
    return kind_of(content.questionnaire.items[table.spec.item]).is_ranked


def _back(content: ReleaseContent) -> list[Part]:
    answers = partial(fill_open_answers, answers=content.open_answers, content=content)
    parts: list[Part] = [(_("Open answers"), _("Open answers"), answers)] if content.open_answers else []
    return [*parts, (_("Codebook"), _("Codebook"), partial(fill_codebook, content=content))]


def _footer(content: ReleaseContent) -> str:
    return f"{content.wave.survey} · {content.wave} · {content.release.digest[:12]}"
