from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from survey.models import Case, Contact, StaffAction
from survey.services.fieldwork.access_codes import derive_code
from survey.services.fieldwork.access_letters import print_code_again
from survey.terms import Role

SITE = "https://survey.example.org/"


@pytest.fixture
def officer(office_user: Callable[[Role | str], User]) -> User:
    return office_user(Role.FIELD_OFFICER)


def test_letter_names_firm_and_contact_and_carries_the_code_in_the_fragment_of_the_link(
    cases: list[Case], officer: User
) -> None:
    unit = cases[0].sample_unit.unit
    letter = print_code_again(case=cases[0], site=SITE, actor=officer)
    assert (letter.firm, letter.contact, letter.email, letter.phone, letter.link) == (
        unit.name, unit.contact.name, unit.contact.email, unit.contact.phone, f"{SITE}#code={derive_code(cases[0])}",
    )  # fmt: skip


def test_firm_without_a_contact_gets_a_letter_with_empty_fields(cases: list[Case], officer: User) -> None:
    Contact.objects.all().delete()
    case = Case.objects.get(pk=cases[0].pk)
    letter = print_code_again(case=case, site=SITE, actor=officer)
    assert (letter.contact, letter.email, letter.phone) == ("", "", "")


def test_printing_a_code_again_is_recorded_and_marks_nothing(cases: list[Case], officer: User) -> None:
    letter = print_code_again(case=cases[0], site=SITE, actor=officer)
    assert (letter.code, Case.objects.get(pk=cases[0].pk).code_sent_at) == (derive_code(cases[0]), None)
    assert StaffAction.objects.get(verb="print_code").detail == {"generation": 1}
