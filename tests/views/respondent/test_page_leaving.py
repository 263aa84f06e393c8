"""Every way off a page saves it first, and leads where the button says."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from survey.models import Case, Response
from survey.services.answers.handover import hand_section_on, handover_code
from survey.terms import Role
from tests.views.firms import save

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("place", "address"),
    [
        ("hub", "/form/"),
        ("notice", "/form/notice/"),
        ("before", "/form/page/firm/"),
        ("case", "/form/"),
        ("somewhere", "/form/"),
    ],
)
def test_page_is_saved_before_it_is_left(firm: Client, place: str, address: str) -> None:
    assert save(firm, "choices", cost="4", go=place)["Location"] == address
    assert Response.objects.get().answers["cost"] == "4"


def test_first_page_has_none_before_it(firm: Client) -> None:
    assert save(firm, "firm", employees="20", go="before")["Location"] == "/form/"


def test_leaving_saves_and_ends_the_session(firm: Client) -> None:
    save(firm, "firm", employees="20", go="leave")
    assert Response.objects.get().answers["employees"] == 20
    assert firm.get("/form/")["Location"] == "/"


def test_colleague_is_not_led_back_into_another_section(client: Client, case: Case) -> None:
    made = hand_section_on(case=case, section="second", colleague="Li Na", days=7, now=timezone.now())
    client.post("/", {"access_code": handover_code(made)})
    assert save(client, "words", remark="a", go="before")["Location"] == "/form/"


@pytest.mark.parametrize(("typed", "told"), [("many", 1), ("20", 0)])
def test_who_leaves_is_told_what_was_not_understood(firm: Client, typed: str, told: int) -> None:
    answer = save(firm, "firm", employees=typed, go="hub")
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert [text.startswith(f"Saved. {told} answer was not understood") for text in said] == [True] * told


def test_file_that_was_not_taken_keeps_the_page(firm: Client) -> None:
    bad = SimpleUploadedFile("proof.exe", b"MZ", "application/octet-stream")
    assert save(firm, "words", proof=bad, go="hub").status_code == 200


def test_officer_who_keys_is_led_back_to_the_case(
    client: Client, case: Case, office_user: Callable[[Role | str], User]
) -> None:
    client.force_login(office_user(Role.FIELD_OFFICER))
    client.post(reverse("case_key", args=[case.pk, "paper"]))
    assert save(client, "firm", employees="20", go="case")["Location"] == reverse("case_detail", args=[case.pk])
    assert Response.objects.get().answers["employees"] == 20
