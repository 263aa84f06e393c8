"""The long lists of the office ask as often for many cases as for few."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from survey.models import Case, Response, Wave
from survey.terms import CaseStatus
from tests.waves import version_of

MOST = {
    "cases/": 17,
    "cases/?sort=-saved": 17,
    "cases/?sort=due&size=large": 17,
    "cases/?text=8765": 15,
    "cases/work/?list=no_contact": 10,
    "waves/{wave}/progress/": 24,
}
"""Statements of a page that has been open before, by its address."""


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/admin/{address}").status_code == 200
    return len(queries)


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize("address", MOST)
def test_list_asks_as_often_for_many_cases_as_for_few(
    client: Client, wave: Wave, cases: list[Case], address: str
) -> None:
    address, most = address.format(wave=wave.code), MOST[address]
    for case in cases[:2]:
        Response.objects.create(case=case, version=version_of(wave), answers={})
    asked(client, address)
    many = asked(client, address)
    Case.objects.filter(wave=wave, responses=None).exclude(pk__in=[case.pk for case in cases[:4]]).delete()
    # What is kept of the wave is made anew after a change, and then read as before.
    asked(client, address)
    assert (asked(client, address), many) == (most, most)


@pytest.mark.usefixtures("officer")
def test_cases_by_last_save_stand_with_the_newest_first_and_unsaved_ones_last(
    client: Client, wave: Wave, cases: list[Case]
) -> None:
    now = timezone.now()
    # The first of two responses was sent back and does not count as saved.
    for case, days, is_current in ((cases[0], 0, False), (cases[0], 3, True), (cases[1], 2, True), (cases[2], 1, True)):
        response = Response.objects.create(case=case, version=version_of(wave), answers={}, is_current=is_current)
        Response.objects.filter(pk=response.pk).update(saved_at=now - timedelta(days=days))
    page = client.get(reverse("case_list"), {"sort": "-saved"}).context["page"]
    assert [case.pk for case in page][:3] == [cases[2].pk, cases[1].pk, cases[0].pk]
    assert (len(page), page.paginator.count) == (24, Case.objects.count())
    assert [case.saved_at for case in page][3:] == [None] * 21


@pytest.mark.usefixtures("officer")
def test_work_list_counts_what_its_filter_leaves(client: Client, cases: list[Case]) -> None:
    Case.objects.update(status=CaseStatus.RETURNED.value)
    district = cases[0].sample_unit.unit.district
    inside = sum(case.sample_unit.unit.district == district for case in cases)
    pages = [
        client.get(reverse("casework"), {"list": "returned", **more}).context["page"]
        for more in ({}, {"district": district.code})
    ]
    assert [page.paginator.count for page in pages] == [24, inside]
    assert [len(page) for page in pages] == [24, inside]
