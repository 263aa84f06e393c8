"""The release workbook, by the guidance of the Analysis Function of the United Kingdom on statistics in spreadsheets.

One real table a sheet with its title, notes and base in fixed rows above it, no merged or empty cells, shorthand that a
sheet of notes explains, a cover, contents with links, and a sheet of all figures for machines. In each language of the
release, or in one of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count

from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from survey.asked_terms.speaking import speaking_of
from survey.exchange.release.alternative_texts import with_alternative_texts
from survey.exchange.release.chart_data import CHART_DATA, PRINTED, ChartData
from survey.exchange.release.charts import has_chart
from survey.exchange.release.columns import is_matrix, lines_of_table
from survey.exchange.release.group_sheet import fill_by_group, groups_of_table, heads_by_group, lines_by_group
from survey.exchange.release.sheet_names import SheetNames, table_name
from survey.exchange.release.table_sheet import Front, fill_table, mark_as_table, notes_line
from survey.exchange.release.text_sheets import (
    Life,
    fill_contents,
    fill_cover,
    fill_notes,
    fill_printed,
    marks_of_facts,
    shorthand_notes,
)
from survey.exchange.release.tidy import tidy_heads, tidy_rows
from survey.exchange.sheets.paper import LANDSCAPE, print_on
from survey.exchange.sheets.plain_cells import safe_text
from survey.methods.released.publication import PrintedTable, Publication
from survey.methods.released.table import ReleasedTable
from survey.selectors.said import said as _


@dataclass(kw_only=True)
class _Book:
    """A workbook while it is made: the names given, the alternative texts of its charts in their order."""

    book: Workbook
    life: Life
    names: SheetNames = field(default_factory=SheetNames)
    told: list[str] = field(default_factory=list)
    arms: ChartData = field(default_factory=ChartData)

    def sheet(self, wanted: str) -> Worksheet:
        return self.book.create_sheet(self.names.sheet(wanted))


@dataclass(kw_only=True)
class _Part:
    """The sheets of one language: what the contents list, and the notes of tables with their numbers."""

    publication: Publication
    contents: str
    entries: dict[str, str] = field(default_factory=dict)
    notes: dict[str, int] = field(default_factory=dict)

    @property
    def source(self) -> str:
        facts = self.publication.facts
        return " · ".join([facts.survey, facts.wave, *marks_of_facts(facts)])

    def front(self, title: str, told: str, base: str = "", notes: str = "") -> Front:
        back = (_("Back to the contents"), self.contents)
        said = notes or _("This sheet has one table.")
        base = base or _("Reference period: %(period)s") % {"period": self.publication.facts.period or "–"}
        return Front(title=title, told=told, base=base, notes=said, source=self.source, back=back)


def release_workbook(publications: Sequence[Publication], life: Life) -> bytes:
    """The workbook as a file: the sheets of each language, and the figures of all of them for machines."""
    making = _Book(book=Workbook(), life=life)
    # openpyxl begins every book with an empty sheet.
    making.book.remove(making.book.worksheets[0])
    for publication in publications:
        with override(publication.language), speaking_of(publication.facts.asks):
            _language(making, publication)
    _machines(making, publications)
    if (data := making.arms.write(making.book, footer=publications[0].facts.wave)) is not None:
        mark_as_table(data, "chart_data", f"A1:D{data.max_row}", with_filter=False)
    with override(publications[0].language), speaking_of(publications[0].facts.asks):
        facts = publications[0].facts
        making.book.properties.title = safe_text(f"{facts.survey} {facts.wave}")
        making.book.properties.creator = safe_text(facts.authority)
        making.book.properties.language = publications[0].language
    file = BytesIO()
    making.book.save(file)
    return with_alternative_texts(file.getvalue(), making.told)


def _language(making: _Book, publication: Publication) -> None:
    footer = " · ".join([publication.facts.survey, publication.facts.wave, making.life.digest[:12]])
    cover, contents = making.sheet(_("Cover")), making.sheet(_("Contents"))
    part = _Part(publication=publication, contents=contents.title)
    fill_cover(cover, publication, making.life, contents=contents.title, footer=footer)
    notes = making.sheet(_("Notes and shorthand"))
    part.entries[notes.title] = _("Shorthand, notes of the tables and notes on method")
    numbers = count(1)
    for table in publication.main.values():
        if table.cells:
            number = next(numbers)
            _table(making, part, table, number, footer)
            _by_group(making, part, table, number, footer)
    for printed in (*publication.account, publication.codebook):
        if printed.rows:
            _printed(making, part, printed, footer)
    part.entries[MACHINES] = _("All figures of all groups of firms, one a row, for programs")
    if making.arms.rows:
        part.entries[CHART_DATA] = _("Lengths of the intervals that the charts draw, for programs")
    language = publication.language
    front = part.front(_("Notes and shorthand"), _("What stands for a number, and how the figures came about"))
    # Last, since the tables give their notes numbers; the sheet was made at its place before them.
    fill_notes(notes, front, _all_notes(part), name=table_name("notes", language), footer=footer)
    front = part.front(_("Contents"), _("All sheets of this book with their titles"))
    fill_contents(contents, front, part.entries, name=table_name("contents", language), footer=footer)


MACHINES = "All figures"


def _table(making: _Book, part: _Part, table: ReleasedTable, number: int, footer: str) -> None:
    sheet = making.sheet(f"{number} {table.measure}")
    numbers = [part.notes.setdefault(note, len(part.notes) + 1) for note in table.notes]
    title = _("Table %(number)s: %(measure)s") % {"number": number, "measure": table.measure}
    told = table.title if table.title != table.measure else _(table.spec.statistic.label)
    # Rates of response have no errors that could stand anywhere.
    if is_matrix(table) and any(cell.se is not None for _row, _column, cell in table.walk()):
        words = {"told": told, "sheet": MACHINES}
        told = _("%(told)s. Their errors stand on the sheet “%(sheet)s”.") % words
    front = part.front(title, told, table.firms, notes_line(lines_of_table(table), numbers))
    part.entries[sheet.title] = title
    name = table_name(table.code, part.publication.language)
    arms = making.arms.of(table) if has_chart(table) else None
    if alternative := fill_table(sheet, table, front, name=name, footer=footer, arms=arms):
        making.told.append(alternative)


def _by_group(making: _Book, part: _Part, table: ReleasedTable, number: int, footer: str) -> None:
    """The sheet of the table by group of firms, behind its own; none where it has no other groups."""
    groups = groups_of_table(part.publication, table)
    if not groups:
        return
    words = {"number": number, "measure": table.measure}
    title = _("Table %(number)s by group of firms: %(measure)s") % words
    sheet = making.sheet(_("%(number)s groups %(measure)s") % words)
    lines = list(lines_by_group(part.publication, table, groups))
    told = _("Estimates; errors, firms and crossed groups stand on the sheet “%(sheet)s”.") % {"sheet": MACHINES}
    base = _("Base: the firms of each group that the question was asked of. Weighted.")
    front = part.front(title, told, base, notes_line(lines, ()))
    part.entries[sheet.title] = title
    excel_name = table_name(f"{table.code}_by_group", part.publication.language)
    fill_by_group(sheet, front, heads_by_group(part.publication, groups), lines, name=excel_name, footer=footer)


def _printed(making: _Book, part: _Part, printed: PrintedTable, footer: str) -> None:
    sheet = making.sheet(printed.title)
    numbers = [part.notes.setdefault(sentence, len(part.notes) + 1) for sentence in printed.sentences]
    listed = " ".join(_("[note %(number)s]") % {"number": number} for number in numbers)
    part.entries[sheet.title] = printed.title
    front = part.front(printed.title, _("Response, weights and questionnaire"), notes=listed)
    name = table_name(f"text_{len(part.entries)}", part.publication.language)
    fill_printed(sheet, front, printed, name=name, footer=footer)


def _all_notes(part: _Part) -> list[tuple[str, str]]:
    numbered = [(_("[note %(number)s]") % {"number": number}, note) for note, number in part.notes.items()]
    sentences = [
        (printed.title, sentence)
        for printed in part.publication.account
        if not printed.rows
        for sentence in printed.sentences
    ]
    return [*shorthand_notes(), *numbered, *part.publication.notes, *sentences]


def _machines(making: _Book, publications: Sequence[Publication]) -> None:
    """All figures, from the first row down, without styles: programs read it, and it may have very many rows."""
    sheet = making.sheet(MACHINES)
    heads = tidy_heads(publications)
    sheet.append(heads)
    last = 1
    for last, row in enumerate(tidy_rows(publications, making.life.number), 2):
        told = {place: value for place, value in enumerate(row, 1) if value not in (None, "")}
        # Not even an empty text, which programs take for a filled cell.
        sheet.append({place: safe_text(value) if isinstance(value, str) else value for place, value in told.items()})
        for place, value in told.items():
            # openpyxl takes a text that begins so for a formula.
            if isinstance(value, str) and value.startswith("="):
                sheet.cell(last, place).data_type = "s"
    # A table of Excel needs a row below its heads.
    last = max(last, 2)
    mark_as_table(sheet, "all_figures", f"A1:{sheet.cell(last, len(heads)).coordinate}", with_filter=True)
    sheet.freeze_panes = "A2"
    print_on(sheet, LANDSCAPE, footer=publications[0].facts.wave)
    # Programs read all of it; on paper a page shows what it holds.
    sheet.print_area = f"A1:{sheet.cell(min(last, PRINTED), len(heads)).coordinate}"
