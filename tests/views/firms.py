"""A firm at its browser: what tests of the questionnaire's pages do again and again."""

import re
from collections.abc import Mapping
from typing import Any

from django.test import Client
from django.urls import reverse

from survey.models import Case
from survey.services.fieldwork.access_codes import derive_code

PAGE = "respondent:page"
SCRIPT: dict[str, Any] = {"HTTP_ACCEPT": "application/json"}
"""What the script of a page asks for."""


def enter(client: Client, case: Case, **headers: Any) -> Any:
    """Open the questionnaire with the case's access code."""
    return client.post(reverse("respondent:home"), {"access_code": derive_code(case)}, **headers)


def state_of(client: Client, page: str) -> dict[str, str]:
    """The hidden state that a page is shown with."""
    html = client.get(reverse(PAGE, args=[page])).content.decode()
    return hidden_state(html)


def hidden_state(html: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(firm|revision|base|shown|asked)" value="([^"]*)">', html)
    return {name: value.replace("&quot;", '"') for name, value in found}


def save(client: Client, page: str, state: Mapping[str, str] | None = None, **typed: Any) -> Any:
    """Post a page with the state that it shows now, or with an older one."""
    return client.post(reverse(PAGE, args=[page]), {**(state or state_of(client, page)), **typed})


def draft(client: Client, state: Mapping[str, str], page: str = "firm", **typed: Any) -> Any:
    """What the script is told when it saves a page that is being filled in."""
    return client.post(reverse("respondent:draft", args=[page]), {**state, **typed}, **SCRIPT).json()


def send(client: Client, state: Mapping[str, str], page: str = "firm", **typed: Any) -> Any:
    """The answer to the script that sends a page."""
    return client.post(reverse(PAGE, args=[page]), {**state, **typed}, **SCRIPT)
