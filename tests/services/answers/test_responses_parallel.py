"""Many people at once: one response per case, one receipt, no lock that fails."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from survey.instrument.answers import parse_page
from survey.models import Case, Response
from survey.services.answers.responses import PageInput, save_answers, submit_response
from survey.terms import ResponseStatus
from tests.every_type import EVERY_TYPE, ROUTE_WITHOUT_CLOUD
from tests.views.firms import enter, save

PEOPLE = 24


@pytest.fixture
def open_case(parallel_database: None, case: Case) -> Case:
    return case


def at_once(count: int, act: Callable[[int], Any]) -> list[Any]:
    """The results of ``act(0) ... act(count - 1)``, all begun at the same moment in threads of their own."""
    barrier = Barrier(count)

    def begin(number: int) -> Any:
        barrier.wait()
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(begin, range(count)))


def given(page: str, revision: int = 0, **typed: str) -> PageInput:
    raw = {name: [value] for name, value in typed.items()}
    return PageInput(
        page=EVERY_TYPE.pages[page], parsed=parse_page(EVERY_TYPE.pages[page], raw), revision=revision, base={}
    )


def fill_in(case: Case) -> None:
    for revision, (page, typed) in enumerate(ROUTE_WITHOUT_CLOUD.items()):
        save_answers(case=case, given=given(page, revision, **typed))


def test_five_parallel_submissions_give_one_response_and_one_receipt(open_case: Case) -> None:
    fill_in(open_case)
    responses = at_once(5, lambda number: submit_response(case=open_case, submission_key="key"))
    assert len({response.receipt_number for response in responses}) == 1
    assert Response.objects.filter(status=ResponseStatus.SUBMITTED).count() == 1


def test_parallel_first_saves_give_one_response(open_case: Case) -> None:
    at_once(5, lambda number: save_answers(case=open_case, given=given("firm", employees="20")))
    assert [response.answers for response in Response.objects.all()] == [{"employees": 20}]


def test_of_parallel_different_answers_one_is_kept_and_the_others_are_asked(open_case: Case) -> None:
    saved = at_once(5, lambda number: save_answers(case=open_case, given=given("firm", employees=str(number + 1))))
    assert sorted(len(part.conflicts) for part in saved) == [0, 1, 1, 1, 1]
    kept = next(number + 1 for number, part in enumerate(saved) if not part.conflicts)
    assert Response.objects.get().answers == {"employees": kept}


def test_parallel_pages_of_one_case_are_all_kept(open_case: Case) -> None:
    at_once(2, lambda number: save_answers(case=open_case, given=list(map_pages())[number]))
    assert Response.objects.get().answers == {"employees": 20, "has_cloud": "no", "cost": "4"}


def map_pages() -> Any:
    return (given(page, **typed) for page, typed in ROUTE_WITHOUT_CLOUD.items() if typed)


def test_many_firms_fill_in_at_once(open_case: Case) -> None:
    cases = list(Case.objects.select_related("wave__survey").order_by("pk")[:PEOPLE])

    def whole_way(number: int) -> list[int]:
        client = Client()
        statuses = [enter(client, cases[number]).status_code]
        statuses += [save(client, page, **typed).status_code for page, typed in ROUTE_WITHOUT_CLOUD.items()]
        posted = {"submission_key": f"key{number}", "revision": "2"}
        return [*statuses, client.post("/form/submit/", posted).status_code]

    assert at_once(len(cases), whole_way) == [[302] * 5] * len(cases)
    assert Response.objects.filter(status=ResponseStatus.SUBMITTED).count() == len(cases)
