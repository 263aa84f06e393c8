"""The sheets around the tables: cover, contents, notes on method, response, open answers, codebook."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from survey.exchange.figures.reliability import reliability_tables
from survey.exchange.figures.shown import percentage
from survey.exchange.figures.weighting import account_tables
from survey.exchange.release.content import ReleaseContent
from survey.exchange.release.method import method_notes
from survey.exchange.sheets.writing import (
    BOLD,
    LINK,
    QUIET,
    TITLE,
    WARNED,
    WRAP,
    fit_widths,
    lines_of,
    put,
    put_head,
    put_title,
)
from survey.instrument.codebook import codebook_of
from survey.methods.weights.weighting import diagnose_weights
from survey.selectors.fieldwork.burden import LEAST_FIRMS, Burden

TEXT_WIDTH, PAGE_WIDTH = 100, 72
"""A single column as wide as an upright page: some programs cut off what they cannot break between columns."""


def fill_cover(sheet: Worksheet, content: ReleaseContent) -> int:
    """What this is, whose, of when, and the digest by which it can be made again."""
    survey, wave, release = content.wave.survey, content.wave, content.release
    put(sheet, 2, 2, str(survey), TITLE)
    put(sheet, 3, 2, _("Release %(number)s") % {"number": release.number}, BOLD)
    facts = [
        (_("Wave"), str(wave)),
        (_("Reference period"), wave.reference_period.of(content.language)),
        (_("Issuing authority"), survey.issuing_authority.of(content.language)),
        (_("Form number"), survey.form_number),
        (_("Approval or record number"), survey.approval_number),
        (_("Made at"), f"{content.made_at:%Y-%m-%d %H:%M}"),
        (_("Firms sampled"), f"{content.prepared.collected.sampled:,}"),
        (_("Firms that answered"), f"{content.prepared.collected.answered:,}"),
        (_("Digest of the release"), release.digest),
    ]
    row = 5
    for label, value in facts:
        if value:
            put(sheet, row, 2, label, QUIET)
            put(sheet, row, 3, value)
            row += 1
    for line, mark in enumerate(content.marks, row + 1):
        put(sheet, line, 2, mark, WARNED)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 3, 26
    sheet.column_dimensions["C"].width = 80
    return 0


def fill_contents(sheet: Worksheet, entries: Mapping[str, str], content: ReleaseContent) -> int:
    """Every sheet with its title and a link to it."""
    row = put_title(sheet, _("Contents"), (), marks=content.marks)
    put_head(sheet, row, [_("Sheet"), _("Title")])
    for line, (name, title) in enumerate(entries.items(), row + 1):
        cell = put(sheet, line, 1, name, LINK)
        # Quoted: names of sheets may hold blanks.
        cell.hyperlink = f"#'{name}'!A1"
        cell.font = LINK
        put(sheet, line, 2, title).alignment = WRAP
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 22, TEXT_WIDTH
    sheet.freeze_panes = f"A{row + 1}"
    return row


def fill_method(sheet: Worksheet, content: ReleaseContent) -> int:
    """The notes, and the parameters that the figures depend on."""
    row = put_title(sheet, _("Notes on method"), (), marks=content.marks)
    for heading, paragraph in method_notes(content):
        put(sheet, row, 1, heading, BOLD)
        put(sheet, row + 1, 1, paragraph).alignment = WRAP
        # Said, because no program reckons the height of wrapped text when it opens a file.
        sheet.row_dimensions[row + 1].height = 15.0 * lines_of(paragraph, PAGE_WIDTH - 4) + 4
        row += 3
    sheet.column_dimensions["A"].width = PAGE_WIDTH
    return 0


def fill_weighting(sheet: Worksheet, content: ReleaseContent) -> int:
    """Response rates, how unequal the weights are, and what filling in took."""
    weighted = content.prepared.weighted
    row = put_title(sheet, _("Response and weights"), (), marks=content.marks)
    put_head(sheet, row, [_("Measure"), _("Value")])
    head_row = row
    plain, by_weight = content.account.plain, content.account.weighted
    spread = diagnose_weights(weighted.extract.responding.weight)
    measures = [
        (_("Response rate (AAPOR RR1)"), percentage(plain.rr1)),
        (_("Response rate weighted by the design weight (RR1)"), percentage(by_weight.rr1)),
        (_("Response rate (AAPOR RR3)"), percentage(plain.rr3)),
        (_("Response rate (AAPOR RR4)"), percentage(plain.rr4)),
        (_("Response rate weighted by the design weight (RR3)"), percentage(by_weight.rr3)),
        (_("Smallest and largest weight"), f"{spread.smallest:.2f} – {spread.largest:.2f}"),
        (_("Loss of precision by unequal weights (Kish)"), f"{spread.kish_deff:.2f}"),
        (_("Effective number of answers"), f"{spread.n_eff:,.0f}"),
        *burden_measures(content.burden),
    ]
    for line, (label, value) in enumerate(measures, head_row + 1):
        for column, text in enumerate((label, value), 1):
            put(sheet, line, column, text).alignment = WRAP
    fit_widths(sheet, head_row)
    for line in range(head_row + 1, sheet.max_row + 1):
        sheet.row_dimensions[line].height = 15.0 * max(_lines_shown(cell) for cell in sheet[line]) + 2
    sheet.freeze_panes = f"A{head_row + 1}"
    return head_row


def fill_account(sheet: Worksheet, content: ReleaseContent) -> int:
    """Eligibility, factors, the frame against its estimates, likeness and numbers, then what marks mean and how often
    intervals hold, one table under another."""
    row = put_title(sheet, _("Account of the weights"), (), marks=content.marks)
    account = account_tables(content.account, content.prepared.weighted, content.words)
    for table in (*account, *reliability_tables()):
        put(sheet, row, 1, table.title, BOLD)
        for sentence in table.sentences:
            row += 1
            put(sheet, row, 1, sentence)
        row += 1
        if table.rows:
            put_head(sheet, row, table.head)
        for texts in table.rows:
            row += 1
            for column, text in enumerate(texts, 1):
                put(sheet, row, column, text)
        row += 2
    sheet.column_dimensions["A"].width = 34
    for letter in "BCDEFGHI":
        sheet.column_dimensions[letter].width = 16
    return 0


def _lines_shown(cell: Cell) -> int:
    """Lines that the text of a cell takes in its column."""
    return lines_of(str(cell.value or ""), cell.parent.column_dimensions[cell.column_letter].width - 2)


def burden_measures(burden: Burden) -> list[tuple[str, str]]:
    """The burden account, where enough firms filled in on the web."""
    if burden.firms < LEAST_FIRMS:
        return []
    return [
        (_("Minutes to fill in, median of the web responses"), f"{burden.median_minutes:.0f}"),
        (_("Hours that these firms spent"), f"{burden.hours:,.1f}"),
    ]


def fill_open_answers(sheet: Worksheet, answers: Mapping[str, Sequence[str]], content: ReleaseContent) -> int:
    """What firms wrote in their own words, in alphabetical order, without anything about the firm."""
    note = _("Read these answers before passing them on, and delete what would tell which firm wrote them.")
    row = put_title(sheet, _("Open answers"), [note], marks=content.marks)
    put_head(sheet, row, [_("Item"), _("Answer")])
    lines = [(item, text) for item, texts in answers.items() for text in texts]
    for line, (item, text) in enumerate(lines, row + 1):
        put(sheet, line, 1, item)
        put(sheet, line, 2, text).alignment = WRAP
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 18, TEXT_WIDTH
    sheet.freeze_panes = f"A{row + 1}"
    return row


def fill_codebook(sheet: Worksheet, content: ReleaseContent) -> int:
    """Every variable of the questionnaire with its codes."""
    row = put_title(sheet, _("Codebook"), (), marks=content.marks)
    put_head(sheet, row, [_("Variable"), _("Wording"), _("Codes"), _("Non-answers"), _("Unit"), _("Asked if")])
    for line, variable in enumerate(codebook_of(content.questionnaire), row + 1):
        codes, missing = (
            "; ".join(f"{code} = {label.of(content.language)}" for code, label in pairs)
            for pairs in (variable.codes, variable.missing)
        )
        texts = (variable.name, variable.label.of(content.language), codes, missing,
                 variable.unit.of(content.language), variable.base)  # fmt: skip
        for column, text in enumerate(texts, 1):
            put(sheet, line, column, text).alignment = WRAP
        # Excel takes 409 points at most; a row higher than half a page cannot be read on a screen.
        sheet.row_dimensions[line].height = min(15.0 * max(lines_of(text, 44) for text in texts) + 2, 200.0)
    for letter, width in zip("ABCDEF", (28, 48, 48, 30, 14, 40), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"B{row + 1}"
    return row
