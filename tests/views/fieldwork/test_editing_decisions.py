"""What is decided of the marked answers in the editing queue, and by whom."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from survey.instrument.plan.weighting import FilledItem, Weighting
from survey.models import EditingDecision, OutlierDecision, Response, ReturnNote, Survey
from survey.terms import AskedUnit, Role
from survey.weighting_terms import FillingRule
from tests.answered import ITEMS, PLAN, in_another_version
from tests.views.fieldwork.queue import SPEND, decide, queue

# What was submitted is changed here, which the database refuses otherwise.
pytestmark = pytest.mark.usefixtures("unguarded")


def test_answer_is_sent_back_with_the_note_at_its_question(client: Client, odd: list[Response]) -> None:
    decide(client, odd[0], send_back="1")
    note = ReturnNote.objects.get()
    assert (note.response.corrects, note.item, note.text) == (odd[0], "F1_spend", "Told by telephone.")
    assert queue(client) == [odd[1].pk]


def test_whoever_decides_about_a_local_unit_is_told_of_it(client: Client, odd: list[Response]) -> None:
    Survey.objects.update(asks=AskedUnit.LOCAL_UNIT.value)
    page = decide(client, odd[0], send_back="1").content.decode()
    assert "The local unit finds your note at the marked questions." in page


@pytest.mark.parametrize("wrong", [{"said": " "}, {"item": []}, {"response": "x"}, {"response": "9" * 19}])
def test_decision_that_lacks_something_is_not_stored(
    client: Client, odd: list[Response], wrong: dict[str, Any]
) -> None:
    page = decide(client, odd[0], **wrong).content.decode()
    assert "messagelist" in page
    assert not EditingDecision.objects.exists()


@pytest.fixture
def analyst(odd: list[Response], client: Client, office_user: Callable[[Role | str], User]) -> User:
    user = office_user(Role.METHODOLOGIST)
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return user


def test_analyst_weighs_marked_values_down_and_does_nothing_else(
    client: Client, odd: list[Response], analyst: User
) -> None:
    assert [decide(client, odd[0], **{act: "1"}).status_code for act in ("accept", "send_back")] == [403, 403]
    decide(client, odd[0], weigh="1", choice="weigh_down", cutoff="1,000")
    assert OutlierDecision.objects.values_list("case", "item", "choice", "cutoff", "author").get() == (
        odd[0].case_id, "F1_spend", "weigh_down", 1000.0, analyst.pk,
    )  # fmt: skip
    page = client.get(reverse("editing")).content.decode()
    assert ("influence decided" in page, reverse("case_detail", args=[odd[0].case_id]) in page) == (True, False)


def test_officer_decides_of_no_influence(client: Client, odd: list[Response]) -> None:
    assert decide(client, odd[0], weigh="1", choice="keep").status_code == 403
    assert "Decide the influence" not in client.get(reverse("editing")).content.decode()


@pytest.mark.usefixtures("unguarded", "analyst")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"choice": ""}, "Nothing was chosen"),
        ({"choice": "weigh_down"}, "without a cut-off"),
        ({"choice": "weigh_down", "cutoff": "nan"}, "without a cut-off"),
        ({"item": []}, "No answer"),
    ],
)
def test_influence_is_not_decided_by_halves(
    client: Client, odd: list[Response], typed: dict[str, Any], said: str
) -> None:
    page = decide(client, odd[0], **{"weigh": "1", "choice": "keep", **typed}).content.decode()
    assert said in page
    assert not OutlierDecision.objects.exists()


@pytest.fixture
def filled(odd: list[Response]) -> Response:
    """All spend 10, but one firm gave no answer, and the plan fills it in from the nearest."""
    plan = replace(PLAN, weighting=Weighting(filled=(FilledItem(item="F1_spend", filling=FillingRule.NEAREST),)))
    version = in_another_version(odd[0].case.wave, *ITEMS, SPEND, plan=plan)
    for response in Response.objects.all():
        if response.pk in {one.pk for one in odd}:
            response.answers["F1_spend"] = 10
        if response.pk == odd[1].pk:
            del response.answers["F1_spend"]
        response.version = version
        response.save()
    return odd[1]


def test_value_that_was_filled_in_is_accepted_by_the_analyst_alone(
    client: Client, filled: Response, office_user: Callable[[Role | str], User]
) -> None:
    rows = {firm["response"]: firm["rows"] for firm in client.get(reverse("editing")).context["firms"]}
    assert [row["is_filled"] for row in rows[filled.pk]] == [True]
    assert decide(client, filled, accept="1").status_code == 403
    client.force_login(office_user(Role.METHODOLOGIST))
    decide(client, filled, accept="1")
    assert EditingDecision.objects.get().item == "F1_spend"
    assert filled.pk not in queue(client)
