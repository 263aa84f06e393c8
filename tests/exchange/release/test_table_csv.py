"""Labels of a table as CSV: never a formula to the spreadsheet that opens it."""

import csv
from io import StringIO
from typing import Any

import pytest

from survey.exchange.release.table_csv import About, table_csv
from survey.exchange.sheets.plain_cells import no_formula
from survey.methods.production import prepare, produce
from tests.methods.test_production import EVERYTHING_SHOWN, seven_firms
from tests.methods.words import WORDS, tables


def lines(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.fixture(scope="module")
def ranking() -> Any:
    planned = tables(WORDS)
    return produce(prepare(seven_firms(), WORDS, EVERYTHING_SHOWN), WORDS, planned)["ranking"]


def test_label_that_begins_as_a_formula_is_a_text(ranking: Any) -> None:
    about = About(wave="=1+1", firms="@SUM(A1)", remark="-2+3")
    first = lines(table_csv(ranking, about))[0]
    assert (first["wave"], first["filter"], first["remark"]) == ("'=1+1", "'@SUM(A1)", "'-2+3")


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "＝1"])
def test_text_that_a_spreadsheet_would_compute_gets_an_apostrophe(text: str) -> None:
    assert no_formula(text) == f"'{text}"


@pytest.mark.parametrize("value", [-1.5, 0, None, "1-2", "设备=1", ""])
def test_number_and_other_text_stay(value: Any) -> None:
    assert no_formula(value) == value
