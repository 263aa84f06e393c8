from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from survey.models import Case, CaseEntry, CaseOutcome, CaseWork, StaffAction
from tests.at_once import meanwhile
from tests.services.casework.submitting import submitted_response


def post(client: Client, page: str, case: Case, *args: Any, **typed: Any) -> Any:
    return client.post(reverse(page, args=[case.pk, *args]), typed)


CALL = {"key": "k1", "kind": "call", "result": "call_back", "person": "Ms Li", "text": "Busy."}


def test_call_is_logged_with_what_is_next(client: Client, officer: User, cases: list[Case]) -> None:
    post(client, "case_log", cases[0], **CALL, next_action="Call", due_on="2030-01-02", owner=officer.pk)
    entry, work = CaseEntry.objects.get(), CaseWork.objects.get()
    assert (entry.kind, entry.result, entry.person, entry.author) == ("call", "call_back", "Ms Li", officer)
    assert (work.owner, work.next_action, str(work.due_on)) == (officer, "Call", "2030-01-02")


def test_form_sent_twice_is_one_call(client: Client, officer: User, cases: list[Case]) -> None:
    for _time in range(2):
        assert post(client, "case_log", cases[0], **CALL).status_code == 302
    assert (CaseEntry.objects.count(), StaffAction.objects.filter(verb="log_case").count()) == (1, 1)


def plan_of(client: Client, case: Case) -> dict[str, Any]:
    """The plan as the page of the case shows it, to be sent again."""
    form = client.get(reverse("case_detail", args=[case.pk])).context["log_form"]
    return {name: form[name].value() or "" for name in form.stored} | {"_state": form.state(), "key": "k2"}


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize(("choice", "kept"), [("stored", "Visit"), ("typed", "Write")])
def test_plan_that_a_colleague_made_meanwhile_is_not_overwritten_unseen(
    client: Client, cases: list[Case], choice: str, kept: str
) -> None:
    opened = plan_of(client, cases[0])
    planned = {**opened, "next_action": "Visit", "due_on": "2030-01-02", "appointment_at": "2030-01-02T10:30"}
    assert post(client, "case_log", cases[0], **planned).status_code == 302
    typed = {**opened, **CALL, "next_action": "Write"}
    refused = post(client, "case_log", cases[0], **typed)
    form = refused.context["log_form"]
    assert (refused.status_code, CaseEntry.objects.count(), CaseWork.objects.get().next_action) == (409, 0, "Visit")
    both_values = {(both.name, both.stored, both.typed, both.is_kept) for both in form.side_by_side()}
    assert both_values == {
        ("next_action", "Visit", "Write", False),
        ("due_on", "2030-01-02", "", True),
        ("appointment_at", "2030-01-02T10:30", "", True),
    }
    again = {**typed, "_state": form.state(), "_keep_due_on": "stored", "_keep_appointment_at": "stored"}
    assert post(client, "case_log", cases[0], **again, _keep_next_action=choice).status_code == 302
    work = CaseWork.objects.get()
    assert (work.next_action, str(work.due_on), CaseEntry.objects.count()) == (kept, "2030-01-02", 1)


@pytest.mark.usefixtures("officer")
def test_call_is_logged_beside_a_plan_that_a_colleague_made_meanwhile(client: Client, cases: list[Case]) -> None:
    opened = plan_of(client, cases[0])
    post(client, "case_log", cases[0], **{**opened, "next_action": "Visit", "appointment_at": "2030-01-02T10:30"})
    assert post(client, "case_log", cases[0], **{**opened, **CALL}).status_code == 302
    work = CaseWork.objects.get()
    assert (work.next_action, timezone.localtime(work.appointment_at).hour) == ("Visit", 10)
    assert CaseEntry.objects.get().text == "Busy."


