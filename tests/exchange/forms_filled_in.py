"""An offline form as a firm fills it in: handed out, opened, written into by the name of its rows, and saved."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from django.utils import timezone
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from survey.exchange.offline.form import offline_form, question_sheet
from survey.exchange.offline.style import ANSWER, EXPLANATION, NAME
from survey.models import Case
from survey.selectors.respondent.session import filling_of
from survey.services.answers.offline_returns import new_identity

WITHOUT_CLOUD = {"item:employees": 20, "item:has_cloud": "No", "item:cost": "Serious"}
"""The least that a firm without a cloud has to fill in."""


def handed_out(case: Case, language: str = "en") -> Workbook:
    filling = filling_of(Case.objects.select_related("wave__survey", "wave__version").get(pk=case.pk), timezone.now())
    return load_workbook(BytesIO(offline_form(filling, new_identity(filling, language))))


def cell_of(book: Workbook, name: str, column: str = ANSWER) -> str:
    """The address of a row's cell, such as ``C7``."""
    sheet = questions(book)
    return next(f"{column}{cell.row}" for cell in sheet[NAME] if cell.value == name)


def questions(book: Workbook) -> Worksheet:
    return next(book[name] for name in (question_sheet("en"), question_sheet("zh")) if name in book.sheetnames)


def fill_in(book: Workbook, answers: Mapping[str, Any], explanations: Mapping[str, str] | None = None) -> Workbook:
    for name, value in answers.items():
        questions(book)[cell_of(book, name)] = value
    for item, text in (explanations or {}).items():
        questions(book)[cell_of(book, f"item:{item}", EXPLANATION)] = text
    return book


def saved(book: Workbook, folder: Path) -> Path:
    path = folder / "form.xlsx"
    book.save(path)
    return path


def content(book: Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
