"""Forms that are put in."""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.exchange.markdown_forms import FOLDER, workbook


def upload(tmp_path: Path, form: str) -> SimpleUploadedFile:
    """The workbook of a form that is written down in ``FOLDER``."""
    path = workbook((FOLDER / f"{form}.md").read_text("utf-8"), tmp_path / f"{form}.xlsx")
    return SimpleUploadedFile(path.name, path.read_bytes())
