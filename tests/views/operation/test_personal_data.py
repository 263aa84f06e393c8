"""An administrator finds and removes what is kept of a person; nothing of it stands in an address."""

import pytest
from django.test import Client
from django.urls import reverse

from survey.models import Case, Contact, StaffAction

NAME = "欧阳静芬"


@pytest.fixture
def contact(cases: list[Case]) -> Contact:
    found: Contact = cases[0].sample_unit.unit.contact
    Contact.objects.filter(pk=found.pk).update(name=NAME)
    return found


def post(client: Client, **given: str) -> str:
    answer = client.post(reverse("personal_data"), given)
    assert answer.status_code == 200
    return answer.content.decode()


def test_shows_where_a_person_stands(administrator: Client, contact: Contact) -> None:
    html = post(administrator, text=NAME)
    assert "Found in 1 place" in html
    assert f'value="contact:{contact.pk}:"' in html
    assert StaffAction.objects.get(verb="look_for_person").subject == "–"


def test_says_that_nothing_is_kept(administrator: Client, contact: Contact) -> None:
    assert "Nothing is kept under this name" in post(administrator, text="慕容无此人")


def test_removes_what_is_ticked(administrator: Client, contact: Contact) -> None:
    html = post(administrator, text=NAME, place=f"contact:{contact.pk}:", reason="letter of 3 March", remove="1")
    assert "1 place was erased." in html
    assert not Contact.objects.filter(pk=contact.pk).exists()


def test_without_a_reason_nothing_is_removed_and_the_tick_stays(administrator: Client, contact: Contact) -> None:
    html = post(administrator, text=NAME, place=f"contact:{contact.pk}:", reason="", remove="1")
    assert "The reason is missing." in html
    assert "checked" in html
    assert Contact.objects.filter(pk=contact.pk).exists()


def test_short_text_is_refused_in_place(administrator: Client, contact: Contact) -> None:
    assert "The text to look for is too short." in post(administrator, text="a")


def test_search_is_not_taken_from_an_address(administrator: Client, contact: Contact) -> None:
    assert "Found in" not in administrator.get(reverse("personal_data"), {"text": NAME}).content.decode()
