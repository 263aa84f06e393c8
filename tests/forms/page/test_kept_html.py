"""Questions that look alike for every firm are drawn once, and none that holds what a firm typed."""

from dataclasses import replace
from typing import Any

import pytest

from survey.forms.page.form import PageForm
from survey.forms.page.kept import KeptHtml
from survey.forms.page.questions import KEPT, Problem
from survey.forms.page.wording import Wording
from survey.instrument.routing.route import RouteItem, RoutePage
from survey.instrument.schema import Item, Option, Page, Section, Text
from survey.terms import ItemType

FARMS, SHOPS = Option(code="1", text=Text("农场", "Farms")), Option(code="2", text=Text("商店", "Shops"))
CLOSED = Item(code="q1", type=ItemType.SINGLE, text=Text("行业", "Trade"), options=(FARMS, SHOPS))
TYPED = Item(code="q1", type=ItemType.TEXT, text=Text("名称", "Name"))


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    KEPT.pieces.clear()


def shown(item: Item, *, language: str = "en", digest: str = "d", offered: Any = None, **answers: Any) -> str:
    form = form_of(item, language, digest, offered, answers)
    return form.questions[0].render(form, None)


def form_of(item: Item, language: str, digest: str, offered: Any, answers: dict[str, Any]) -> PageForm:
    asked = RouteItem(item=item, options=item.options if offered is None else offered, required=True)
    page, section = Page(code="p", title=Text(), items=(item,)), Section(code="s", title=Text())
    form = PageForm(
        RoutePage(page=page, section=section, items=(asked,)), Wording(language), answers=answers, digest=digest
    )
    form.rendered_fields = set()  # type: ignore[attr-defined]
    return form


def test_same_question_is_drawn_once() -> None:
    assert shown(CLOSED) == shown(CLOSED)
    assert len(KEPT.pieces) == 1


def test_chosen_code_is_kept_beside_the_open_question() -> None:
    assert ('value="2" id="id_q1_2" checked' in shown(CLOSED, q1="2"), "checked" in shown(CLOSED)) == (True, False)
    assert len(KEPT.pieces) == 2


def test_typed_words_are_never_kept() -> None:
    assert 'value="Li Ltd"' in shown(TYPED, q1="Li Ltd")
    assert not KEPT.pieces


def test_text_with_an_earlier_answer_in_it_is_never_kept() -> None:
    shown(replace(CLOSED, text=Text("${frame_name}", "${frame_name}")))
    shown(replace(CLOSED, options=(FARMS, Option(code="3", text=Text("", "${q0}")))))
    assert not KEPT.pieces


def test_each_language_version_and_choice_of_options_is_drawn_for_itself() -> None:
    drawn = [shown(CLOSED), shown(CLOSED, language="zh-hans"), shown(CLOSED, offered=(SHOPS,))]
    assert [("Farms" in html, "商店" in html) for html in drawn] == [(True, False), (False, True), (False, False)]
    assert "Goods" in shown(replace(CLOSED, text=Text("货物", "Goods")), digest="other")


def test_remark_is_drawn_and_not_kept() -> None:
    form = form_of(CLOSED, "en", "d", None, {})
    form.remarks.problems["q1"] = Problem(field="id_q1", message="Trade: enter an answer.", inline="Enter an answer.")
    assert "Enter an answer." in form.questions[0].render(form, None)
    assert not KEPT.pieces


def test_pieces_not_asked_for_longest_go_first() -> None:
    kept = KeptHtml(2)
    for key in ("a", "b", "a", "c"):
        kept.get(key, lambda key=key: key.upper())  # type: ignore[misc]
    assert list(kept.pieces.items()) == [("a", "A"), ("c", "C")]
