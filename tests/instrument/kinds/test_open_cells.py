"""Cells of a required column that are left open, and what is said of them."""

from dataclasses import replace
from typing import Any

import pytest

from survey.instrument.edits.rules import check_all
from survey.instrument.kinds.open_cells import marked_column
from survey.instrument.messages import worded
from survey.instrument.routing.piping import Piping
from survey.instrument.routing.progress import is_page_complete
from survey.instrument.routing.route import route_of
from survey.instrument.schema import Item, Option, Text
from tests.instrument.kinds.test_cells import COLUMNS, SITES, STORED
from tests.instrument.tiny import TODAY, one_page

NAME, STAFF, *OTHERS = COLUMNS


def sites(required: str) -> Item:
    columns = (replace(NAME, required=True), replace(STAFF, required=True), *OTHERS)
    return replace(SITES, options=columns, required=required)


@pytest.mark.parametrize(
    ("required", "answer", "fields"),
    [
        ("true()", {"r1": {"name": "a", "staff": 0}}, ("sites__r2__name", "sites__r2__staff")),
        ("", {"r1": {"staff": 5}}, ("sites__r1__name",)),
        ("", {"r1": {"link": "air"}, "r2": {}}, ("sites__r1__name", "sites__r1__staff")),
        ("false()", {"r1": {"staff": 5}}, ()),
    ],
)
def test_open_cell_of_a_required_column_is_an_error_at_its_cell(
    required: str, answer: Any, fields: tuple[str, ...]
) -> None:
    failures = check_all(one_page(sites(required)), {"sites": answer}, {}, {}, TODAY).hard
    assert [failure.fields for failure in failures] == ([fields] if fields else [])


def test_message_names_row_and_column() -> None:
    (failure,) = check_all(one_page(sites("true()")), {"sites": {"r2": {"staff": 1}}}, {}, {}, TODAY).hard
    message = worded(failure.code, failure.parameters, "en")
    assert message == "Sites: fill in One – Name; One – People; Two – Name."


@pytest.mark.parametrize(("staff", "is_complete"), [({"staff": 1}, True), ({}, False)])
def test_page_with_an_open_cell_is_not_complete(staff: dict[str, int], is_complete: bool) -> None:
    rows = {"r1": {"name": "a", "staff": 1}, "r2": {"name": "b", **staff}}
    route = route_of(one_page(sites("true()")), {"sites": rows}, {}, TODAY)
    assert is_page_complete(route, route.pages[0]) is is_complete


def test_chosen_cell_in_a_wording_is_its_label_in_each_language() -> None:
    piping = Piping(questionnaire=one_page(SITES), answers={"sites": STORED}, facts={})
    shown = [piping.shown("sites__r1__link", language) for language in ("zh-hans", "en")]
    assert (shown, piping.shown("sites__r1__name", "en")) == (["无线", "By air"], "总部")


@pytest.mark.parametrize(
    ("required", "marks"),
    [
        ("true()", ("（必填）", "(required)")),
        ("", ("（填写该行时必填）", "(required in each row that you fill in)")),
    ],
)
def test_column_says_where_its_cells_are_required(required: str, marks: tuple[str, str]) -> None:
    shown = [marked_column(sites(required), column) for column in (replace(NAME, required=True), OTHERS[0])]
    assert [text.to_dict() for text in shown] == [
        {"zh": f"名称 {marks[0]}", "en": f"Name {marks[1]}"},
        OTHERS[0].text.to_dict(),
    ]


def test_mark_stands_in_each_language_of_its_column() -> None:
    column = Option(code="n", text=Text("名称", "", (("fr", "Nom"),)), required=True)
    assert marked_column(sites("true()"), column).to_dict() == {
        "zh": "名称 （必填）",
        "en": "",
        "fr": "Nom (required)",
    }
