"""Attached files go into a backup and come back, from a folder or from a store that speaks S3."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage

CHUNK = 1 << 20


class FileCopy(Protocol):
    """How files of one kind of place are listed, read in and put back; names have their folders before them."""

    def names(self) -> Iterator[str]: ...
    def read_in(self, name: str, target: Path) -> bool: ...
    def put_back(self, source: Path, name: str) -> None: ...


class FolderCopy:
    """Files below MEDIA_ROOT."""

    def names(self) -> Iterator[str]:
        root = Path(settings.MEDIA_ROOT)
        for path in sorted(root.rglob("*")):
            if path.is_file():
                yield path.relative_to(root).as_posix()

    def read_in(self, name: str, target: Path) -> bool:
        """A hard link (or copy), which stays when the file is replaced; false where the file has gone."""
        original = Path(settings.MEDIA_ROOT) / name
        try:
            os.link(original, target)
        except FileNotFoundError:
            return False
        except OSError:  # another file system: copy
            try:
                shutil.copyfile(original, target)
            except FileNotFoundError:
                return False
        return True

    def put_back(self, source: Path, name: str) -> None:
        """Over what stands there."""
        target = Path(settings.MEDIA_ROOT) / name
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f".{target.name}.partial")
        shutil.copyfile(source, partial)
        # Within one folder a rename is atomic: a reader gets the old file or the new one.
        partial.replace(target)


class StoreCopy:
    """Files in a store, each by its name."""

    def names(self) -> Iterator[str]:
        yield from sorted(self._below(""))

    def _below(self, folder: str) -> Iterator[str]:
        folders, files = default_storage.listdir(folder)
        # A store names a folder itself among its files, by an empty name.
        yield from (f"{folder}{name}" for name in files if name)
        for name in folders:
            yield from self._below(f"{folder}{name}/")

    def read_in(self, name: str, target: Path) -> bool:
        try:
            with default_storage.open(name) as source, target.open("wb") as writer:
                shutil.copyfileobj(source, writer, CHUNK)
        except FileNotFoundError:
            target.unlink(missing_ok=True)
            return False
        return True

    def put_back(self, source: Path, name: str) -> None:
        """Over what stands there. A name never comes back as another one: answers know the file by it."""
        # First: a store that finds the name taken keeps the file under another one.
        default_storage.delete(name)
        with source.open("rb") as reader:
            stored = default_storage.save(name, File(reader, name))
        if stored != name:
            raise OSError(f"The store kept {name} as {stored}.")


def file_copy() -> FileCopy:
    """The way of the place where this installation keeps its files."""
    # The storage is a lazy object, which says itself of which class it is.
    return FolderCopy() if isinstance(default_storage, FileSystemStorage) else StoreCopy()
