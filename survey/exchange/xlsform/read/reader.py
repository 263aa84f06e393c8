"""A form from its file to a questionnaire; everything that was not read is named."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from survey.complaints import WHOLE, Place, Weight
from survey.exchange.xlsform.dialect.expressions import names_written
from survey.exchange.xlsform.dialect.look_ups import columns_read
from survey.exchange.xlsform.dialect.reading_order import in_reading_order
from survey.exchange.xlsform.file.workbook import (
    CHOICES,
    EDIT_RULES,
    EXTERNAL_CHOICES,
    SETTINGS,
    SURVEY,
    Book,
    read_book,
)
from survey.exchange.xlsform.findings import Findings
from survey.exchange.xlsform.form_rows import CALCULATE, LABEL, XlsformRow
from survey.exchange.xlsform.languages import (
    Languages,
    exported_languages,
    is_english,
    is_traditional,
    languages_of_form,
)
from survey.exchange.xlsform.read.choice_lists import choice_lists
from survey.exchange.xlsform.read.data_files import data_tables, file_choices
from survey.exchange.xlsform.read.edit_rules import edit_rules
from survey.exchange.xlsform.read.form import Form
from survey.exchange.xlsform.read.form_tree import element_names, tree_of
from survey.exchange.xlsform.read.lengths import overlong
from survey.exchange.xlsform.read.lint_errors import note_lint_errors
from survey.exchange.xlsform.read.never_asked import without_never_asked
from survey.exchange.xlsform.read.pyxform_rules import check_rules, is_recorded, rows_of_sheet
from survey.exchange.xlsform.read.repeats import with_entries
from survey.exchange.xlsform.read.structure import Structure
from survey.exchange.xlsform.read.tables import name_table_cells
from survey.exchange.xlsform.read.unread_parts import (
    is_translated,
    language_in,
    note_unread_cells,
    note_unread_choices,
    note_unread_settings,
    note_unread_sheets,
)
from survey.exchange.xlsform.reading import Progress, Reading, no_progress
from survey.instrument.schema import Questionnaire, Text
from survey.services.frame.complaints import FrameFileRefused
from survey.terms import gettext_noop

EXPORT_MARK = "tongdian_export"
"""The setting that says that every cell is to be taken to the letter."""
# That of the questionnaire's column.
LONGEST_QUESTIONNAIRE_CODE = 40
STEPS = 4
"""Reading the file, the rules of XLSForm, the questions, the check before publishing."""
_STRANGE = re.compile(r"[^A-Za-z0-9]+")


def read_form(path: Path, progress: Progress = no_progress) -> Reading:
    """The questionnaire in a file, and every finding; ``progress`` is told the steps done and the steps in all."""
    findings = Findings()
    try:
        book = read_book(path)
    except FrameFileRefused as refused:
        findings.add(refused.code, WHOLE, **refused.complaint.parameters)
        return Reading(None, findings.in_order())
    progress(1, STEPS)
    # What can be read wrongly is refused before pyxform reads it: of two equal headers it would take one.
    if not (is_legible(book, findings) and check_rules(book, path.stem, findings)):
        return Reading(None, findings.in_order())
    progress(2, STEPS)
    content, form = _questionnaire(book, path, findings)
    progress(3, STEPS)
    _check(content, form)
    progress(STEPS, STEPS)
    found = findings.in_order()
    is_refused = any(finding.weight is Weight.ERROR for finding in found)
    return Reading(None if is_refused else content, found)


def is_legible(book: Book, findings: Findings) -> bool:
    """Whether every column has a name of its own and every cell a value; what has not becomes a finding."""
    for sheet in book.sheets.values():
        for cell in sheet.strays:
            findings.add("stray_cell", Place(sheet=sheet.name, cell=cell), cell)
        for header in sorted({name for name in sheet.headers if sheet.headers.count(name) > 1}):
            findings.add("column_twice", Place(sheet=sheet.name, row=1, column=header), header)
        for row, header in sheet.without_value:
            findings.add("formula", Place(sheet=sheet.name, row=row, column=header))
    return all(finding.weight is not Weight.ERROR for finding in findings.found)


def _questionnaire(book: Book, path: Path, findings: Findings) -> tuple[Questionnaire, Form]:
    survey, stem = rows_of_sheet(book.sheet(SURVEY)), path.stem
    files = data_tables(survey, path.parent)
    listed = (*rows_of_sheet(book.sheet(CHOICES)), *rows_of_sheet(book.sheet(EXTERNAL_CHOICES)))
    choices = (*listed, *file_choices(survey, files))
    settings = next(iter(rows_of_sheet(book.sheet(SETTINGS))), None)
    rules = rows_of_sheet(book.sheet(EDIT_RULES))
    languages = _languages((*survey, *choices, *rules), settings, findings)
    lists = choice_lists(choices, languages, findings)
    # Before the tree: a filter may name a column that no other rule of the form reads.
    lists.filters |= columns_read(_cells(survey))
    tree = with_entries(tree_of(survey, findings), lists.rows, findings)
    names = element_names(tree, lists.name_codes(), findings)
    names.tables |= {file.rpartition(".")[0]: table.rows for file, table in files.items()} | lists.as_tables(names)
    names.version = settings.get("version") if settings else ""
    names.is_to_the_letter = bool(settings and settings.get(EXPORT_MARK))
    form = Form(
        lists=lists,
        names=names,
        languages=languages,
        findings=findings,
        mentioned=names_written(_cells((*survey, *listed))),
    )
    # When all codes are known, and before any rule is translated.
    name_table_cells(tree, form)
    title = _title(settings, stem, languages)
    content = Questionnaire(
        code=_code(settings, stem, findings),
        title=title,
        sections=Structure(form=form, title=title).of(tree),
        edit_rules=edit_rules(rules, form),
    )
    # The export has its own order already, and its digest must come back unchanged.
    if not languages.verbatim:
        content = without_never_asked(content, form)
        content, moved = in_reading_order(content)
        for code in moved:
            findings.add("moved", form.place_of("item", code, CALCULATE), code)
    # Last: only now it is known what of the sheets something has read.
    note_unread_cells(survey, findings)
    note_unread_choices(lists, findings)
    note_unread_settings(settings, findings)
    note_unread_sheets(book, findings)
    return content, form


def _cells(rows: Iterable[XlsformRow]) -> Iterator[str]:
    """Every cell that says something; the labels of what a device fills in do not."""
    return (cell for row in rows for column, cell in row.filled() if not (is_translated(column) and is_recorded(row)))


def _check(content: Questionnaire, form: Form) -> None:
    if not content.items:
        form.findings.add("nothing_asked", Place(sheet=SURVEY))
        return
    for kind, code, field, length, limit in overlong(content):
        place = form.place_of(kind, code, ("name",))
        form.findings.add("too_long", place, code, field=field, length=length, limit=limit)
    note_lint_errors(content, form)


def _languages(rows: Sequence[XlsformRow], settings: XlsformRow | None, findings: Findings) -> Languages:
    written = [(column, cell) for row in rows for column, cell in row.filled() if is_translated(column)]
    named = [language for column, _ in written if (language := language_in(column))]
    if settings and settings.get(EXPORT_MARK):
        return exported_languages(named)
    unnamed = [cell for column, cell in written if not language_in(column)]
    languages = languages_of_form(named, settings.get("default_language") if settings else "", unnamed)
    english, chinese = languages.column_of("en"), languages.column_of("zh")
    is_plain = any(column == LABEL for column, _ in written)
    if english and not is_english(english) and not is_plain:
        findings.add("language_in_place", Place(sheet=SURVEY), english, language=gettext_noop("English"))
    if chinese and is_traditional(chinese):
        findings.add("language_in_place", Place(sheet=SURVEY), chinese, language=gettext_noop("Chinese"))
    return languages


def _title(settings: XlsformRow | None, stem: str, languages: Languages) -> Text:
    """The title in the languages of an export; a form of others says it in one, which its letters tell."""
    if settings and settings.get(EXPORT_MARK):
        further = settings.raw("tongdian_title_others")
        both = {"zh": settings.raw("tongdian_title_zh"), "en": settings.raw("tongdian_title_en")}
        return Text.from_dict({**both, **(json.loads(further) if further else {})})
    title = (settings.get("title") if settings else "") or (settings.get("id_string") if settings else "") or stem
    return Text(zh=title) if re.search(r"[\u4e00-\u9fff]", title) else Text(en=title)


def _code(settings: XlsformRow | None, stem: str, findings: Findings) -> str:
    written = (settings.get("id_string") if settings else "") or stem
    if settings and settings.get(EXPORT_MARK):
        return written
    slug = _STRANGE.sub("_", written).strip("_")
    # A code of ours begins with a letter, as names of variables in statistical programs do.
    code = (slug if slug[:1].isalpha() else f"form_{slug}")[:LONGEST_QUESTIONNAIRE_CODE].rstrip("_")
    if not slug:
        findings.add("code_missing", settings.place("id_string") if settings else Place(sheet=SETTINGS))
    elif code != written:
        findings.add("renamed", settings.place("id_string") if settings else Place(sheet=SETTINGS), written, name=code)
    return code
