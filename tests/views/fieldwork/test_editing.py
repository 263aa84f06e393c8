"""The editing queue: what stands in it first, and how it is emptied."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from survey.instrument.schema import Item, Text
from survey.models import Case, EditingDecision, Response, ReturnNote, SamplingFrame, Territory, Wave
from survey.terms import ItemType, Role
from tests.answered import ITEMS, answered_wave, in_another_version

# What was submitted is changed here, which the database refuses otherwise.
pytestmark = pytest.mark.usefixtures("unguarded")
SPEND = Item(code="F1_spend", type=ItemType.MONEY, text=Text("支出", "Spending"), unit=Text("万元", "10,000 yuan"))


@pytest.fixture
def officer(client: Client, office_user: Callable[[Role | str], User]) -> User:
    user = office_user(Role.FIELD_OFFICER)
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return user


@pytest.fixture
def odd(wave: Wave, frame: Callable[..., SamplingFrame], officer: User) -> list[Response]:
    """Sixty firms spend 10 each, but the first two of these spend 5,000 and 400."""
    answered_wave(wave, frame, firms=120, sample=80, answers=60)
    version = in_another_version(wave, *ITEMS, SPEND)
    responses = list(Response.objects.order_by("-id"))
    for response, spend in zip(responses, [5000, 400, *[10] * 58], strict=True):
        response.answers, response.version = {**response.answers, "F1_spend": spend}, version
        response.save()
    return responses[:2]


def queue(client: Client) -> list[int]:
    return [firm["response"] for firm in client.get(reverse("editing")).context["firms"]]


def decide(client: Client, of: Response, **typed: Any) -> Any:
    posted = {"response": of.pk, "item": "F1_spend", "said": "Told by telephone.", **typed}
    return client.post(reverse("editing"), posted, follow=True)


def test_answers_stand_by_what_they_move(client: Client, odd: list[Response]) -> None:
    firms = client.get(reverse("editing")).context["firms"]
    rows = [(firm["response"], firm["rows"][0]["value"], firm["rows"][0]["anticipated"]) for firm in firms]
    assert rows == [(odd[0].pk, "5,000", "10.0"), (odd[1].pk, "400.0", "10.0")]


def test_accepted_answer_leaves_the_queue_once(client: Client, odd: list[Response]) -> None:
    for _time in range(2):
        decide(client, odd[0], accept="1")
    assert EditingDecision.objects.values_list("item", "value", "reason").get() == (
        "F1_spend", 5000.0, "Told by telephone.",
    )  # fmt: skip
    assert queue(client) == [odd[1].pk]


def test_answer_is_sent_back_with_the_note_at_its_question(client: Client, odd: list[Response]) -> None:
    decide(client, odd[0], send_back="1")
    note = ReturnNote.objects.get()
    assert (note.response.corrects, note.item, note.text) == (odd[0], "F1_spend", "Told by telephone.")
    assert queue(client) == [odd[1].pk]


def test_corrected_answer_leaves_the_queue(client: Client, odd: list[Response]) -> None:
    address = reverse("case_correct", args=[odd[0].case_id, odd[0].pk, "F1_spend"])
    assert client.post(address, {"F1_spend": "5", "state": "corrected", "reason": "Yuan."}).status_code == 302
    assert odd[0].pk not in queue(client)


@pytest.mark.parametrize("wrong", [{"said": " "}, {"item": []}, {"response": "x"}])
def test_decision_that_lacks_something_is_not_stored(
    client: Client, odd: list[Response], wrong: dict[str, Any]
) -> None:
    page = decide(client, odd[0], **wrong).content.decode()
    assert "messagelist" in page
    assert not EditingDecision.objects.exists()


def test_firm_of_another_district_is_neither_listed_nor_decided(
    client: Client, odd: list[Response], officer: User
) -> None:
    here, there = (Case.objects.get(pk=one.case_id).sample_unit.unit.district for one in odd)
    Territory.objects.create(user=officer, district=there)
    listed = queue(client)
    assert listed == ([one.pk for one in odd] if here == there else [odd[1].pk])
    assert decide(client, odd[0], accept="1").status_code == (200 if here == there else 404)
