"""Texts and plan of a wave concern every firm, so that who works on some districts alone changes neither."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from survey.models import Case, District, MailingTemplate, PlannedMailing, Territory, Wave
from survey.terms import Role
from tests.services.answers.test_responses_parallel import at_once

pytestmark = pytest.mark.django_db
ENTRY = {"purpose": "reminder_1", "days": "7", "counted_from": "after_invitation", "channel": "email", "language": "zh"}
TEXT = {
    "subject_zh": "题",
    "subject_en": "S",
    "body_zh": "{link}",
    "body_en": "{link}",
    "short_zh": "{link}",
    "short_en": "{link}",
}


@pytest.fixture(autouse=True)
def officer(client: Client, office_user: Callable[[Role | str], User], cases: list[Case]) -> User:
    user = office_user(Role.FIELD_OFFICER)
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return user


def statuses(client: Client, planned: PlannedMailing) -> list[int]:
    text, plan = reverse("mailing_text", args=["w1", "invitation"]), reverse("mailing_plan", args=["w1"])
    unplan = reverse("mailing_unplan", args=["w1", planned.pk])
    posts = (client.post(text, TEXT), client.post(plan, ENTRY), client.post(unplan))
    return [client.get(text).status_code, *(answer.status_code for answer in posts)]


@pytest.fixture
def planned(client: Client, wave: Wave) -> PlannedMailing:
    client.post(reverse("mailing_plan", args=["w1"]), {**ENTRY, "purpose": "thanks", "counted_from": "after_opening"})
    return PlannedMailing.objects.create(
        wave=wave, purpose="reminder_2", days=9, counted_from="after_invitation", channel="email", site="https://x/"
    )


def test_officer_of_every_district_changes_text_and_plan(client: Client, planned: PlannedMailing) -> None:
    assert statuses(client, planned) == [200, 302, 302, 302]
    assert MailingTemplate.objects.get().body.en == "{link}"
    assert "reminder_1" in PlannedMailing.objects.values_list("purpose", flat=True)
    assert "reminder_2" not in PlannedMailing.objects.values_list("purpose", flat=True)


def test_officer_of_one_district_changes_neither(client: Client, planned: PlannedMailing, officer: User) -> None:
    Territory.objects.create(user=officer, district=District.objects.order_by("code")[0])
    before = list(PlannedMailing.objects.order_by("pk"))
    assert statuses(client, planned) == [403, 403, 403, 403]
    assert (MailingTemplate.objects.exists(), list(PlannedMailing.objects.order_by("pk"))) == (False, before)


def test_purpose_that_there_is_none_of_is_not_found(client: Client) -> None:
    assert client.get(reverse("mailing_text", args=["w1", "threat"])).status_code == 404


def test_entry_of_another_wave_is_not_taken_out(client: Client, planned: PlannedMailing, wave: Wave) -> None:
    wave.pk, wave.code = None, "w2"
    wave.save()
    assert client.post(reverse("mailing_unplan", args=["w2", planned.pk])).status_code == 404


def test_page_shows_what_the_first_firm_would_read_in_both_languages(client: Client, cases: list[Case]) -> None:
    examples = client.get(reverse("mailing_text", args=["w1", "invitation"])).context["examples"]
    assert [language for language, _example in examples] == ["zh", "en"]
    assert all(cases[0].sample_unit.unit.name in example.body for _language, example in examples)


@pytest.mark.usefixtures("parallel_database")
def test_of_texts_that_are_kept_in_the_same_moment_one_stands_and_the_others_are_shown_beside_it(
    client: Client, officer: User
) -> None:
    address = reverse("mailing_text", args=["w1", "invitation"])
    posted = {**TEXT, "_state": client.get(address).context["state"]}

    def keep(number: int) -> int:
        own = Client()
        own.force_login(officer)
        return own.post(address, {**posted, "body_en": f"{number} {{link}}"}).status_code

    assert sorted(at_once(3, keep)) == [302, 409, 409]
