"""Refusals of an offline form say what is wrong and what to do."""

import re
import string
from typing import Any

import pytest
from django.utils import translation

from survey.services.answers.offline_refusals import REFUSALS, OfflineFormRefused

GIVEN: dict[str, Any] = {
    "limit": 5,
    "kind": "a PDF",
    "first": "A",
    "second": "B",
    "wave": "2026",
    "cell": "B7",
    "sheet": "Form",
}


@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_refusal_is_two_sentences_without_an_open_place(code: str) -> None:
    with translation.override("en"):
        error = OfflineFormRefused(code, **GIVEN)
        said = [error.complaint.message(), error.complaint.repair()]
    assert [text[-1] in string.punctuation for text in said] == [True, True]
    assert [re.findall(r"%\(\w+\)", text) for text in said] == [[], []]


def test_refusal_names_cell_and_sheet() -> None:
    assert OfflineFormRefused("outside", **GIVEN).complaint.message() == (
        "Cell B7 of the sheet “Form” holds something where nothing is asked."
    )
