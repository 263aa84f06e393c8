import pytest
from django.utils import translation

from survey.services.frame.complaints import NOTES, REFUSALS, ROW_ERRORS, sentences

EVERYTHING = {
    "name": "x", "megabytes": 1, "limit": 2, "kind": "a picture", "detail": "d", "position": 3, "line": 4, "sheet": "s",
    "cell": "A1", "rows": 5, "columns": ["name"], "headers": "h", "required": ["name"], "sheets": "a, b", "header": "h",
    "unit": "u", "column": "name", "value": "v", "length": 6, "known": "k", "count": 7, "title": "t",
}  # fmt: skip
CODES = [(catalogue, code) for catalogue in (REFUSALS, ROW_ERRORS, NOTES) for code in catalogue]


@pytest.mark.parametrize(("catalogue", "code"), CODES, ids=[code for _, code in CODES])
def test_every_complaint_says_problem_and_repair(catalogue, code):
    needed = {"sheet_too_large": {"columns": 200}}.get(code, {})
    with translation.override("en"):
        problem, mend = sentences(catalogue, code, EVERYTHING | needed)
    assert (problem[-1] in ".:", mend[-1], "%" in problem + mend) == (True, ".", False)
