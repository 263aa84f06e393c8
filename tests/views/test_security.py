"""Every response bears the policy: our own files alone, nothing inline, no frame around us."""

import pytest
from django.test import Client

from survey.views.security import POLICY


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/admin/login/", "/nothing-here/"])
def test_policy_is_sent_with_every_page_and_failure(client: Client, address: str) -> None:
    assert client.get(address).headers["Content-Security-Policy"] == POLICY


def test_policy_lets_nothing_in_that_is_not_named() -> None:
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert {rules[name] for name in ("default-src", "base-uri", "frame-ancestors")} == {"'none'"}
    assert {rules[name] for name in ("script-src", "style-src", "connect-src", "form-action")} == {"'self'"}
    assert "unsafe" not in POLICY
