"""What the types of a form are asked as."""

from collections.abc import Callable

import pytest

from survey.exchange.xlsform import Reading
from survey.terms import ItemType
from tests.exchange.markdown_forms import items

HEAD = """
| survey |      |      |       |            |            |               |            |             |      |
|        | type | name | label | appearance | parameters | body::accept  | constraint | calculation | rows |
"""


def one(read_text: Callable[..., Reading], *cells: str) -> Reading:
    """A form of one question with these cells behind its label, and one that is always there."""
    padded = [*cells, *[""] * (9 - len(cells))]
    lines = [["text", "always", "Always", *[""] * 6], [padded[0], "q", "Ask", *padded[1:7]]]
    return read_text(HEAD + "\n".join(f"|        | {' | '.join(line)} |" for line in lines))


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (("text",), ItemType.TEXT),
        (("text", "multiline"), ItemType.LONG_TEXT),
        (("text", "", "rows=4"), ItemType.LONG_TEXT),
        (("date",), ItemType.DATE),
        (("date", "month-year"), ItemType.YEAR_MONTH),
        (("date", "year"), ItemType.YEAR_MONTH),
        (("range", "", "start=0 end=10 step=2"), ItemType.INTEGER),
        (("range", "", "start=0 end=1 step=0.1"), ItemType.DECIMAL),
        (("percentage",), ItemType.PERCENTAGE),
        (("acknowledge",), ItemType.SINGLE),
        (("today",), ItemType.CALCULATION),
        (("dateTime",), ItemType.TEXT),
    ],
)
def test_type_is_asked_as(read_text: Callable[..., Reading], cells: tuple[str, ...], kind: ItemType) -> None:
    assert items(one(read_text, *cells))["q"].type is kind


def test_range_keeps_its_bounds_and_steps(read_text: Callable[..., Reading]) -> None:
    down = items(one(read_text, "range", "", "start=10 end=0 step=-2"))["q"]
    assert (down.minimum, down.maximum, down.constraint) == (0, 10, "round((. - 10) * 1) mod 2 = 0")


def test_file_takes_the_types_that_are_accepted(read_text: Callable[..., Reading]) -> None:
    assert items(one(read_text, "file", "", "", ".PDF,.xlsx"))["q"].file_types == ("pdf", "xlsx")


def test_media_type_of_a_file_is_no_extension(read_text: Callable[..., Reading]) -> None:
    assert items(one(read_text, "file", "", "", ".pdf, application/vnd.ms-excel"))["q"].file_types == ("pdf",)


@pytest.mark.parametrize(
    ("type_", "code"),
    [
        ("image", "type_media"),
        ("geopoint", "type_position"),
        ("deviceid", "type_device"),
        ("start", "kept_by_system"),
    ],
)
def test_type_without_a_counterpart_is_named(read_text: Callable[..., Reading], type_: str, code: str) -> None:
    reading = one(read_text, type_)
    assert code in {found.code for found in reading.findings}
    assert "q" not in items(reading)
