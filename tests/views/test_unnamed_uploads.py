from io import BytesIO
from pathlib import Path

from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import UploadedFile
from django.test import RequestFactory
from pytest_django import Settings

from survey.views.unnamed_uploads import UnnamedUploadHandler

CONTENT = "甲公司,0755-12345678\n".encode() * 100


def posted(settings: Settings, tmp_path: Path) -> UploadedFile[bytes]:
    """A file of a request that is too large for memory."""
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    file = BytesIO(CONTENT)
    file.name = "list.csv"
    found = RequestFactory().post("/", {"file": file}).FILES["file"]
    assert isinstance(found, UploadedFile)
    return found


def test_large_upload_is_in_no_file_with_a_name(settings: Settings, tmp_path: Path) -> None:
    file = posted(settings, tmp_path)
    assert (file.name, file.size, file.read(), list(tmp_path.iterdir())) == ("list.csv", len(CONTENT), CONTENT, [])


def test_large_upload_is_stored_whole(settings: Settings, tmp_path: Path) -> None:
    file = posted(settings, tmp_path)
    storage = FileSystemStorage(tmp_path / "kept")
    with storage.open(storage.save("list.csv", file), "rb") as stored:
        assert stored.read() == CONTENT


def test_upload_that_breaks_off_before_its_file_is_let_go() -> None:
    handler = UnnamedUploadHandler()
    handler.upload_interrupted()
    handler.new_file("file", "list.csv", "text/csv", 0)
    handler.upload_interrupted()
    assert handler.file.closed
