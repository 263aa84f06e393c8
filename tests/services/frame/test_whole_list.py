"""What only the whole list tells: codes that stand in several rows, and whether industries are finer than divisions."""

import pandas as pd
import pytest

from survey.selectors.design.classifications import Classifications
from survey.services.frame.columns import FrameColumn
from survey.services.frame.whole_list import look_through
from tests.frame_lists import CODES


def part(first: int, *rows: tuple[str, str]) -> pd.DataFrame:
    """Rows of (credit code, industry) from this number on."""
    index = range(first, first + len(rows))
    return pd.DataFrame(rows, columns=[FrameColumn.CREDIT_CODE, FrameColumn.INDUSTRY], index=index, dtype=object)


def test_repeated_code_is_found_across_parts_in_any_spelling(classifications: Classifications) -> None:
    parts = [part(2, (CODES[0], "39"), (CODES[1], "39")), part(4, (f" {CODES[0].lower()} ", "39"), ("", "39"))]
    whole, rows = look_through(parts, classifications)
    assert (whole.repeated.to_dict(), whole.finer, rows) == ({2: "2, 4", 4: "2, 4"}, False, 4)


def test_five_rows_of_a_repeated_code_are_named(classifications: Classifications) -> None:
    whole, _rows = look_through([part(2, *[(CODES[0], "39")] * 7)], classifications)
    assert whole.repeated.to_dict() == dict.fromkeys(range(2, 9), "2, 3, 4, 5, 6")


def test_empty_and_rounded_codes_are_not_repeated(classifications: Classifications) -> None:
    rounded = part(2, *[("9.14403e17", "39")] * 2, ("", "39"), ("", "39"))
    assert look_through([rounded], classifications)[0].repeated.to_dict() == {}


@pytest.mark.parametrize(("industry", "finer"), [("39", False), ("391", True), ("3911", True)])
def test_one_finer_industry_makes_the_list_finer(classifications: Classifications, industry: str, finer: bool) -> None:
    parts = [part(2, (CODES[0], "39")), part(3, (CODES[1], industry)), part(4, (CODES[2], "65"))]
    assert look_through(parts, classifications)[0].finer is finer


def test_list_without_rows_has_nothing_repeated(classifications: Classifications) -> None:
    whole, rows = look_through([], classifications)
    assert (whole.repeated.to_dict(), whole.finer, rows) == ({}, False, 0)
