"""Files that a row names, stored after the transaction that names them: what is undone leaves no file behind, which
nothing would name and nothing would ever remove."""

from typing import TYPE_CHECKING

from django.db.models.fields.files import FieldFile

if TYPE_CHECKING:
    from django.core.files.base import File


def name_file(file: FieldFile, name: str) -> None:
    """Let the row, which the caller saves, say under which name its file will be stored."""
    file.name = file.field.generate_filename(file.instance, name)


def store_named(file: FieldFile, content: "File[bytes]") -> None:
    """Store what a row names by now. A file that cannot be stored takes its row with it."""
    name = str(file.name)
    try:
        # First: a store that finds the name taken, by a database that was here before, would give another one.
        file.storage.delete(name)
        file.storage.save(name, content)
    # Whatever it is: a disk raises OSError, a store elsewhere errors of its own.
    except Exception:
        file.instance.delete()
        raise
