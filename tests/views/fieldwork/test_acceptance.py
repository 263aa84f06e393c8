from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from survey.models import Acceptance, Case, District, StaffAction, Territory


def districts(cases: list[Case]) -> list[District]:
    return list(District.objects.filter(pk__in={case.sample_unit.unit.district_id for case in cases}))


def accept(client: Client, district: District | None, **typed: str) -> Any:
    given = {"district": district.code if district else "", **typed}
    return client.post(reverse("acceptance"), given, follow=True)


@pytest.mark.usefixtures("officer")
def test_what_is_open_needs_a_remark(client: Client, cases: list[Case]) -> None:
    (first, *_others) = districts(cases)
    assert "Firms have neither submitted" in accept(client, first).content.decode()
    assert Acceptance.objects.count() == 0
    accept(client, first, remark="The two are in liquidation.")
    there = sum(case.sample_unit.unit.district_id == first.pk for case in cases)
    assert Acceptance.objects.get().unresolved == there


def test_district_is_accepted_once_with_officer_and_day(client: Client, officer: User, cases: list[Case]) -> None:
    Case.objects.update(status="submitted")
    (first, *_others) = districts(cases)
    for _time in range(2):
        accept(client, first)
    assert Acceptance.objects.get().accepted_by == officer
    assert StaffAction.objects.filter(verb="accept_returns").count() == 1


@pytest.mark.usefixtures("officer")
def test_city_comes_after_its_districts_and_holds_them(client: Client, cases: list[Case]) -> None:
    Case.objects.update(status="submitted")
    assert "Not every district is accepted yet" in accept(client, None).content.decode()
    for district in districts(cases):
        accept(client, district)
    accept(client, None)
    assert Acceptance.objects.filter(district=None).count() == 1
    assert "The city is accepted." in accept(client, districts(cases)[0], take_back="1").content.decode()
    accept(client, None, take_back="1")
    accept(client, districts(cases)[0], take_back="1")
    assert Acceptance.objects.count() == len(districts(cases)) - 1


def test_officer_of_a_district_accepts_that_alone(client: Client, officer: User, cases: list[Case]) -> None:
    Case.objects.update(status="submitted")
    (mine, other, *_rest) = districts(cases)
    Territory.objects.create(user=officer, district=mine)
    assert [accept(client, one).status_code for one in (mine, other, None)] == [200, 404, 403]
    assert Acceptance.objects.get().district == mine


@pytest.mark.usefixtures("officer")
def test_without_a_wave_there_is_nothing_to_accept(client: Client) -> None:
    answer = client.get(reverse("acceptance"))
    assert (answer.status_code, answer.templates[0].name) == (200, "fieldwork/case_list_empty.html")
