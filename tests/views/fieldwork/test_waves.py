from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from survey.models import Case, QuestionnaireVersion, Wave
from survey.terms import Role


@pytest.fixture(autouse=True)
def officer(client: Client, office_user: Callable[[Role | str], User]) -> None:
    client.force_login(office_user(Role.FIELD_OFFICER))
    client.cookies["django_language"] = "en"


@pytest.mark.parametrize(
    ("page", "before", "after"), [("wave_open", "planned", "open"), ("wave_close", "open", "closed")]
)
def test_wave_moves_when_the_page_is_posted(
    client: Client, cases: list[Case], page: str, before: str, after: str
) -> None:
    Wave.objects.update(status=before)
    answer = client.post(reverse(page, args=["w1"]))
    assert (answer["Location"], Wave.objects.get().status) == (reverse("admin:survey_wave_changelist"), after)


@pytest.mark.parametrize(("page", "status"), [("wave_open", "planned"), ("wave_close", "open")])
def test_looking_at_the_page_changes_nothing(client: Client, cases: list[Case], page: str, status: str) -> None:
    Wave.objects.update(status=status)
    assert (client.get(reverse(page, args=["w1"])).status_code, Wave.objects.get().status) == (200, status)


def test_refusal_is_shown_on_the_page(client: Client, wave: Wave, version: QuestionnaireVersion) -> None:
    Wave.objects.update(status="planned")
    assert "Draw a sample first." in client.post(reverse("wave_open", args=["w1"])).content.decode()


def test_page_of_closing_says_whose_time_it_ends(client: Client, cases: list[Case]) -> None:
    Case.objects.filter(pk__in=[case.pk for case in cases[:2]]).update(extended_until=timezone.localdate())
    said = "2 firms were given time that is not over"
    assert said in client.get(reverse("wave_close", args=["w1"])).content.decode()


def test_unknown_wave_is_not_found(client: Client, db: None) -> None:
    assert client.get(reverse("wave_open", args=["w9"])).status_code == 404
