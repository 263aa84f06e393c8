"""The editing queue: what stands in it first, and how it is emptied."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from survey.models import Case, EditingDecision, Response, SamplingFrame, StaffAction, Survey, Territory, Wave
from survey.terms import AskedUnit, Role
from tests.answered import answered_wave
from tests.views.fieldwork.queue import decide, queue

# What was submitted is changed here, which the database refuses otherwise.
pytestmark = pytest.mark.usefixtures("unguarded")


def test_answers_stand_by_what_they_move(client: Client, odd: list[Response]) -> None:
    firms = client.get(reverse("editing")).context["firms"]
    rows = [(firm["response"], firm["rows"][0]["value"], firm["rows"][0]["anticipated"]) for firm in firms]
    assert rows == [(odd[0].pk, "5,000", "10.0"), (odd[1].pk, "400.0", "10.0")]


WORKING = "Working figure, not to be passed on. Every view is written into the audit history."


@pytest.mark.parametrize(
    ("role", "told"),
    [(Role.FIELD_OFFICER, ("10.0", "5", "6 %", False)), (Role.METHODOLOGIST, ("10.4", "4.7", "5.9 %", True))],
)
def test_what_an_answer_moves_is_exact_only_for_those_who_see_working_figures(
    odd: list[Response], as_role: Callable[[Role], Client], role: Role, told: tuple[str, str, str, bool]
) -> None:
    """With the exact part at stake an officer had the total, with the median of a small class another firm's answer."""
    for response in Response.objects.exclude(pk__in=[one.pk for one in odd]):
        response.answers["F1_spend"] = 10.4
        response.save()
    page = as_role(role).get(reverse("editing"))
    row = page.context["firms"][1]["rows"][0]
    assert (row["anticipated"], row["weight"], row["score"], WORKING in page.content.decode()) == told


@pytest.mark.parametrize(("role", "entries"), [(Role.FIELD_OFFICER, 1), (Role.METHODOLOGIST, 2)])
def test_each_view_of_exact_figures_is_written_down_with_its_page(
    odd: list[Response], as_role: Callable[[Role], Client], role: Role, entries: int
) -> None:
    reader = as_role(role)
    reader.get(reverse("editing"))
    reader.get(reverse("editing"))
    written = StaffAction.objects.filter(verb="read_editing_queue").values_list("detail", flat=True)
    assert (list(written), len(odd)) == ([{"page": 1}] * entries, 2)


def test_queue_of_local_units_tells_of_these(client: Client, odd: list[Response]) -> None:
    assert "Reason, or note to the firm" in client.get(reverse("editing")).content.decode()
    Survey.objects.update(asks=AskedUnit.LOCAL_UNIT.value)
    assert "Reason, or note to the local unit" in client.get(reverse("editing")).content.decode()


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize("answers", [None, 0, 1], ids=["no wave", "no answer", "one answer"])
def test_queue_without_a_wave_or_of_fewer_than_two_firms_is_empty_and_read_by_nobody(
    client: Client, wave: Wave, frame: Callable[..., SamplingFrame], answers: int | None
) -> None:
    if answers is not None:
        answered_wave(wave, frame, firms=40, sample=24, answers=answers)
    page = client.get(reverse("editing"))
    assert "No answer looks wrong enough to move a figure" in page.content.decode()
    assert not StaffAction.objects.filter(verb="read_editing_queue").exists()


def test_accepted_answer_leaves_the_queue_once(client: Client, odd: list[Response]) -> None:
    for _time in range(2):
        decide(client, odd[0], accept="1")
    assert EditingDecision.objects.values_list("item", "value", "reason").get() == (
        "F1_spend", 5000.0, "Told by telephone.",
    )  # fmt: skip
    assert queue(client) == [odd[1].pk]


def test_corrected_answer_leaves_the_queue(client: Client, odd: list[Response]) -> None:
    address = reverse("case_correct", args=[odd[0].case_id, odd[0].pk, "F1_spend"])
    assert client.post(address, {"F1_spend": "5", "state": "corrected", "reason": "Yuan."}).status_code == 302
    assert odd[0].pk not in queue(client)


def test_firm_of_another_district_is_neither_listed_nor_decided(
    client: Client, odd: list[Response], officer: User
) -> None:
    here, there = (Case.objects.get(pk=one.case_id).sample_unit.unit.district for one in odd)
    Territory.objects.create(user=officer, district=there)
    listed = queue(client)
    assert listed == ([one.pk for one in odd] if here == there else [odd[1].pk])
    assert decide(client, odd[0], accept="1").status_code == (200 if here == there else 404)


def test_queue_asks_as_much_for_one_firm_as_for_two(
    client: Client, odd: list[Response], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    queue(client)
    with django_assert_num_queries(18):
        assert queue(client) == [one.pk for one in odd]
    decide(client, odd[0], accept="1")
    queue(client)
    with django_assert_num_queries(18):
        assert queue(client) == [odd[1].pk]
