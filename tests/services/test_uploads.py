"""Files that firms attach."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from survey.services.uploads import UploadRefusedError, path_of, store_upload
from tests.every_type import EVERY_TYPE

PROOF = EVERY_TYPE.items["proof"]
PDF = b"%PDF-1.7 content"

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
    ],
)
def test_unfit_file_is_refused(case, media, name, content, code):
    with pytest.raises(UploadRefusedError) as refusal:
        store_upload(case=case, item=PROOF, upload=SimpleUploadedFile(name, content))
    assert (refusal.value.code, list(media.rglob("*.*"))) == (code, [])
