"""Forms of others are counted by what became of them, and what a form asks without a trace is told."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from benchmarks.real_forms import (
    CRASH,
    LOSSES,
    REFUSED,
    WHOLE,
    forms_below,
    is_form,
    lost_silently,
    outcome_of,
    sheets_of,
)
from survey.exchange.xlsform import read_xlsform

SURVEY = [
    ("type", "name", "label", "hint", "constraint_message"),
    ("start", "start", "", "", ""),
    ("begin group", "firm", "Your firm", "", ""),
    ("integer", "staff", "How many people?", "On 31 December", "Read by nobody, as there is no limit"),
    ("select_one size", "size", "How large?", "", ""),
    ("end group", "", "", "", ""),
]
CHOICES = [("list_name", "name", "label"), ("size", "s", "Small"), ("size", "l", "Large"), ("unused", "x", "Unused")]


@pytest.fixture
def form(tmp_path: Path) -> Any:
    def made(*rows: tuple[str, ...]) -> Path:
        book = Workbook()
        for name, cells in (("survey", [*SURVEY, *rows]), ("choices", CHOICES)):
            sheet = book.create_sheet(name)
            for row in cells:
                sheet.append(row)
        del book["Sheet"]
        book.save(tmp_path / "form.xlsx")
        return tmp_path / "form.xlsx"

    return made


def outcome(path: Path) -> tuple[str, tuple[str, ...]]:
    found = outcome_of(path, sheets_of(path))
    return found.state, found.silent


def test_form_is_whole_or_has_named_losses_or_is_refused(form: Any) -> None:
    assert outcome(form()) == (WHOLE, ())
    assert outcome(form(("image", "yard", "A picture", "", ""))) == (LOSSES, ())
    assert outcome(form(("what", "who", "Where?", "", ""))) == (REFUSED, ())


def test_readable_form_that_is_called_damaged_is_a_crash(form: Any, tmp_path: Path) -> None:
    sheets = sheets_of(form())
    (tmp_path / "broken.xlsx").write_bytes(b"PK" + bytes(100))
    assert sheets_of(tmp_path / "broken.xlsx") == {}
    assert outcome_of(tmp_path / "broken.xlsx", sheets).state == CRASH


def test_question_wording_and_choice_without_a_trace_are_told(form: Any) -> None:
    path = form()
    content = read_xlsform(path).questionnaire
    assert content is not None
    told = content.to_dict()
    assert lost_silently(sheets_of(path), told, ()) == ()
    page = told["sections"][0]["pages"][0]
    page["items"][1]["options"][1]["text"]["en"] = ""
    del page["items"][0]
    assert lost_silently(sheets_of(path), told, ()) == (
        "survey 4: staff",
        "survey 4: How many people?",
        "survey 4: On 31 December",
        "choices 3: Large",
    )


def test_each_workbook_is_looked_at_once_and_only_forms_count(form: Any, tmp_path: Path) -> None:
    path = form()
    (tmp_path / "copy.xlsx").write_bytes(path.read_bytes())
    Workbook().save(tmp_path / "other.xlsx")
    found = list(forms_below(tmp_path))
    assert [(each.name, is_form(sheets_of(each))) for each in found] == [("copy.xlsx", True), ("other.xlsx", False)]
