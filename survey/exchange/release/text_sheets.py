"""The sheets around the tables: cover, contents, notes, the account of weights, the codebook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from survey.exchange.release.columns import Written
from survey.exchange.release.shorthand import SHORTHAND
from survey.exchange.release.table_sheet import HEAD_ROW, Front, put_front, put_table
from survey.exchange.sheets.paper import LANDSCAPE, UPRIGHT, print_on
from survey.exchange.sheets.writing import BODY, BOLD, LINK, QUIET, TITLE, WARNED, WRAP, lines_of, put
from survey.methods.released.publication import CoverFacts, PrintedTable, Publication
from survey.selectors.said import said as _

COVER_WIDTH = 96.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What a cover says of a release besides its content: number, digest, times in words, and what it is."""

    number: int
    digest: str
    state: str
    published: str = ""


def fill_cover(sheet: Worksheet, publication: Publication, life: Life, *, contents: str, footer: str) -> None:
    """What this is, whose, of when, whom to ask, when the next one comes, and that it is provisional when it is."""
    facts = publication.facts
    put(sheet, 1, 1, _("%(survey)s: %(wave)s") % {"survey": facts.survey, "wave": facts.wave}, TITLE)
    row = 2
    for text, font in _opening(publication, life):
        put(sheet, row, 1, text, font).alignment = WRAP
        sheet.row_dimensions[row].height = 15.0 * lines_of(text, COVER_WIDTH - 6) + 3
        row += 1
    for label, value in cover_lines(facts, life):
        put(sheet, row, 1, label, BOLD)
        put(sheet, row + 1, 1, value).alignment = WRAP
        sheet.row_dimensions[row + 1].height = 15.0 * lines_of(value, COVER_WIDTH - 6) + 6
        row += 2
    put(sheet, row, 1, _("To the contents"), LINK).hyperlink = f"#'{contents}'!A1"
    sheet.cell(row, 1).font = LINK
    sheet.column_dimensions["A"].width = COVER_WIDTH
    print_on(sheet, UPRIGHT, footer=footer)


def _opening(publication: Publication, life: Life) -> list[tuple[str, object]]:
    """The lines under the title: release and state, marks, and why it stands for an earlier one."""
    facts = publication.facts
    told: list[tuple[str, object]] = [
        (_("Release %(number)s, %(state)s") % {"number": life.number, "state": life.state}, BOLD)
    ]
    told += [(mark, WARNED) for mark in marks_of_facts(facts)]
    if publication.replaces:
        words = {"number": publication.replaces, "reason": publication.reason}
        told.append((_("Stands for release %(number)s. Reason: %(reason)s") % words, BODY))
    return told


def marks_of_facts(facts: CoverFacts) -> list[str]:
    """The sentences that everything bears that is made up, or was made of a wave that was still open."""
    marks = [_("Demonstration: firms, persons and answers are made up.")] if facts.is_demonstration else []
    if facts.is_provisional:
        # A release is read long after: the wave may have closed since.
        marks.append(_("Provisional: the wave was still open when these figures were made."))
    return marks


def cover_lines(facts: CoverFacts, life: Life) -> list[tuple[str, str]]:
    """Labels and what they are of this release; what is empty has no line."""
    lines = (
        (_("Reference period"), facts.period),
        (_("Issuing authority"), facts.authority),
        (_("Form number"), facts.form_number),
        (_("Approval or record number"), facts.approval_number),
        (_("Contact"), facts.contact),
        (_("Published"), life.published),
        (_("Next publication"), facts.next_publication),
        (_("Figures as of"), facts.as_of),
        (_("Firms sampled, and firms that answered (rounded)"), f"{facts.sampled} · {facts.answered}"),
        (_("Digest of the release"), life.digest),
    )
    return [(label, value) for label, value in lines if value]


def fill_contents(sheet: Worksheet, front: Front, entries: Mapping[str, str], *, name: str, footer: str) -> None:
    """Every sheet with its title and a link to it, as a table."""
    put_front(sheet, front)
    # The way back would lead here.
    put(sheet, HEAD_ROW - 1, 1, _("Names of sheets are links."), QUIET).hyperlink = None
    lines = [[_text(sheet_name), _text(title)] for sheet_name, title in entries.items()]
    put_table(sheet, name, [_("Sheet"), _("Title")], lines)
    for row, (sheet_name, title) in enumerate(entries.items(), HEAD_ROW + 1):
        cell = sheet.cell(row, 1)
        # Quoted: names of sheets may hold blanks.
        cell.hyperlink, cell.font = "#'" + sheet_name.replace("'", "''") + "'!A1", LINK
        sheet.cell(row, 2).alignment = WRAP
        sheet.row_dimensions[row].height = 14.0 * lines_of(title, 66) + 3
    _lay_out(sheet, (36, 70), footer)


def fill_notes(sheet: Worksheet, front: Front, notes: Sequence[tuple[str, str]], *, name: str, footer: str) -> None:
    """Shorthand, the numbered notes of tables, and the notes on method, as one table."""
    put_front(sheet, front)
    lines = [[_text(about), _text(text)] for about, text in notes]
    put_table(sheet, name, [_("About"), _("Note")], lines)
    _wrap(sheet, len(lines), (30, 76))
    _lay_out(sheet, (30, 76), footer)


def _text(text: str) -> Written:
    return Written(value=text, is_sentence=True)


def shorthand_notes() -> list[tuple[str, str]]:
    """Every sign with what it means."""
    return [(sign, _(meaning)) for sign, meaning in SHORTHAND.items()]


def fill_printed(sheet: Worksheet, front: Front, table: PrintedTable, *, name: str, footer: str) -> None:
    """A table of texts, such as the codebook or one of the account of weights."""
    put_front(sheet, front)
    # No empty cells, by the guidance that the workbook follows.
    lines = [[_text(text or "–") for text in row] for row in table.rows]
    put_table(sheet, name, list(table.head), lines)
    widths = _widths(table)
    _wrap(sheet, len(lines), widths)
    _lay_out(sheet, widths, footer, is_landscape=sum(widths) > 90)


def _widths(table: PrintedTable) -> tuple[float, ...]:
    """Widths of columns by their texts, between a figure's and a sentence's."""
    texts = zip(table.head, *table.rows, strict=True)
    longest = [max(lines_of(text, 1) for text in column) for column in texts]
    return tuple(float(min(max(width + 2, 12), 42)) for width in longest)


def _wrap(sheet: Worksheet, lines: int, widths: Sequence[float]) -> None:
    for row in range(HEAD_ROW + 1, HEAD_ROW + 1 + lines):
        cells = [sheet.cell(row, column) for column in range(1, len(widths) + 1)]
        height = max(lines_of(str(cell.value), width - 3) for cell, width in zip(cells, widths, strict=True))
        # Excel takes 409 points at most; a row higher than half a page cannot be read on a screen.
        sheet.row_dimensions[row].height = min(14.5 * height + 4, 300.0)
        for cell in cells:
            cell.alignment = WRAP


def _lay_out(sheet: Worksheet, widths: Sequence[float], footer: str, *, is_landscape: bool = False) -> None:
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.row_dimensions[1].height, sheet.row_dimensions[HEAD_ROW].height = 22, 22
    sheet.freeze_panes = f"A{HEAD_ROW + 1}"
    print_on(sheet, LANDSCAPE if is_landscape else UPRIGHT, footer=footer, head_row=HEAD_ROW)
    # Said, or programs print as far as anything was ever formatted.
    sheet.print_area = f"A1:{get_column_letter(len(widths))}{sheet.max_row}"
