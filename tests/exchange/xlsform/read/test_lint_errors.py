"""What the check before publishing would refuse is said where it stands in the form."""

from collections.abc import Callable

from survey.exchange.xlsform import Reading

FORM = """
| survey |              |      |       |            |            |
|        | type         | name | label | relevant   | constraint |
|        | integer      | n    | N     | {first}    | {constraint} |
|        | select_one l | p    | P     | {relevant} |            |
| choices |           |      |       |
|         | list_name | name | label |
|         | l         | a    | A     |
"""


def form(**cells: str) -> str:
    return FORM.format(**{"first": "", "constraint": "", "relevant": "", **cells})


def told(reading: Reading) -> list[tuple[str, str, int | None]]:
    """Code, place in words, and place within the cell."""
    return [(one.code, one.place.words(), one.place.character) for one in reading.findings]


def test_rule_that_breaks_off_has_its_place_in_the_cell(read_text: Callable[..., Reading], english: None) -> None:
    reading = read_text(form(constraint=". > ("))
    assert told(reading) == [("expression", "survey, row 2, constraint", 6)]


def test_each_error_stands_in_the_row_of_its_question(read_text: Callable[..., Reading], english: None) -> None:
    reading = read_text(form(first="${p} = 'a'"))
    assert [(one.code, one.place.words(), one.message()) for one in reading.findings] == [
        ("lint", "survey, row 2, relevant", "The rule reads “p”, which is asked later."),
        ("lint", "survey, row 2, relevant", "This item is never asked: its condition cannot hold."),
    ]


def test_form_without_errors_has_none(read_text: Callable[..., Reading]) -> None:
    assert told(read_text(form(constraint=". > 0", relevant="${n} > 3"))) == []
