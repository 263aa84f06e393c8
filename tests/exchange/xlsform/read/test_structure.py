"""Groups as sections and pages."""

from collections.abc import Callable

from survey.exchange.xlsform import Reading
from survey.exchange.xlsform.read.structure import LONGEST_TITLE

FORM = """
| survey |             |       |          |         |            |
|        | type        | name  | label    | hint    | relevant   |
|        | text        | first | First    |         |            |
|        | begin group | g     | Group    | An intro | ${first} = 'x' |
|        | text        | a     | A        |         |            |
|        | begin group | inner | Inner    |         | ${a} = 'y' |
|        | text        | b     | B        |         |            |
|        | begin group | deep  | Deep     |         | ${b} = 'z' |
|        | text        | c     | C        |         |            |
|        | end group   |       |          |         |            |
|        | end group   |       |          |         |            |
|        | text        | d     | D        |         |            |
|        | end group   |       |          |         |            |
|        | begin group | empty | Empty    |         |            |
|        | end group   |       |          |         |            |
"""


def test_groups_at_the_top_are_sections_and_questions_beside_them_stand_under_the_title(
    read_text: Callable[..., Reading],
) -> None:
    content = read_text(FORM, "my_form").questionnaire
    assert content
    assert [(section.code, section.title.en, section.relevant) for section in content.sections] == [
        ("main", "my_form", ""),
        ("g", "Group", "${first} = 'x'"),
    ]


def test_groups_within_a_section_are_pages_and_conditions_of_deeper_ones_add_up(
    read_text: Callable[..., Reading],
) -> None:
    content = read_text(FORM).questionnaire
    assert content
    shown = [(page.code, page.relevant, [item.code for item in page.items]) for page in content.sections[1].pages]
    assert shown == [
        ("g", "", ["a"]),
        ("inner", "${a} = 'y'", ["b"]),
        ("deep", "(${a} = 'y') and (${b} = 'z')", ["c"]),
        ("g_2", "", ["d"]),
    ]
    assert content.sections[1].intro.en == "An intro"


def test_label_too_long_for_a_title_stands_in_the_introduction(read_text: Callable[..., Reading]) -> None:
    label = "w" * (LONGEST_TITLE + 1)
    reading = read_text(FORM.replace("| Group    |", f"| {label} |"))
    assert reading.questionnaire
    section = reading.questionnaire.sections[1]
    assert (section.title.en, section.intro.en) == ("g", f"{label}\nAn intro")
    assert "long_title" in {found.code for found in reading.findings}
