from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from survey.models import Case, CaseEntry
from survey.services.casework.letters import answer_letter
from survey.services.fieldwork.extensions import ExtensionRefusedError
from survey.terms import Role
from tests.views.firms import enter

ADDRESS = "respondent:officer"


@pytest.fixture
def firm(client: Client, cases: list[Case]) -> Case:
    client.cookies["django_language"] = "en"
    enter(client, cases[0])
    return cases[0]


def send(client: Client, **typed: str) -> int:
    return client.post(reverse(ADDRESS), {"key": "k", "about": "message", **typed}).status_code


def test_message_stands_in_the_case_once_however_often_it_is_sent(client: Client, firm: Case) -> None:
    assert [send(client, text="Who may sign?") for _time in range(2)] == [302, 302]
    (entry,) = CaseEntry.objects.all()
    assert (entry.case, entry.kind, entry.text, entry.author) == (firm, "message", "Who may sign?", None)


def test_firm_asks_for_time_until_a_day(client: Client, firm: Case) -> None:
    day = timezone.localdate() + timedelta(days=5)
    send(client, about="time", until=str(day))
    assert CaseEntry.objects.get(case=firm).until == day


@pytest.mark.usefixtures("firm")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"text": " "}, "The message is empty."),
        ({"about": "time"}, "The day is missing."),
        ({"about": "time", "until": "2020-02-02"}, "That day is over."),
        ({"about": "time", "until": "2030-02-31"}, "The day is missing."),
    ],
)
def test_what_cannot_be_taken_says_why_and_keeps_the_text(client: Client, typed: dict[str, str], said: str) -> None:
    answer = client.post(reverse(ADDRESS), {"key": "k", "about": "message", "text": "Kept", **typed})
    assert (answer.status_code, CaseEntry.objects.count()) == (422, 0)
    assert said in answer.content.decode()


def test_firm_reads_its_answer_and_not_that_of_another(client: Client, firm: Case, cases: list[Case]) -> None:
    officer = User.objects.create(username="o")
    for case, text in ((firm, "Yes, do."), (cases[1], "Secret of another")):
        entry = CaseEntry.objects.create(case=case, kind="message", text="?", submission_key="a")
        answer_letter(entry=entry, text=text, granted_until=None, actor=officer)
    page = client.get(reverse(ADDRESS)).content.decode()
    assert ("Yes, do." in page, "Secret" in page) == (True, False)


def test_day_after_the_approval_is_not_granted(firm: Case) -> None:
    entry = CaseEntry.objects.create(case=firm, kind="more_time", submission_key="a")
    late = firm.wave.survey.approval_expires + timedelta(days=1)
    with pytest.raises(ExtensionRefusedError):
        answer_letter(entry=entry, text="", granted_until=late, actor=User.objects.create(username="o"))


def test_firm_that_waits_for_many_answers_is_asked_to_call(client: Client, firm: Case) -> None:
    for number in range(5):
        CaseEntry.objects.create(case=firm, kind="message", text="?", submission_key=str(number))
    response = client.post(reverse(ADDRESS), {"key": "k", "about": "message", "text": "Again"})
    contact = firm.wave.survey.contact.en
    assert f"Wait for the answer, or call the survey team: {contact}" in response.content.decode()


def test_firm_is_told_that_its_message_was_sent(client: Client, firm: Case) -> None:
    page = client.post(reverse(ADDRESS), {"key": "k", "about": "message", "text": "Who may sign?"}, follow=True)
    assert "Your message has been sent." in page.content.decode()


def test_officer_who_keys_a_return_writes_nothing_in_the_name_of_the_firm(
    client: Client, case: Case, office_user: Callable[[Role | str], User]
) -> None:
    client.force_login(office_user(Role.FIELD_OFFICER))
    client.post(reverse("case_key", args=[case.pk, "paper"]))
    answer = client.post(reverse(ADDRESS), {"key": "k", "about": "message", "text": "Who may sign?"})
    assert (answer["Location"], CaseEntry.objects.filter(kind="message").count()) == ("/form/", 0)
