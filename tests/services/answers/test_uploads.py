"""Files that firms attach."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from survey.instrument.answers import parse_page
from survey.models import Case, Response
from survey.services.answers.responses import PageInput, save_answers
from survey.services.answers.uploads import UploadRefusedError, path_of, store_upload
from tests.every_type import EVERY_TYPE

PROOF = EVERY_TYPE.items["proof"]
ANYTHING = replace(PROOF, file_types=("pdf", "png", "xlsx", "docx", "csv", "html"))
PDF = b"%PDF-1.7 content"


def package(*names: str) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return stream.getvalue()


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_file_is_kept_under_a_name_of_our_own(case, media):
    reference = store_upload(case=case, item=PROOF, upload=SimpleUploadedFile("../../etc/证明 1.PDF", PDF))
    assert len(reference) == 36
    assert reference.endswith(".pdf")
    assert Path(media, path_of(case, reference)).read_bytes() == PDF


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.exe", b"MZ", "file_type"),
        ("pdf", PDF, "file_type"),
        ("a.pdf", b"", "file_empty"),
        ("a.pdf", PDF + b"x" * 100_000, "file_size"),
        ("a.pdf", b"<html>", "file_content"),
        ("a.png", PDF, "file_content"),
        ("a.xlsx", b"PK\x03\x04 no package", "file_content"),
        ("a.xlsx", package("word/document.xml"), "file_content"),
        ("a.docx", package("word/document.xml", "word/vbaProject.bin"), "file_content"),
        ("a.csv", b"a,b\0", "file_content"),
        ("a.csv", b"\xff\xd8\xff\xe0", "file_content"),
        ("a.html", b"<html>", "file_type"),
    ],
)
def test_unfit_file_is_refused(case, media, name, content, code):
    with pytest.raises(UploadRefusedError) as refusal:
        store_upload(case=case, item=ANYTHING, upload=SimpleUploadedFile(name, content))
    assert (refusal.value.code, list(media.rglob("*.*"))) == (code, [])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", package("xl/workbook.xml")),
        ("a.docx", package("word/document.xml")),
        ("a.csv", "企业,人数".encode("gb18030")),
        ("a.csv", "企业,人数".encode()),
    ],
)
def test_file_whose_content_is_what_its_name_says_is_kept_whole(case, media, name, content):
    reference = store_upload(case=case, item=ANYTHING, upload=SimpleUploadedFile(name, content))
    assert Path(media, path_of(case, reference)).read_bytes() == content


def attach(case: Case, content: bytes = PDF) -> Path:
    """A file attached and saved with its page; where it lies."""
    reference = store_upload(case=case, item=PROOF, upload=SimpleUploadedFile("a.pdf", content))
    save(case, proof=[reference])
    return Path(path_of(case, reference))


def save(case: Case, **raw: list[str]) -> None:
    page = EVERY_TYPE.pages["words"]
    current = Response.objects.filter(case=case, is_current=True).first()
    save_answers(case=case, given=PageInput(page, parse_page(page, raw), revision=current.revision if current else 0))


def test_replaced_and_removed_file_is_deleted(case, media, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first, second = attach(case), attach(case, PDF + b"2")
    assert ((media / first).exists(), (media / second).exists()) == (False, True)
    with django_capture_on_commit_callbacks(execute=True):
        save(case)
    assert not (media / second).exists()


def test_file_of_a_returned_response_is_kept(case, media, django_capture_on_commit_callbacks):
    first = attach(case)
    returned = Response.objects.get(case=case)
    Response.objects.filter(pk=returned.pk).update(is_current=False, submitted_at=timezone.now())
    Response.objects.create(case=case, version=returned.version, answers=returned.answers, revision=returned.revision)
    with django_capture_on_commit_callbacks(execute=True):
        attach(case)
    assert (media / first).exists()
