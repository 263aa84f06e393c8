"""Staff who do nothing are logged out."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from survey.terms import Role
from survey.views.operation.staff_session import LAST_SEEN


@pytest.fixture
def officer(client: Client, office_user: Callable[[Role], User]) -> Client:
    client.force_login(office_user(Role.FIELD_OFFICER))
    client.get(reverse("admin:index"))
    return client


def move_back(client: Client, seconds: int) -> None:
    session = client.session
    session[LAST_SEEN] -= seconds
    session.save()


def test_idle_officer_is_asked_to_log_in_and_led_back(officer: Client) -> None:
    move_back(officer, 1801)
    answer = officer.get(reverse("case_list"))
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('admin:login')}?next=%2Fadmin%2Fcases%2F")
    assert officer.get(reverse("case_list")).status_code == 302


def test_login_page_says_why_it_is_asked_again(officer: Client) -> None:
    officer.cookies["django_language"] = "en"
    move_back(officer, 1801)
    html = officer.get(reverse("case_list"), follow=True).content.decode()
    assert "You were logged out after 30 minutes without activity." in html


def test_officer_who_works_stays_logged_in(officer: Client) -> None:
    for _ in range(3):
        move_back(officer, 1700)
        assert officer.get(reverse("admin:index")).status_code == 200


def test_idle_time_is_a_setting(officer: Client, settings: Any) -> None:
    settings.STAFF_IDLE_SECONDS = 60
    move_back(officer, 61)
    assert officer.get(reverse("admin:index")).status_code == 302


def test_respondent_is_not_touched(client: Client, db: None) -> None:
    assert client.get("/").status_code == 200
    assert LAST_SEEN not in client.session
