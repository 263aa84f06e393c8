"""Bare words of a filter are columns of the choices; everything else is written again as it was."""

import pytest

from survey.exchange.xlsform.column_names import filter_of_choice, filter_words, quoted
from survey.instrument.expressions.errors import ExpressionError


def test_columns_are_bare_words_but_neither_operators_nor_functions_nor_questions() -> None:
    assert filter_words("province = ${province} and contains(town, 'x') or size div 2 = 1") == [
        "province",
        "town",
        "size",
    ]


def test_filter_of_a_choice_has_its_values_in_place_of_the_columns() -> None:
    assert filter_of_choice("province = ${province} and size > 2", {"province": "gd"}) == (
        "'gd' = ${province} and '' > 2"
    )


def test_filter_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(ExpressionError):
        filter_words("province = 'gd")


@pytest.mark.parametrize(
    ("text", "written"),
    [("it", "'it'"), ("it's", '"it\'s"'), ('it\'s "so"', "concat('it', \"'\", 's \"so\"')")],
)
def test_text_stands_between_marks_that_do_not_occur_in_it(text: str, written: str) -> None:
    assert quoted(text) == written
