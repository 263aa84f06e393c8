"""A form as a whole: its title, its code, and what keeps it from being read."""

from collections.abc import Callable

import pytest

from survey.exchange.xlsform import Reading

Read = Callable[..., Reading]
FORM = """
| survey |      |      |       |
|        | type | name | label |
|        | text | q    | Ask   |
"""


@pytest.mark.parametrize(
    ("settings", "title", "code"),
    [
        ("", "the_file", "the_file"),
        ("| settings | | |\n| | form_title | form_id |\n| | Firms | firms_1 |", "Firms", "firms_1"),
        ("| settings | | |\n| | form_title | form_id |\n| | Firms | 2026-firms |", "Firms", "form_2026_firms"),
    ],
)
def test_title_and_code_are_those_of_the_settings_or_of_the_file(
    read_text: Read, settings: str, title: str, code: str
) -> None:
    content = read_text(f"{FORM}\n{settings}", "the_file").questionnaire
    assert content
    assert (content.title.en, content.code) == (title, code)


def test_title_in_chinese_is_the_chinese_one(read_text: Read) -> None:
    content = read_text(f"{FORM}\n| settings | | |\n| | form_title | form_id |\n| | 企业调查 | f |").questionnaire
    assert content
    assert (content.title.zh, content.title.en) == ("企业调查", "")


def test_form_that_asks_nothing_is_no_questionnaire(read_text: Read) -> None:
    reading = read_text(FORM.replace("| text | q    | Ask   |", "| calculate | q |  |"))
    assert reading.is_whole is False


def test_code_that_was_changed_is_told(read_text: Read) -> None:
    reading = read_text(f"{FORM}\n| settings | | |\n| | form_title | form_id |\n| | Firms | 2026-firms |")
    assert [(one.code, one.parameters["name"]) for one in reading.findings] == [("renamed", "form_2026_firms")]
