from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from survey.models import Case, Contact, StaffAction
from survey.services.fieldwork.access_codes import derive_code
from survey.services.fieldwork.access_letters import issue_codes, print_code_again
from survey.terms import Role

SITE = "https://survey.example.org/"


@pytest.fixture
def officer(office_user: Callable[[Role | str], User]) -> User:
    return office_user(Role.FIELD_OFFICER)


def test_letters_carry_the_code_in_the_fragment_of_the_link(cases: list[Case], officer: User) -> None:
    letters = issue_codes(cases=Case.objects.all(), site=SITE, actor=officer)
    assert [(letter.code, letter.link) for letter in letters] == [
        (derive_code(case), f"{SITE}#code={derive_code(case)}") for case in cases
    ]


def test_letter_names_firm_and_contact(cases: list[Case], officer: User) -> None:
    unit = cases[0].sample_unit.unit
    letter = issue_codes(cases=Case.objects.filter(pk=cases[0].pk), site=SITE, actor=officer)[0]
    assert (letter.firm, letter.contact, letter.email, letter.phone) == (
        unit.name, unit.contact.name, unit.contact.email, unit.contact.phone,
    )  # fmt: skip


def test_firm_without_a_contact_gets_a_letter_with_empty_fields(cases: list[Case], officer: User) -> None:
    Contact.objects.all().delete()
    letter = issue_codes(cases=Case.objects.filter(pk=cases[0].pk), site=SITE, actor=officer)[0]
    assert (letter.contact, letter.email, letter.phone) == ("", "", "")


def test_issuing_marks_the_cases_and_counts_no_reminder(cases: list[Case], officer: User) -> None:
    issue_codes(cases=Case.objects.filter(pk__in=[case.pk for case in cases[:5]]), site=SITE, actor=officer)
    assert Case.objects.filter(code_sent_at__isnull=False, reminders=0).count() == 5


def test_reminder_counts_one_more(cases: list[Case], officer: User) -> None:
    issue_codes(cases=Case.objects.all(), site=SITE, actor=officer, is_reminder=True)
    assert set(Case.objects.values_list("reminders", flat=True)) == {1}


def test_audit_history_counts_the_letters_and_holds_no_code(cases: list[Case], officer: User) -> None:
    issue_codes(cases=Case.objects.all(), site=SITE, actor=officer)
    action = StaffAction.objects.get(verb="issue_codes")
    assert (action.actor, action.subject, action.detail) == (officer, "w1", {"cases": 24})


def test_number_of_queries_does_not_grow_with_the_cases(
    cases: list[Case], officer: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    # Six of them are the entry of the audit history in its chain.
    with django_assert_max_num_queries(15):
        issue_codes(cases=Case.objects.all(), site=SITE, actor=officer)


def test_printing_a_code_again_is_recorded_and_marks_nothing(cases: list[Case], officer: User) -> None:
    letter = print_code_again(case=cases[0], site=SITE, actor=officer)
    assert (letter.code, Case.objects.get(pk=cases[0].pk).code_sent_at) == (derive_code(cases[0]), None)
    assert StaffAction.objects.get(verb="print_code").detail == {"generation": 1}
