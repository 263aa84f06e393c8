"""The page of one run: what its buttons do and when they are there, and who finds it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from survey.mailing_terms import MailingChannel
from survey.models import Case, District, Job, Mailing, Territory, Wave
from survey.terms import Role
from tests.services.mailing.runs import prepared

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client: Client, office_user: Callable[[Role | str], User], settings: Settings) -> User:
    settings.SENDS_MAIL = True
    user = office_user(Role.FIELD_OFFICER)
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return user


@pytest.fixture
def run(wave: Wave, cases: list[Case], officer: User) -> Mailing:
    return prepared(wave)


def shown(client: Client, run: Mailing, **query: str) -> Any:
    return client.get(reverse("mailing_run", args=[run.pk]), query).context


def act(client: Client, run: Mailing, action: str) -> int:
    return client.post(reverse("mailing_action", args=[run.pk, action])).status_code


@pytest.mark.parametrize(
    ("state", "buttons"),
    [
        ("prepared", (True, False, False)),
        ("preparing", (False, True, False)),
        ("sending", (True, False, True)),
        ("stopped", (True, False, False)),
    ],
)
def test_buttons_are_those_of_the_state(
    client: Client, run: Mailing, state: str, buttons: tuple[bool, bool, bool]
) -> None:
    Mailing.objects.update(state=state)
    context = shown(client, run)
    assert tuple(bool(context[name]) for name in ("may_send", "may_prepare", "may_stop")) == buttons
    assert (context["waiting"], context["again"], context["unsure"]) == (24, 0, 0)


def test_nothing_is_pressed_while_a_job_is_open(client: Client, run: Mailing) -> None:
    assert act(client, run, "send") == 302
    context = shown(client, run)
    assert (context["is_open"], context["may_send"], context["may_see_job"]) == (True, False, True)


def test_run_is_stopped_once_and_then_said_not_to_be_sent(client: Client, run: Mailing) -> None:
    address = reverse("mailing_action", args=[run.pk, "stop"])
    told = ["The mailing is not being sent." in client.post(address, follow=True).content.decode() for _ in range(2)]
    assert (told, Mailing.objects.get().state) == ([False, True], "stopped")


def test_rows_that_failed_or_bounced_can_be_sent_once_more(client: Client, run: Mailing) -> None:
    first, second, third = run.rows.order_by("pk")[:3]
    for row, state in ((first, "failed"), (second, "bounced"), (third, "unsure")):
        run.rows.filter(pk=row.pk).update(state=state)
    context = shown(client, run, state="failed")
    assert (context["again"], context["unsure"], context["waiting"]) == (2, 1, 21)
    assert [row.pk for row in context["page"].object_list] == [first.pk]
    act(client, run, "failed")
    assert shown(client, run)["waiting"] == 23
    act(client, run, "unsure")
    assert shown(client, run)["waiting"] == 24


@pytest.mark.parametrize(("state", "kind"), [("preparing", "mailing_prepare"), ("prepared", "mailing_send")])
def test_sending_goes_on_with_what_is_next(client: Client, run: Mailing, state: str, kind: str) -> None:
    Mailing.objects.update(state=state)
    act(client, run, "send")
    assert [job.kind for job in Job.objects.all()] == [kind]


def test_other_actions_and_files_are_not_there(client: Client, run: Mailing) -> None:
    assert act(client, run, "erase") == 404
    for channel, part in (("dove", 1), ("email", 0), ("email", 99)):
        assert client.post(reverse("mailing_file", args=[run.pk, channel, part])).status_code == 404
    assert not Job.objects.exists()


def test_first_and_last_file_are_asked_for_by_their_channel(
    client: Client, wave: Wave, cases: list[Case], officer: User
) -> None:
    merged = prepared(wave, channel=MailingChannel.MERGE)
    merged.rows.update(state="sent")
    assert client.post(reverse("mailing_file", args=[merged.pk, "merge", 1])).status_code == 302
    assert client.post(reverse("mailing_file", args=[merged.pk, "merge", 2])).status_code == 404
    assert Job.objects.get().parameters == {"mailing": merged.pk, "channel": "merge", "part": 1}


def test_run_of_another_district_is_not_there(client: Client, run: Mailing, officer: User) -> None:
    Territory.objects.create(user=officer, district=District.objects.create(code="440399"))
    assert client.get(reverse("mailing_run", args=[run.pk])).status_code == 404
    assert act(client, run, "send") == 404
    assert not Job.objects.exists()
