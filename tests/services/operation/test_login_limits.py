"""Limits of wrong logins."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from survey.terms import Role


def try_login(client: Client, name: str, password: str, address: str) -> int:
    data = {"username": name, "password": password}
    return client.post(reverse("admin:login"), data, REMOTE_ADDR=address).status_code


@pytest.fixture
def viewer(office_user: Callable[[Role], User]) -> User:
    user = office_user(Role.VIEWER)
    user.set_password("a long enough one")
    user.save()
    return user


def test_account_is_locked_for_the_address_that_guesses_only(viewer: User) -> None:
    for _ in range(10):
        try_login(Client(), viewer.username, "wrong", "198.51.100.1")
    assert try_login(Client(), viewer.username, "a long enough one", "198.51.100.1") == 429
    assert try_login(Client(), viewer.username, "a long enough one", "198.51.100.2") == 302


def test_wrong_login_may_be_tried_again(viewer: User) -> None:
    assert try_login(Client(), viewer.username, "wrong", "198.51.100.1") == 200
    assert try_login(Client(), viewer.username, "a long enough one", "198.51.100.1") == 302


def test_address_that_tries_many_accounts_is_locked(viewer: User, settings: Any) -> None:
    settings.LOGIN_FAILURES_PER_ADDRESS = 5
    for number in range(5):
        try_login(Client(), f"guess{number}", "wrong", "198.51.100.1")
    assert try_login(Client(), viewer.username, "a long enough one", "198.51.100.1") == 429
    assert try_login(Client(), viewer.username, "a long enough one", "198.51.100.2") == 302
