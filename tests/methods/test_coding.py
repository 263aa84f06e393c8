"""Answers as columns: what of each kind of item an extract holds."""

from typing import Any

import numpy as np
import pytest

from survey.instrument.schema import Item, Option, Page, Questionnaire, Section, Text
from survey.methods.coding import CodedAnswers, code_answers, extract_columns, first_choice, part_name
from survey.methods.errors import UnknownStatus
from survey.terms import ItemType, Missing

TITLE = Text(zh="题", en="Title")
OPTIONS = tuple(Option(code=code, text=Text(zh=code, en=code)) for code in "abc")


def item(kind: ItemType, **more: Any) -> Item:
    return Item(code="q", type=kind, text=TITLE, **more)


def coded(one: Item, *answers: Any) -> CodedAnswers:
    page = Page(code="p", title=TITLE, items=(one,))
    asked = Questionnaire(code="t", title=TITLE, sections=(Section(code="s", title=TITLE, pages=(page,)),))
    return code_answers(extract_columns([asked]), [{"q": answer} for answer in answers])


def codes(found: CodedAnswers, column: str) -> list[int]:
    return [int(code) for code in found.items[column].codes]


def test_multiple_choice_is_a_column_of_chosen_or_not_for_each_option() -> None:
    found = coded(item(ItemType.MULTIPLE, options=OPTIONS), ["a", "c"], ["b"], None)
    assert [codes(found, part_name("q", code)) for code in "abc"] == [[1, 0, -1], [0, 1, -1], [1, 0, -1]]
    assert list(found.items) == [part_name("q", code) for code in "abc"]


def test_ranking_tells_what_is_named_at_any_place_and_what_comes_first() -> None:
    found = coded(item(ItemType.RANKING, options=OPTIONS, max_choices=2), ["c", "a"], ["a"], None)
    assert codes(found, part_name("q", "a")) == [1, 1, -1]
    assert codes(found, first_choice("q")) == [2, 0, -1]
    assert found.items[first_choice("q")].labels == ("a", "b", "c")


def test_reason_for_no_answer_is_a_code_of_a_single_choice_and_no_option_of_a_multiple_one() -> None:
    single = coded(item(ItemType.SINGLE, options=OPTIONS, missing=(Missing.DONT_KNOW,)), "b", Missing.DONT_KNOW.value)
    assert (codes(single, "q"), single.items["q"].labels) == ([1, 3], ("a", "b", "c", "dont_know"))
    several = coded(item(ItemType.MULTIPLE, options=OPTIONS, missing=(Missing.DONT_KNOW,)), Missing.DONT_KNOW.value)
    assert codes(several, part_name("q", "a")) == [-1]


def test_number_is_a_float_and_a_reason_none() -> None:
    found = coded(item(ItemType.INTEGER), 12, Missing.DONT_KNOW.value)
    assert found.values["q"].tolist()[0] == 12.0
    assert found.values["q"][1] != found.values["q"][1]


def test_code_that_no_version_offers_is_named() -> None:
    with pytest.raises(UnknownStatus, match="has the code 'z'"):
        coded(item(ItemType.SINGLE, options=OPTIONS), "z")


def test_cells_of_any_kind_have_the_columns_of_their_kind() -> None:
    columns = (
        Option(code="name", text=TITLE, type=ItemType.TEXT),
        Option(code="staff", text=TITLE, type=ItemType.INTEGER),
        Option(code="link", text=TITLE, type=ItemType.SINGLE, choices=OPTIONS),
    )
    table = item(ItemType.TABLE, rows=OPTIONS[:2], options=columns)
    found = coded(table, {"a": {"name": "x", "staff": 5, "link": "b"}}, None, "dont_know", {"b": {"link": "c"}})
    assert list(found.values) == ["q__a__staff", "q__b__staff"]
    assert found.values["q__a__staff"].tolist()[:1] == [5.0]
    assert [codes(found, "q__a__link"), codes(found, "q__b__link")] == [[1, -1, -1, -1], [-1, -1, -1, 2]]


NUMBERS = [1, 2.5, None, True, -0.0, 2**70]


@pytest.mark.parametrize("answers", [NUMBERS, [*NUMBERS, Missing.DONT_KNOW.value, "7"], []])
def test_numbers_are_read_together_as_one_by_one(answers: list[Any]) -> None:
    found = coded(item(ItemType.INTEGER), *answers).values["q"]
    plain = [float(answer) if isinstance(answer, int | float) else np.nan for answer in answers]
    assert found.tobytes() == np.array(plain, float).tobytes()


def test_table_where_a_code_belongs_is_refused_and_no_choice_of_several() -> None:
    assert codes(coded(item(ItemType.MULTIPLE, options=OPTIONS), ["a"], {"a": 1}), part_name("q", "a")) == [1, -1]
    with pytest.raises(TypeError):
        coded(item(ItemType.SINGLE, options=OPTIONS), "a", {"a": 1})
