"""Files that firms attach."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from survey.instrument.answers import parse_page
from survey.models import Case, Response
from survey.services.answers.errors import CollectionClosedError
from survey.services.answers.responses import PageInput, save_answers
from survey.services.answers.uploads import UploadRefusedError, keep_uploads, name_upload, path_of
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
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_file_gets_a_name_of_our_own() -> None:
    reference = name_upload(PROOF, SimpleUploadedFile("../../etc/证明 1.PDF", PDF))
    assert len(reference) == 36
    assert reference.endswith(".pdf")


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
def test_unfit_file_is_refused(name: str, content: bytes, code: str) -> None:
    with pytest.raises(UploadRefusedError) as refusal:
        name_upload(ANYTHING, SimpleUploadedFile(name, content))
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", package("xl/workbook.xml")),
        ("a.docx", package("word/document.xml")),
        ("a.csv", "企业,人数".encode("gb18030")),
        ("a.csv", "企业,人数".encode()),
    ],
)
def test_file_whose_content_is_what_its_name_says_is_kept_whole(
    case: Case,
    media: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    name: str,
    content: bytes,
) -> None:
    upload = SimpleUploadedFile(name, content)
    reference = name_upload(ANYTHING, upload)
    with django_capture_on_commit_callbacks(execute=True):
        keep_uploads(case=case, uploads={reference: upload}, answers={"proof": reference})
    assert Path(media, path_of(case, reference)).read_bytes() == content


def test_file_that_no_answer_names_is_not_kept(
    case: Case, media: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        keep_uploads(case=case, uploads={"a.pdf": SimpleUploadedFile("a.pdf", PDF)}, answers={"proof": "b.pdf"})
    assert list(media.rglob("*.*")) == []


def test_file_is_stored_after_the_answers_that_name_it_and_not_before(
    case: Case, media: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        path = attach(case)
        assert not (media / path).exists()
    assert (media / path).read_bytes() == PDF


@pytest.mark.django_db(transaction=True)
def test_transaction_that_is_undone_leaves_no_file(case: Case, media: Path) -> None:
    with transaction.atomic():
        attach(case)
        transaction.set_rollback(True)
    assert list(media.rglob("*.*")) == []


def test_file_that_came_too_late_is_kept_with_the_late_draft(
    case: Case, media: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(CollectionClosedError):
        attach(case, clock=lambda: case.wave.closes_at + timedelta(days=1))
    assert [path.read_bytes() for path in media.rglob("*.pdf")] == [PDF]
    assert list(case.late_drafts.get().answers) == ["proof"]


def test_file_that_came_too_late_is_deleted_where_another_comes_for_it(
    case: Case, media: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    for content in (PDF, PDF + b"2"):
        with django_capture_on_commit_callbacks(execute=True), pytest.raises(CollectionClosedError):
            attach(case, content, clock=lambda: case.wave.closes_at + timedelta(days=1))
    assert [path.read_bytes() for path in media.rglob("*.pdf")] == [PDF + b"2"]


def test_file_that_cannot_be_stored_is_taken_out_of_the_draft(
    case: Case, settings: Settings, tmp_path: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    (tmp_path / "full").write_text("not a folder")
    settings.MEDIA_ROOT = tmp_path / "full"
    with pytest.raises(OSError), django_capture_on_commit_callbacks(execute=True):  # noqa: PT011
        attach(case)
    assert "proof" not in Response.objects.get(case=case).answers


def attach(case: Case, content: bytes = PDF, clock: Callable[[], datetime] = timezone.now) -> Path:
    """A file attached and saved with its page; where it lies once the transaction holds."""
    upload = SimpleUploadedFile("a.pdf", content)
    reference = name_upload(PROOF, upload)
    save(case, {reference: upload}, clock, proof=[reference])
    return Path(path_of(case, reference))


def save(
    case: Case,
    files: Mapping[str, SimpleUploadedFile] | None = None,
    clock: Callable[[], datetime] = timezone.now,
    **raw: list[str],
) -> None:
    page = EVERY_TYPE.pages["words"]
    current = Response.objects.filter(case=case, is_current=True).first()
    revision = current.revision if current else 0
    given = PageInput(page=page, parsed=parse_page(page, raw), revision=revision, files=files or {})
    save_answers(case=case, given=given, clock=clock)


def test_replaced_and_removed_file_is_deleted(
    case: Case, media: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first, second = attach(case), attach(case, PDF + b"2")
    assert ((media / first).exists(), (media / second).exists()) == (False, True)
    with django_capture_on_commit_callbacks(execute=True):
        save(case)
    assert not (media / second).exists()


def test_file_of_a_returned_response_is_kept(
    case: Case, media: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first = attach(case)
    returned = Response.objects.get(case=case)
    Response.objects.filter(pk=returned.pk).update(is_current=False, submitted_at=timezone.now())
    Response.objects.create(case=case, version=returned.version, answers=returned.answers, revision=returned.revision)
    with django_capture_on_commit_callbacks(execute=True):
        attach(case)
    assert (media / first).exists()
