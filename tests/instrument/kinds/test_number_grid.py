"""Several numbers in one answer."""

import pytest

from survey.instrument.kinds.number_grid import NUMBER_TABLE, SHARES, numbers_by_cell, numbers_by_row
from survey.instrument.kinds.raw_text import RefusedInput
from survey.terms import ItemType
from tests.instrument.tiny import item, options

MIX = item("m", ItemType.SHARES, rows=options("own", "rented", "other"))
RACKS = item("t", ItemType.NUMBER_TABLE, rows=options("x", "y"), options=options("p", "q"))


def test_shares_are_kept_by_row_and_open_rows_are_absent() -> None:
    assert numbers_by_row(SHARES, MIX, {"m__own": ["60"], "m__rented": ["40 %"], "m__other": [""]}) == {
        "own": 60.0,
        "rented": 40.0,
    }


def test_table_is_kept_by_row_and_column() -> None:
    posted = {"t__x__q": ["2"], "t__y__p": ["3"], "t__y__q": ["4"]}
    assert numbers_by_cell(NUMBER_TABLE, RACKS, posted) == {"x": {"q": 2.0}, "y": {"p": 3.0, "q": 4.0}}


def test_answer_without_a_number_is_none() -> None:
    assert numbers_by_row(SHARES, MIX, {"m__own": [" "]}) is None
    assert numbers_by_cell(NUMBER_TABLE, RACKS, {}) is None


def test_zero_is_an_answer() -> None:
    assert numbers_by_row(SHARES, MIX, {"m__own": ["0"]}) == {"own": 0.0}


def test_every_unfit_cell_is_refused_at_its_own_field() -> None:
    with pytest.raises(RefusedInput) as refused:
        numbers_by_cell(NUMBER_TABLE, RACKS, {"t__x__p": ["a"], "t__x__q": ["1"], "t__y__q": ["b"]})
    assert [one.complaint.place.field for one in (refused.value, *refused.value.beside)] == ["t__x__p", "t__y__q"]


def test_answer_that_is_posted_again_is_read_as_it_was() -> None:
    mix, racks = {"own": 60.0, "rented": 40.0}, {"x": {"q": 2.5}, "y": {"p": 3.0}}
    assert numbers_by_row(SHARES, MIX, SHARES.post("m", mix)) == mix
    assert numbers_by_cell(NUMBER_TABLE, RACKS, NUMBER_TABLE.post("t", racks)) == racks
