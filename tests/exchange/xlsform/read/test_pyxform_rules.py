"""Types as pyxform spells them, rows by its names of the columns, and forms that it refuses."""

from collections.abc import Callable

import pytest

from survey.exchange.xlsform import Reading
from survey.exchange.xlsform.read.pyxform_rules import RowType, is_recorded, row_type
from tests.exchange.xlsform.read.rows import row


@pytest.mark.parametrize(
    ("written", "family", "argument"),
    [
        ("int", "input:int", ""),
        ("integer", "input:int", ""),
        ("begin repeat", "begin_repeat", ""),
        ("end group", "end_group", ""),
        ("select one from yn", "select:select one", "yn"),
        ("select_multiple yn", "select:select all that apply", "yn"),
        ("rank yn", "select:rank", "yn"),
        ("photo", "upload:image/*", ""),
        ("tel", "input:tel", ""),
        ("db:person", "input:record", ""),
        ("osm buildings", "upload:osm/*", ""),
        ("start", "meta:start", ""),
        ("nonsense", "", ""),
    ],
)
def test_family_of_a_type_is_the_same_for_all_its_names(written: str, family: str, argument: str) -> None:
    found = row_type(written)
    assert (found.family, found.argument) == (family, argument)


def test_other_and_a_file_are_said_by_the_type() -> None:
    assert row_type("select_one yn or_other") == RowType(family="select:select one", argument="yn", or_other=True)
    assert row_type("select_one_from_file towns.csv").from_file


def test_percentage_brings_no_rule_that_it_has_anyway() -> None:
    assert row_type("percentage").constraint == ""


def test_field_of_the_device_is_told_from_a_question() -> None:
    assert [is_recorded(row(type_)) for type_ in ("start", "deviceid", "text")] == [True, True, False]


def test_form_that_breaks_a_rule_is_refused_with_what_pyxform_says(read_text: Callable[..., Reading]) -> None:
    reading = read_text("""
| survey |             |      |       |
|        | type        | name | label |
|        | begin group | g    | Group |
|        | text        | q    | Ask   |
""")
    assert (reading.is_whole, [one.code for one in reading.findings]) == (False, ["pyxform"])


def test_fact_of_the_frame_needs_no_row_of_its_own(read_text: Callable[..., Reading]) -> None:
    reading = read_text("""
| survey |      |      |                    |
|        | type | name | label              |
|        | text | q    | Is ${frame_name}?  |
""")
    assert (reading.is_whole, list(reading.findings)) == (True, [])
