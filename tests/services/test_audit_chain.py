"""Each entry of the chain follows from the one before, for every writer, and says where it came from."""

import threading
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse

from survey.models import AuditChain, AuditEntry, Case, Response, StaffAction
from survey.services.answers.responses import submit_response
from survey.services.audit import record_action, record_reading
from survey.services.audit_chain import adopt, chain, client_at, content_of, salted, scope_of, seal
from survey.services.operation.audit_check import broken_links
from tests.interrupted import half_written
from tests.services.answers.test_responses import fill_in

pytestmark = pytest.mark.django_db


def test_entries_follow_each_other() -> None:
    for verb in ("first", "second"):
        record_action(actor=None, verb=verb, subject="x")
    first, second = AuditEntry.objects.order_by("position")
    assert (first.position, first.previous, second.position, second.previous) == (1, "", 2, first.hash)
    end = AuditChain.objects.get(scope="staff-0")
    assert (end.length, end.last) == (2, second.hash)


def test_entry_bears_the_address_of_the_client() -> None:
    with client_at("203.0.113.9"):
        record_action(actor=None, verb="inside", subject="x")
    record_action(actor=None, verb="outside", subject="x")
    assert list(AuditEntry.objects.order_by("position").values_list("address", flat=True)) == ["203.0.113.9", ""]


def test_submission_is_in_the_chain_of_its_case(case: Case) -> None:
    fill_in(case)
    with client_at("203.0.113.9"):
        response = submit_response(case=case, submission_key="k")
    entry = AuditEntry.objects.get(kind="response")
    assert (entry.object_id, entry.case_id, entry.scope) == (response.pk, case.pk, scope_of(case.pk, None))
    assert entry.address == "203.0.113.9"
    assert list(broken_links()) == []


def test_submission_repeated_is_one_entry(case: Case) -> None:
    fill_in(case)
    for _ in range(2):
        submit_response(case=case, submission_key="k")
    assert AuditEntry.objects.filter(kind="response").count() == 1


def test_address_is_sealed_with_a_salt_of_its_own() -> None:
    with client_at("203.0.113.9"):
        record_action(actor=None, verb="inside", subject="x")
    entry = AuditEntry.objects.get()
    assert (len(entry.address_salt), entry.address_salt != entry.salt) == (32, True)
    assert entry.address_digest == salted("203.0.113.9", entry.address_salt)


def test_what_is_about_a_case_stands_in_its_chain(cases: list[Case]) -> None:
    record_action(actor=User.objects.create(username="o"), verb="revoke_code", subject=cases[0])
    entry = AuditEntry.objects.get(kind="staffaction", case_id=cases[0].pk)
    assert entry.scope == scope_of(cases[0].pk, None)


def test_content_is_the_same_before_and_after_it_was_stored(cases: list[Case]) -> None:
    assert cases[0].wave.version is not None
    made = Response.objects.create(
        case=cases[0],
        version=cases[0].wave.version,
        answers={"a": 5.0, "b": 1e22, "c": 1e-7, "d": "中\u2028", "e": [1, "2"], "f": True},
        status="submitted",
        submitted_at=datetime(2026, 3, 1, 4, 5, 6, 789, UTC),
    )
    assert content_of(made) == content_of(Response.objects.get(pk=made.pk))


def test_reading_the_same_again_is_one_entry() -> None:
    reader = User.objects.create(username="r")
    found = [record_reading(actor=reader, verb="read_answers", subject="x", response=n) is None for n in (1, 1, 2)]
    assert found == [False, True, False]


def test_rows_without_an_entry_are_adopted_once(cases: list[Case]) -> None:
    assert cases[0].wave.version is not None
    AuditEntry.objects.count()
    StaffAction.objects.bulk_create([StaffAction(verb="loaded", subject="x")])
    for case in cases[:2]:
        Response.objects.create(case=case, version=cases[0].wave.version, answers={}, status="submitted")
    Response.objects.create(case=cases[3], version=cases[0].wave.version, answers={})
    assert (adopt(limit=2), adopt(limit=100), adopt(limit=100)) == (2, 1, 0)
    assert set(AuditEntry.objects.filter(event="adopted").values_list("kind", flat=True)) == {"response", "staffaction"}
    assert list(broken_links()) == []


def test_chains_are_sealed_when_something_was_added() -> None:
    record_action(actor=None, verb="first", subject="x")
    assert (seal(), seal()) == (True, False)
    record_action(actor=None, verb="second", subject="x")
    assert seal()
    assert list(broken_links()) == []


def test_address_of_a_request_is_that_of_the_client(client: Client, cases: list[Case], officer_of_audit: User) -> None:
    assert cases[0].wave.version is not None
    client.force_login(officer_of_audit)
    response = Response.objects.create(case=cases[0], version=cases[0].wave.version, answers={}, status="submitted")
    client.get(reverse("case_answers", args=[cases[0].pk, response.pk]), REMOTE_ADDR="198.51.100.4")
    entry = AuditEntry.objects.get(case_id=cases[0].pk)
    action = StaffAction.objects.get(pk=entry.object_id)
    assert (action.verb, action.actor, entry.address) == ("read_answers", officer_of_audit, "198.51.100.4")


@pytest.fixture
def officer_of_audit() -> User:
    return User.objects.create_superuser("boss", is_staff=True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("parallel_database")
def test_many_writers_at_once_make_one_chain() -> None:
    record_action(actor=None, verb="first", subject="x")
    faults: list[BaseException] = []

    def write() -> None:
        try:
            for number in range(10):
                record_action(actor=None, verb="write", subject="x", number=number)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _ in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert faults == []
    assert list(AuditEntry.objects.order_by("position").values_list("position", flat=True)) == list(range(1, 62))
    assert list(broken_links()) == []


def test_first_entries_of_two_chains_have_ends_of_their_own() -> None:
    chain(StaffAction.objects.create(verb="a", subject="x"))
    chain(StaffAction.objects.create(verb="b", subject="x", actor=User.objects.create(username="o")))
    assert AuditChain.objects.count() == 2


def test_chains_are_sealed_whole_or_not_at_all() -> None:
    record_action(actor=None, verb="first", subject="x")
    assert half_written(seal) == []
