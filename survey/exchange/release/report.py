"""The report of a release as a document for a text program: title, key figures in sentences, tables with their charts,
notes. Drawn from the content alone, in each of its languages or in one of them; figures are written as in the workbook.
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from itertools import count

from django.utils.translation import override
from docx import Document
from docx.document import Document as Report

from survey.asked_terms.speaking import speaking_of
from survey.exchange.release.report_figures import key_figures, report_columns, report_lines
from survey.exchange.release.report_pages import (
    add_facts,
    add_picture,
    add_table,
    clean,
    lay_out,
    picture_of,
)
from survey.exchange.release.table_sheet import alternative_text
from survey.exchange.release.text_sheets import Life, cover_lines, marks_of_facts, shorthand_notes
from survey.methods.released.publication import PrintedTable, Publication
from survey.methods.released.table import ReleasedTable
from survey.selectors.said import said as _


def release_report(publications: Sequence[Publication], life: Life) -> bytes:
    """The report as a .docx file; a second language begins on a page of its own."""
    report, first = Document(), publications[0]
    facts = first.facts
    with override(first.language), speaking_of(facts.asks):
        lay_out(report, clean(" · ".join([facts.survey, facts.wave, life.digest[:12]])))
    for publication in publications:
        if publication is not first:
            report.add_paragraph().paragraph_format.page_break_before = True
        with override(publication.language), speaking_of(publication.facts.asks):
            _language(report, publication, life)
    told, moment = report.core_properties, datetime.fromisoformat(facts.as_of)
    told.title, told.author, told.language = (
        clean(f"{facts.survey}: {facts.wave}"),
        clean(facts.authority),
        first.language,
    )
    # python-docx fills in its own name, a remark and a date of 2013; the same release gives the same properties again.
    told.last_modified_by, told.comments, told.created, told.modified = told.author, "", moment, moment
    file = BytesIO()
    report.save(file)
    return file.getvalue()


def _language(report: Report, publication: Publication, life: Life) -> None:
    _front(report, publication, life)
    tables = [table for table in publication.main.values() if table.cells]
    report.add_heading(_("Key figures"), 1)
    report.add_paragraph(_("Intervals hold with a confidence of 95%; figures are rounded before they leave."))
    for measure, firms, sentences in key_figures(tables):
        report.add_heading(clean(measure), 2)
        report.add_paragraph(clean(firms))
        for sentence in sentences:
            report.add_paragraph(clean(sentence), style="List Bullet")
    report.add_heading(_("Tables and charts"), 1)
    numbers = count(1)
    for table in tables:
        _table(report, table, next(numbers))
    _notes(report, publication)


def _front(report: Report, publication: Publication, life: Life) -> None:
    facts = publication.facts
    report.add_heading(clean(_("%(survey)s: %(wave)s") % {"survey": facts.survey, "wave": facts.wave}), 0)
    words = {"number": life.number, "state": life.state}
    report.add_paragraph(_("Release %(number)s, %(state)s") % words, style="Subtitle")
    for mark in marks_of_facts(facts):
        report.add_paragraph().add_run(mark).bold = True
    if publication.replaces:
        told = _("Stands for release %(number)s. Reason: %(reason)s")
        report.add_paragraph(clean(told % {"number": publication.replaces, "reason": publication.reason}))
    add_facts(report, cover_lines(facts, life))


def _table(report: Report, table: ReleasedTable, number: int) -> None:
    title = _("Table %(number)s: %(measure)s") % {"number": number, "measure": table.measure}
    report.add_heading(clean(title), 2)
    # Without a finding the title repeats what is measured, which stands above already.
    if table.title != table.measure:
        report.add_paragraph().add_run(clean(table.title)).bold = True
    report.add_paragraph(clean(table.firms))
    add_table(report, report_columns(table), report_lines(table))
    if (picture := picture_of(table)) is not None:
        add_picture(report, picture, clean(alternative_text(table)))
    for note in table.notes:
        report.add_paragraph(clean(note))


def _notes(report: Report, publication: Publication) -> None:
    report.add_heading(_("Shorthand"), 1)
    add_facts(report, shorthand_notes())
    report.add_heading(_("Notes on method"), 1)
    for heading, paragraph in publication.notes:
        report.add_heading(clean(heading), 2)
        report.add_paragraph(clean(paragraph))
    for printed in publication.account:
        if printed.rows or printed.sentences:
            _printed(report, printed)


def _printed(report: Report, printed: PrintedTable) -> None:
    report.add_heading(clean(printed.title), 2)
    for sentence in printed.sentences:
        report.add_paragraph(clean(sentence))
    if printed.rows:
        add_table(report, printed.head, printed.rows)
