"""Parts that a form switches off for good."""

from collections.abc import Callable

from survey.exchange.xlsform import Reading
from survey.terms import ItemType
from tests.exchange.markdown_forms import items

OFF = """
| survey |             |       |              |            |               |
|        | type        | name  | label        | relevant   | calculation   |
|        | text        | kept  | Kept         |            |               |
|        | begin group | g     | Switched off | false()    |               |
|        | text        | read  | Read below   |            |               |
|        | text        | gone  | Gone         |            |               |
|        | end group   |       |              |            |               |
|        | text        | q     | Off alone    | false()    |               |
|        | calculate   | shown |              |            | ${read}       |
"""


def test_what_is_switched_off_is_left_out_with_a_note(read_text: Callable[..., Reading]) -> None:
    reading = read_text(OFF)
    assert "gone" not in items(reading)
    assert "q" not in items(reading)
    named = [(found.code, found.value) for found in reading.findings if found.code == "never_asked"]
    assert (reading.is_whole, named) == (True, [("never_asked", "g"), ("never_asked", "q")])


def test_what_a_rule_reads_of_it_is_empty(read_text: Callable[..., Reading]) -> None:
    read = items(read_text(OFF))["read"]
    assert (read.type, read.calculation) == (ItemType.CALCULATION, "''")


def test_form_that_is_switched_off_as_a_whole_is_read_as_it_is(read_text: Callable[..., Reading]) -> None:
    whole = OFF.replace("| Kept         |            |", "| Kept         | false()    |").replace("${read}", "1     ")
    reading = read_text("\n".join(line for line in whole.splitlines() if "calculate " not in line))
    assert set(items(reading)) == {"kept", "read", "gone", "q"}
