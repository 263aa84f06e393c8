"""How often each page of the questionnaire asks the database: a number that grows makes every firm wait longer.

The session, the case, its response, and whether this is a demonstration: four for every page.
"""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from survey.models import Case
from tests.views.firms import PAGE, enter, save, state_of

EVERY_PAGE = 4
TRANSACTION = 2
"""Its beginning and its end: savepoints in a test."""
pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(client: Client, case: Case) -> Client:
    enter(client, case)
    save(client, "firm", employees="20", has_cloud="no")
    return client


def test_page_is_shown_with_the_queries_of_every_page(
    firm: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(EVERY_PAGE):
        firm.get(reverse(PAGE, args=["choices"]))


def test_sections_read_the_pages_saved_as_well(firm: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    # The pages saved, and the sections in the hands of colleagues.
    with django_assert_num_queries(EVERY_PAGE + 2):
        firm.get(reverse("respondent:hub"))


def test_saved_page_is_read_once_more_under_its_lock_and_written(
    firm: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    state = state_of(firm, "choices")
    # Session, case, response; then locked: case and response again, the answers and the event of saving.
    with django_assert_num_queries(3 + TRANSACTION + 4):
        save(firm, "choices", state, cost="4")


def test_draft_writes_the_answers_only(firm: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    state = state_of(firm, "choices")
    with django_assert_num_queries(3 + TRANSACTION + 3):
        firm.post(reverse("respondent:draft", args=["choices"]), {**state, "cost": "4"})


def test_check_reads_the_lists_of_districts_and_industries_as_well(
    firm: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(EVERY_PAGE + 2):
        firm.get(reverse("respondent:check"))


def test_submission_writes_response_case_history_and_event(
    firm: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    save(firm, "choices", cost="4")
    save(firm, "words")
    html = firm.get(reverse("respondent:check")).content.decode()
    fields = dict(re.findall(r'name="(submission_key|revision)" value="([^"]*)"', html))
    # Five are the audit chain, of which two begin it: it has no entry yet.
    with django_assert_num_queries(3 + TRANSACTION + 7 + 5):
        answer = firm.post(reverse("respondent:submit"), fields)
    assert answer["Location"] == reverse("respondent:receipt")