@pytest.mark.usefixtures("officer")
def test_refused_log_keeps_what_was_typed(client: Client, cases: list[Case]) -> None:
    answer = post(client, "case_log", cases[0], key="k", kind="call", text="Nobody there")
    page = answer.content.decode()
    assert (answer.status_code, CaseEntry.objects.count()) == (422, 0)
    assert "Choose how it ended." in page
    assert "Nobody there" in page


@pytest.mark.usefixtures("officer")
def test_outcome_of_a_firm_that_submitted_is_shown_and_taken_back(client: Client, cases: list[Case]) -> None:
    submitted_response(cases[0])
    typed = {"outcome": "duplicate", "source": "firm", "reason": "Same firm."}
    post(client, "case_outcome", cases[0], **typed)
    page = client.get(reverse("case_detail", args=[cases[0].pk])).content.decode()
    assert "do not count while this outcome stands" in page
    post(client, "case_outcome_back", cases[0], reason="Two firms.")
    assert [row.outcome for row in CaseOutcome.objects.all()] == ["duplicate", ""]
    assert Case.objects.get(pk=cases[0].pk).is_set_aside is False


@pytest.mark.usefixtures("officer")
def test_wrong_credit_code_of_the_other_firm_is_refused(client: Client, cases: list[Case]) -> None:
    typed = {"outcome": "merged", "source": "firm", "reason": "x", "other_firm": "123"}
    answer = post(client, "case_outcome", cases[0], **typed)
    assert (answer.status_code, CaseOutcome.objects.count()) == (422, 0)
    assert "This is no credit code" in answer.content.decode()


@pytest.mark.usefixtures("officer")
def test_message_of_another_firm_cannot_be_answered_here(client: Client, cases: list[Case]) -> None:
    entry = CaseEntry.objects.create(case=cases[1], kind="message", text="Help", submission_key="a")
    assert post(client, "case_answer", cases[0], entry.pk, answer="Yes").status_code == 404


def test_answer_to_a_firm_is_kept_with_its_day(client: Client, officer: User, cases: list[Case]) -> None:
    day = timezone.localdate(cases[0].wave.closes_at)
    entry = CaseEntry.objects.create(case=cases[0], kind="more_time", until=day, submission_key="a")
    post(client, "case_answer", cases[0], entry.pk, answer="Yes", granted_until=str(day))
    entry.refresh_from_db()
    assert (entry.answer, entry.granted_until, entry.answered_by) == ("Yes", day, officer)


@pytest.mark.usefixtures("officer")
def test_history_tells_calls_and_outcomes_and_one_line_for_a_keyed_return(client: Client, cases: list[Case]) -> None:
    post(client, "case_log", cases[0], **CALL)
    post(client, "case_outcome", cases[0], outcome="refused", source="calls", reason="Three calls.")
    author = User.objects.get()
    for page in ("a", "b", "b"):
        detail = {"page": page, "channel": "paper"}
        StaffAction.objects.create(actor=author, verb="key_answers", subject=str(cases[0]), detail=detail)
    events = client.get(reverse("case_detail", args=[cases[0].pk])).context["events"]
    said = [event.what for event in events]
    assert [what for what in said if "keyed" in what] == ["Return keyed, 2 pages"]
    assert "Call · Asked to be called again · Ms Li · Busy." in said
    assert "Outcome “Refuses to report”: Three calls." in said


@pytest.mark.usefixtures("parallel_database")
def test_of_two_who_plan_a_case_in_the_same_moment_the_second_is_shown_both_plans(
    client: Client, officer: User, cases: list[Case]
) -> None:
    opened, other = plan_of(client, cases[0]), Client()
    other.force_login(officer)
    second = meanwhile(
        lambda: post(client, "case_log", cases[0], **{**opened, "next_action": "Visit"}),
        lambda: post(other, "case_log", cases[0], **{**opened, "key": "k3", "next_action": "Write"}),
    ).result()
    assert (second.status_code, CaseWork.objects.get().next_action) == (409, "Visit")
