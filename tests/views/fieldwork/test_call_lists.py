"""Whom to call next as a page and a file: the rule first, a list by a job, the reason of each firm, and what is done."""

import csv
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from survey.casework_terms import CallResult, EntryKind
from survey.models import CallingPlan, CallList, Case, CaseEntry, Job, StaffAction, Territory, Wave
from survey.selectors.fieldwork.call_lists import by_reason, listed_calls
from tests.working import work_off

RULE = {"size": 20, "points": 5, "percent": 10, "dominance": 0.02, "least_gain": 1, "enough": 0.5}


def page(client: Client, wave: Wave) -> str:
    return client.get(reverse("call_list", args=[wave.code])).content.decode()


def call(case: Case, author: User) -> None:
    CaseEntry.objects.create(
        case=case,
        kind=EntryKind.CALL.value,
        result=CallResult.PROMISED.value,
        author=author,
        submission_key=f"call {case.pk}",
    )


def test_page_asks_for_the_rule_first(client: Client, cases: list[Case], officer: User) -> None:
    wave = cases[0].wave
    assert "No rule says yet" in page(client, wave)
    answer = client.post(reverse("calling_rule", args=[wave.code]), RULE)
    assert (answer.status_code, CallingPlan.objects.get().size) == (302, 20)
    assert "No list has been made yet." in page(client, wave)


def test_rule_that_cannot_hold_is_said_at_its_field(client: Client, cases: list[Case], officer: User) -> None:
    answer = client.post(reverse("calling_rule", args=[cases[0].wave.code]), RULE | {"points": 0})
    assert "greater than or equal to 0.1" in answer.content.decode()
    assert not CallingPlan.objects.exists()


def test_list_is_made_by_a_job_once_however_often_it_is_pressed(client: Client, called: Wave, officer: User) -> None:
    address = reverse("call_list_new", args=[called.code])
    for _time in range(2):
        client.post(address, {"after": "0"})
    assert Job.objects.filter(kind="call_list").count() == 1
    work_off()
    assert CallList.objects.filter(wave=called).count() == 1
    client.post(address, {"after": "0"})
    assert Job.objects.filter(kind="call_list").count() == 1


def test_each_firm_says_why_it_is_called(client: Client, made: CallList) -> None:
    shown = page(client, made.wave)
    for words in ("One call in ten goes to a firm", "of its class lowers the remaining error", "Go on: 30 calls"):
        assert words in shown


def test_firm_that_was_called_is_done_and_stands_last(made: CallList, officer: User) -> None:
    first = made.calls.order_by("place")[0]
    call(first.case, officer)
    rows = list(listed_calls(made, officer))
    assert [(row.place, bool(row.is_done)) for row in (rows[0], rows[-1])] == [(2, False), (1, True)]
    assert rows[-1].last_result == CallResult.PROMISED.value


def test_what_calling_brought_is_counted_by_reason(made: CallList, officer: User) -> None:
    by_class = made.calls.filter(reason="class").order_by("place")
    for row in by_class[:3]:
        call(row.case, officer)
    Case.objects.filter(pk=by_class[0].case_id).update(status="submitted")
    (found,) = [row for row in by_reason(made.wave) if row.reason == "class"]
    assert (found.listed, found.called, found.answered) == (by_class.count(), 3, 1)


def test_file_has_the_reason_of_each_firm_and_its_telephone(client: Client, made: CallList) -> None:
    content = client.get(reverse("call_list_csv", args=[made.wave.code])).content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(content)))
    assert [row["place"] for row in rows] == [str(place) for place in range(1, 31)]
    assert {row["why"][-1] for row in rows} == {"."}
    assert all(row["telephone"].startswith("0755-") for row in rows)
    [entry] = StaffAction.objects.filter(verb="download_call_list")
    assert (entry.subject, entry.detail) == (str(made.wave), {"number": made.number})


def test_officer_of_a_district_sees_his_firms_and_makes_no_list(client: Client, made: CallList, officer: User) -> None:
    district = made.calls.order_by("place")[0].case.sample_unit.unit.district
    Territory.objects.create(user=officer, district=district)
    assert {row.case.sample_unit.unit.district for row in listed_calls(made, officer)} == {district}
    assert "Make a new list" not in page(client, made.wave)
    assert client.post(reverse("call_list_new", args=[made.wave.code]), {"after": "1"}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_does_not_grow_with_the_firms(
    client: Client, made: CallList, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made.calls.filter(place__gt=count).delete()
    page(client, made.wave)
    with django_assert_num_queries(QUERIES):
        page(client, made.wave)


QUERIES = 15


def test_menu_leads_to_the_list_of_the_present_wave(client: Client, called: Wave) -> None:
    assert client.get(reverse("call_next"))["Location"] == reverse("call_list", args=[called.code])


def test_without_a_case_the_menu_leads_to_a_sentence(client: Client, wave: Wave, officer: User) -> None:
    answer = client.get(reverse("call_next"))
    assert (answer.status_code, "fieldwork/case_list_empty.html" in [one.name for one in answer.templates]) == (
        200,
        True,
    )
