"""Forms that are written in a test."""

from collections.abc import Callable
from pathlib import Path

import pytest

from survey.exchange.xlsform import Reading, read_xlsform
from tests.exchange.markdown_forms import workbook


@pytest.fixture
def read_text(tmp_path: Path) -> Callable[..., Reading]:
    """Reads a form out of its text, as a file of this name."""
    return lambda text, name="form": read_xlsform(workbook(text, tmp_path / f"{name}.xlsx"))
