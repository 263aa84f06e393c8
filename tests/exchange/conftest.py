"""Reading the forms of the folder."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from survey.exchange.xlsform import Reading, read_xlsform
from tests.exchange.markdown_forms import FOLDER, workbook


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], Reading]:
    """Reads a form of the folder by its name; the data files of the folder lie beside it."""
    for file in (*FOLDER.glob("*.csv"), *FOLDER.glob("*.xml")):
        shutil.copy(file, tmp_path)

    def make(name: str) -> Reading:
        return read_xlsform(workbook((FOLDER / f"{name}.md").read_text("utf-8"), tmp_path / f"{name}.xlsx"))

    return make
