"""What a page of the questionnaire shows: where it stands, what is known, when it was saved."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from survey.instrument.edits.rules import EditFailure
from survey.models import Case, FrameUnit
from survey.selectors.respondent.session import filling_of
from survey.services.answers.handover import hand_section_on, handover_code
from survey.terms import EditLevel
from survey.views.respondent.page_showing import compared_figures
from tests.views.firms import hidden_state, save, state_of

pytestmark = pytest.mark.django_db


def shown(firm: Client, page: str, query: str = "") -> Any:
    return firm.get(f"/form/page/{page}/{query}").context


def place(context: Any) -> tuple[int, int, int, int]:
    return tuple(context[name] for name in ("section_number", "section_count", "page_number", "page_count"))


def test_page_says_where_it_stands_on_the_route(firm: Client) -> None:
    assert [place(shown(firm, page)) for page in ("firm", "words")] == [(1, 2, 1, 3), (2, 2, 3, 3)]
    assert [shown(firm, page)["has_before"] for page in ("firm", "choices")] == [False, True]
    save(firm, "firm", employees="20", has_cloud="yes", cloud_share="30")
    assert place(shown(firm, "words")) == (2, 2, 4, 4)


def test_page_says_when_it_was_saved_and_what_was_not_understood(firm: Client) -> None:
    assert shown(firm, "firm")["saved_words"] == ""
    save(firm, "firm", employees="20", go="hub")
    assert re.fullmatch(r"Saved \d\d:\d\d", shown(firm, "firm")["saved_words"])
    save(firm, "firm", employees="many", email="nobody", go="hub")
    assert shown(firm, "firm")["saved_words"].endswith("; 2 answers not understood")
    assert re.fullmatch(r"Saved \d\d:\d\d", shown(firm, "choices")["saved_words"])


def test_page_bears_what_its_post_brings_back(firm: Client) -> None:
    before = shown(firm, "firm")
    assert (before["revision"], before["base"], before["asked"]) == (0, "{}", "employees email has_cloud")
    save(firm, "firm", employees="20", has_cloud="no", go="hub")
    after = shown(firm, "firm")
    assert (after["revision"], after["base"]) == (1, '{"employees": 20, "has_cloud": "no"}')
    assert abs(after["shown"] - int(timezone.now().timestamp())) < 60


@pytest.mark.parametrize(
    ("query", "about", "from_check"),
    [("?from=check&about=cost", "cost", True), ("?about=employees", "", False), ("", "", False)],
)
def test_page_knows_the_question_that_the_person_came_to_change(
    firm: Client, query: str, about: str, from_check: bool
) -> None:
    context = shown(firm, "choices", query)
    assert (context["looked_at"], context["comes_from_check"]) == (about, from_check)


def test_number_of_the_register_stands_in_an_empty_field_and_a_stored_one_before_it(firm: Client, case: Case) -> None:
    FrameUnit.objects.update(employees=77)
    assert 'value="77"' in firm.get("/form/page/firm/").content.decode()
    save(firm, "firm", employees="20", has_cloud="no")
    html = firm.get("/form/page/firm/").content.decode()
    assert ('value="20"' in html, 'value="77"' in html) == (True, False)


def test_colleague_sees_no_way_back_into_another_section(client: Client, case: Case) -> None:
    made = hand_section_on(case=case, section="second", colleague="Li Na", days=7, now=timezone.now())
    client.post("/", {"access_code": handover_code(made)})
    assert shown(client, "words")["has_before"] is False


def test_colleague_is_shown_no_answer_of_another_section_beside_a_rule(firm: Client, case: Case) -> None:
    save(firm, "firm", employees="20", has_cloud="no")
    compared = EditFailure(
        rule="h", level=EditLevel.HARD, items=("remark",), code="rule", parameters={}, values={"employees": 20}
    )
    filling = filling_of(case, timezone.now())
    assert len(compared_figures(filling, compared)) == 1
    assert compared_figures(replace(filling, section="second"), compared) == ()


def test_page_of_a_conflict_has_seen_the_stored_answer_and_forgets_what_that_lacks(firm: Client) -> None:
    save(firm, "choices", cost="4", place="other", place__other="A shed")
    state = state_of(firm, "choices")
    save(firm, "choices", cost="4", place="home")
    asked = save(firm, "choices", state, cost="4", place="other", place__other="A barn")
    assert asked.status_code == 409
    assert json.loads(hidden_state(asked.content.decode())["base"]) == {"cost": "4", "place": "home"}
