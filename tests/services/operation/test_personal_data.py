"""What is kept of a person is found wherever it stands, and removed without leaving it in the audit history."""

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from survey.models import Case, Contact, Correction, Response, SectionHandover, StaffAction
from survey.services.audit import record_action
from survey.services.audit_chain import chain
from survey.services.operation.audit_check import broken_links
from survey.services.operation.personal_data import (
    KINDS,
    REMOVERS,
    PersonalDataError,
    find_person,
    matcher,
    remove_person,
)

NAME = "欧阳静芬"


@pytest.fixture
def boss(db: None) -> User:
    return User.objects.create(username="boss")


@pytest.fixture
def known(cases: list[Case], boss: User) -> Response:
    """A person in the contact of a firm, its history, an answer, a reason, a correction and the audit history."""
    case = cases[0]
    contact = case.sample_unit.unit.contact
    contact.name, contact.phone = NAME, "+86 138-0013-8000"
    contact.save()
    assert case.wave.version is not None
    response = Response.objects.create(
        case=case,
        version=case.wave.version,
        answers={"q_share": 5, "q_filled_by": f"{NAME} 13800138000"},
        reasons={"v_share": f"问{NAME}"},
        status="submitted",
        submitted_at=timezone.now(),
    )
    chain(response)
    chain(Correction.objects.create(response=response, item="q_share", old=5, new=6, reason=NAME, author=boss))
    record_action(actor=boss, verb="change", subject=NAME)
    SectionHandover.objects.create(
        case=case, section="s", colleague=NAME, generation=1, code_hash="h", expires_at=timezone.now()
    )
    return response


def kinds(text: str) -> set[str]:
    return {place.kind for place in find_person(text)}


@pytest.mark.usefixtures("known")
def test_name_is_found_wherever_it_stands() -> None:
    expected = {"contact", "contact_history", "handover", "answer", "reason", "correction", "staffaction"}
    assert kinds(NAME) == expected


@pytest.mark.parametrize("spelling", ["13800138000", "138 0013 8000", "+86-138-0013-8000"])
@pytest.mark.usefixtures("known")
def test_telephone_is_found_in_any_spelling(spelling: str) -> None:
    assert "contact" in kinds(spelling)


@pytest.mark.usefixtures("known")
def test_address_is_found_in_any_case() -> None:
    email = Contact.objects.exclude(email="").order_by("-pk")[0].email
    assert kinds(email.upper()) == {"contact"}


def test_short_number_is_no_telephone() -> None:
    assert not matcher("1380")("13-80")


@pytest.mark.django_db
def test_one_letter_is_refused() -> None:
    with pytest.raises(PersonalDataError) as refused:
        find_person(" a ")
    assert refused.value.complaint.code == "search_too_short"


def test_accounts_alone_are_not_removed_here() -> None:
    assert set(KINDS) - set(REMOVERS) == {"user"}


def test_everything_chosen_is_removed_and_the_chain_holds(known: Response, boss: User) -> None:
    codes = [place.code for place in find_person(NAME)]
    assert remove_person(text=NAME, codes=codes, reason="letter of 3 March", actor=boss) == len(codes)
    assert find_person(NAME) == []
    assert list(broken_links()) == []
    response = Response.objects.get()
    assert (response.answers, response.reasons) == ({"q_share": 5}, {})
    entry = StaffAction.objects.get(verb="erase_person")
    assert (entry.actor, entry.subject, entry.detail["reason"], entry.detail["removed"]["answer"]) == (
        boss,
        "–",
        "letter of 3 March",
        1,
    )


def test_what_is_not_chosen_stays(known: Response, boss: User) -> None:
    [code] = [place.code for place in find_person(NAME) if place.kind == "reason"]
    assert remove_person(text=NAME, codes=[code], reason="letter", actor=boss) == 1
    assert kinds(NAME) == {"contact", "contact_history", "handover", "answer", "correction", "staffaction"}


@pytest.mark.parametrize(
    ("codes", "reason", "code"),
    [("all", "", "reason_missing"), ("all", f"{NAME} asked", "reason_names_person"), ("none", "x", "nothing_chosen")],
)
def test_refusal_changes_nothing(known: Response, boss: User, codes: str, reason: str, code: str) -> None:
    chosen = [place.code for place in find_person(NAME)] if codes == "all" else ["contact:0:"]
    with pytest.raises(PersonalDataError) as refused:
        remove_person(text=NAME, codes=chosen, reason=reason, actor=boss)
    assert refused.value.complaint.code == code
    assert "contact" in kinds(NAME)
