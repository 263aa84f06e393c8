from typing import Any

import pytest

from survey.complaints import Catalogue
from survey.services.frame.complaints import FILE_CATALOGUE, NOTE_CATALOGUE, ROW_CATALOGUE, in_words

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


def test_values_of_a_complaint_stand_in_the_language_of_its_reader() -> None:
    words = {"kind": "a picture", "column": "name", "columns": ["name", "district"], "required": [], "limit": 2}
    assert in_words(words, lambda text: f"<{text}>") == {
        "kind": "<a picture>", "column": "<name of the firm>", "columns": "<name of the firm><, ><district>",
        "required": "", "limit": 2,
    }  # fmt: skip
