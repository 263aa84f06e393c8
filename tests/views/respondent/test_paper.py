"""The questionnaire on paper: every kind of item has its room, and paper says what the web shows by its fields."""

from dataclasses import replace
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from survey.forms.page.wording import Wording
from survey.instrument.schema import Item, Text
from survey.terms import ItemType
from survey.views.respondent.paper import PAPER, printed_item, printed_sections
from tests.every_type import EVERY_TYPE
from tests.instrument.kinds.test_cells import COLUMNS, SITES
from tests.instrument.tiny import item, one_page

WORDS = Wording("en")


@pytest.fixture(scope="module")
def printed() -> dict[str, dict[str, Any]]:
    """The printed items of the questionnaire of every type, by the code of their item."""
    with translation.override("en"):
        found = [line for section in printed_sections(EVERY_TYPE, WORDS) for line in section["items"]]
    return dict(zip(EVERY_TYPE.items, found, strict=True))


def test_every_kind_of_item_has_its_room() -> None:
    assert PAPER.keys() == set(ItemType)


def test_chosen_items_have_their_choices_and_no_line(printed: dict[str, dict[str, Any]]) -> None:
    place = printed["place"]
    assert (place["choices"], place["has_line"], place["is_tall"]) == (["Option home", "Option other"], False, False)
    assert printed["employees"]["has_line"]


def test_missing_answers_are_choices_beside_the_line(printed: dict[str, dict[str, Any]]) -> None:
    bill = printed["bill"]
    assert (len(bill["choices"]), bill["has_line"], bill["unit"]) == (1, True, "10,000 yuan")


def test_how_to_answer_is_said_where_paper_cannot_show_it(printed: dict[str, dict[str, Any]]) -> None:
    assert printed["protocols"]["how"] == "Choose at most 2 answers."
    assert printed["demands"]["how"] == "Number the most important answers from 1 to 3, the most important one first."
    assert printed["since"]["how"].startswith("For example ")
    assert printed["employees"]["how"] == ""


def test_tables_have_rows_and_columns_with_what_is_chosen_from(printed: dict[str, dict[str, Any]]) -> None:
    sites, mix = printed["sites"], printed["mix"]
    assert sites["rows"] == ["Option hq", "Option branch"]
    assert sites["columns"][:3] == ["Name", "People", "Network (Option wired / Option air)"]
    assert (mix["columns"], mix["adds_up"], mix["has_line"], sites["adds_up"]) == ([""], True, False, False)


def test_question_that_is_asked_of_some_says_of_whom(printed: dict[str, dict[str, Any]]) -> None:
    conditional = {code for code, line in printed.items() if line["is_conditional"]}
    assert conditional == {"cloud_share", *(item.code for item in EVERY_TYPE.pages["amounts"].items)}
    assert (printed["cloud_share"]["condition"] != "", printed["employees"]["condition"]) == (True, "")


@pytest.mark.parametrize(("letters", "is_stacked"), [(16, False), (17, True)])
def test_long_choices_stand_below_each_other(letters: int, is_stacked: bool) -> None:
    long = Wording("en", lambda text: Text("n" * letters, "n" * letters))
    assert printed_item(EVERY_TYPE.items["place"], 1, long, is_conditional=False)["is_stacked"] is is_stacked


def drawn(*items: Item) -> list[str]:
    """Each item as it stands on paper, in English."""
    with translation.override("en"):
        (section,) = printed_sections(one_page(*items), WORDS)
        return [render_to_string("respondent/printed_item.html", {"item": line}) for line in section["items"]]


def test_required_columns_of_a_table_are_marked() -> None:
    name, *others = COLUMNS
    (html,) = drawn(replace(SITES, options=(replace(name, required=True), *others), required="true()"))
    assert (html.count(">Name (required)</th>"), html.count(">People</th>")) == (1, 1)


def test_optional_question_is_marked_as_on_the_web() -> None:
    optional, required = drawn(item("a"), item("b", required="true()"))
    assert ("(optional)" in optional, "(optional)" in required) == (True, False)
