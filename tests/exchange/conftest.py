"""Reading the forms of the folder."""

from collections.abc import Callable

import pytest

from survey.exchange.xlsform import Reading, read_xlsform
from tests.exchange.markdown_forms import FOLDER, workbook


@pytest.fixture
def read(tmp_path) -> Callable[[str], Reading]:
    """Reads a form of the folder by its name."""

    def make(name: str) -> Reading:
        return read_xlsform(workbook((FOLDER / f"{name}.md").read_text("utf-8"), tmp_path / f"{name}.xlsx"))

    return make
