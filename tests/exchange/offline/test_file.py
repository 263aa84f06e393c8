"""The file of an offline form: any program may have saved it, and what is no such file is refused with a sentence."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from django.utils import timezone
from openpyxl import Workbook

from survey.exchange.offline.file import read_sheets
from survey.exchange.offline.reading import FilledForm, read_offline_form
from survey.models import Case
from survey.selectors.respondent.session import filling_of
from survey.services.answers.offline_refusals import OfflineFormRefused
from tests.exchange import resaved_forms as resaved
from tests.exchange.forms_filled_in import WITHOUT_CLOUD, fill_in, handed_out, questions, saved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
ANSWERS = {**WITHOUT_CLOUD, "tick:protocols:opc": "√", "item:remark": "Line 😀 & <b>", "item:bill": 12.5}
RAW = {
    "employees": ["20"],
    "has_cloud": ["no"],
    "cost": ["4"],
    "protocols": ["opc"],
    "remark": ["Line 😀 & <b>"],
    "bill": ["12.5"],
}
PROGRAMS = {
    "shared": [resaved.shared_strings],
    "floats": [resaved.whole_numbers_as_floats],
    "plain": [resaved.without_validations, resaved.without_protection, resaved.without_dimension],
    "long": [resaved.styled_to_the_last_row],
    "properties": [resaved.odd_properties],
}


def read(case: Case, path: Path) -> FilledForm:
    return read_offline_form(path, filling_of(Case.objects.get(pk=case.pk), timezone.now()))


def refusal(path: Path) -> OfflineFormRefused:
    with pytest.raises(OfflineFormRefused) as refused:
        read_sheets(path)
    assert refused.value.complaint.sentences()
    return refused.value


@pytest.mark.parametrize("program", PROGRAMS)
def test_answers_are_the_same_whatever_program_saved_the_form(case: Case, tmp_path: Path, program: str) -> None:
    path = resaved.rewritten(saved(fill_in(handed_out(case), ANSWERS), tmp_path), *PROGRAMS[program])  # type: ignore[misc]
    assert dict(read(case, path).form.raw) == RAW


def test_sheets_may_be_moved_renamed_added_and_deleted(case: Case, tmp_path: Path) -> None:
    book = fill_in(handed_out(case), ANSWERS)
    sheet = questions(book)
    notes = book.create_sheet("我的备注", 0)
    notes["A1"], notes["B90"] = "=1/0", "ask the boss"
    book.move_sheet(sheet, -1)
    sheet.title = "问卷（已填）"
    del book["choices"], book["Instructions"]
    filled = read(case, saved(book, tmp_path))
    assert (dict(filled.form.raw), filled.sheet) == (RAW, "问卷（已填）")


def test_merged_title_comments_and_filters_do_not_matter(case: Case, tmp_path: Path) -> None:
    book = fill_in(handed_out(case), ANSWERS)
    sheet = questions(book)
    sheet.merge_cells("A1:E1")
    sheet.auto_filter.ref = "A2:E40"
    sheet.column_dimensions["B"].width = 200
    assert dict(read(case, saved(book, tmp_path)).form.raw) == RAW


def test_questions_twice_are_refused_by_name(case: Case, tmp_path: Path) -> None:
    book = handed_out(case)
    book.copy_worksheet(questions(book)).title = "Old answers"
    with pytest.raises(OfflineFormRefused) as refused:
        read(case, saved(book, tmp_path))
    assert refused.value.complaint.parameters == {"first": "Questionnaire", "second": "Old answers"}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("xl/vbaProject.bin", b"x", "macros"),
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet", "other_workbook"),
        ("xl/workbook.bin", b"x", "other_workbook"),
        ("xl/workbook.xml", b'<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>', "other_workbook"),
    ],
)
def test_workbook_of_another_kind_is_refused_with_the_kind_to_save_as(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    path = resaved.rewritten(saved(Workbook(), tmp_path), resaved.with_part(name, content))
    found = refusal(path)
    assert (found.code, "Excel workbook (.xlsx)" in found.complaint.sentences()) == (code, True)


@pytest.mark.parametrize(("stream", "code"), [("Workbook", "other_workbook"), ("EncryptedPackage", "password")])
def test_old_and_locked_workbooks_are_told_apart(tmp_path: Path, stream: str, code: str) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le"))
    assert refusal(path).code == code


def test_archive_with_a_wrong_checksum_is_damaged(tmp_path: Path) -> None:
    path = saved(Workbook(), tmp_path)
    with ZipFile(path) as archive:
        entry = archive.getinfo("docProps/core.xml")
    content = bytearray(path.read_bytes())
    place = entry.header_offset + 30 + len(entry.filename) + 20
    content[place : place + 4] = b"\0\0\0\0"
    path.write_bytes(content)
    assert refusal(path).code == "damaged"
