"""Attached files go into a backup and come back, from a folder or from a store."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pytest_django import Settings

from survey.services.operation.file_copy import FileCopy, FolderCopy, StoreCopy, file_copy

NAMES = ["cases/1/b.pdf", "cases/a.pdf", "z.txt"]


def stored(name: str) -> bytes:
    with default_storage.open(name) as file:
        return bytes(file.read())


@pytest.fixture(params=[FolderCopy, StoreCopy])
def copy(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> FileCopy:
    """A way of copying, with three files; the store is read through Django's storage."""
    settings.MEDIA_ROOT = tmp_path / "media"
    for name in NAMES:
        default_storage.save(name, ContentFile(name.encode()))
    made: FileCopy = request.param()
    return made


def test_files_are_listed_by_their_whole_names(copy: FileCopy) -> None:
    assert list(copy.names()) == NAMES


def test_file_is_read_in_and_stays_as_it_was_when_it_is_replaced(copy: FileCopy, tmp_path: Path) -> None:
    target = tmp_path / "kept"
    assert copy.read_in("z.txt", target)
    source = tmp_path / "new"
    source.write_bytes(b"new")
    copy.put_back(source, "z.txt")
    assert (target.read_bytes(), stored("z.txt")) == (b"z.txt", b"new")
    assert list(copy.names()) == NAMES


def test_file_comes_back_below_a_folder_that_is_gone(copy: FileCopy, tmp_path: Path) -> None:
    source = tmp_path / "new"
    source.write_bytes(b"new")
    copy.put_back(source, "gone/2/c.pdf")
    assert stored("gone/2/c.pdf") == b"new"


def test_file_that_has_gone_is_said_and_leaves_nothing(copy: FileCopy, tmp_path: Path) -> None:
    assert not copy.read_in("gone.pdf", tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


def test_installation_with_a_folder_copies_the_folder() -> None:
    assert isinstance(file_copy(), FolderCopy)
