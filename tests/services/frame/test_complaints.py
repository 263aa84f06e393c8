from typing import Any

import pytest

from survey.complaints import Catalogue
from survey.services.frame.complaints import FILE_CATALOGUE, NOTE_CATALOGUE, ROW_CATALOGUE

EVERYTHING = {
    "name": "x", "megabytes": 1, "limit": 2, "kind": "a picture", "detail": "d", "position": 3, "line": 4, "sheet": "s",
    "cell": "A1", "rows": 5, "columns": ["name"], "headers": "h", "required": ["name"], "sheets": "a, b", "header": "h",
    "unit": "u", "column": "name", "value": "v", "length": 6, "known": "k", "count": 7, "title": "t",
    "edition": "e",
}  # fmt: skip
CODES = [
    (catalogue, code) for catalogue in (FILE_CATALOGUE, ROW_CATALOGUE, NOTE_CATALOGUE) for code in catalogue.entries
]


@pytest.mark.parametrize(("catalogue", "code"), CODES, ids=[code for _, code in CODES])
def test_every_complaint_says_problem_and_repair(catalogue: Catalogue, code: str) -> None:
    needed: dict[str, Any] = {"sheet_too_large": {"columns": 200}}.get(code, {})
    complaint = catalogue.complaint(code, **(EVERYTHING | needed))  # type: ignore[arg-type]
    message, repair = complaint.message(), complaint.repair()
    assert (message[-1] in ".:", repair[-1], "%" in message + repair) == (True, ".", False)
