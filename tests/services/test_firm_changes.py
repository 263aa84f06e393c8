"""Outcomes of cases reach the register, once, and go back with the outcome."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from survey.casework_terms import FirmOutcome, OutcomeSource
from survey.models import Case, FirmChange, FrameUnit, LocalUnit
from survey.register_terms import FactSource
from survey.services.casework.outcomes import FoundOutcome, set_outcome, take_outcome_back
from survey.services.firm_changes import Found, change_firm, note_contact, note_outcome
from survey.services.register.from_frame import register_frame
from survey.terms import Role
from tests.delegated import firm_of
from tests.interrupted import half_written


@pytest.fixture
def officer(office_user: Callable[[Role | str], User]) -> User:
    return office_user(Role.FIELD_OFFICER)


@pytest.fixture
def registered(cases: list[Case]) -> list[Case]:
    register_frame(frame=cases[0].sample_unit.unit.frame, actor=None)
    return list(Case.objects.filter(pk__in=[case.pk for case in cases]).order_by("pk"))


def found(outcome: FirmOutcome, source: OutcomeSource = OutcomeSource.VISIT, other: str = "") -> FoundOutcome:
    return FoundOutcome(outcome=outcome, source=source, reason="一月十日得知", other_firm=other)


def test_closure_found_in_the_field_is_known_to_the_register(registered: list[Case], officer: User) -> None:
    set_outcome(case=registered[0], found=found(FirmOutcome.DEREGISTERED, OutcomeSource.REGISTER), actor=officer)
    firm = firm_of(registered[0])
    (change,) = firm.changes.all()
    assert (firm.status, firm.status_source) == ("closed", "register")
    assert (change.old, change.new, change.detail, change.author) == ("active", "closed", "w1", officer)


def test_merger_names_the_other_firm(registered: list[Case], officer: User) -> None:
    other = firm_of(registered[1])
    set_outcome(case=registered[0], found=found(FirmOutcome.MERGED, other=other.credit_code), actor=officer)
    firm = firm_of(registered[0])
    assert (firm.status, firm.status_source, firm.successor) == ("merged", "fieldwork", other)


def test_refusal_says_nothing_of_how_the_firm_stands(registered: list[Case], officer: User) -> None:
    set_outcome(case=registered[0], found=found(FirmOutcome.REFUSED), actor=officer)
    assert (firm_of(registered[0]).status, FirmChange.objects.count()) == ("active", 0)


def test_outcome_taken_back_takes_its_fact_back(registered: list[Case], officer: User) -> None:
    set_outcome(case=registered[0], found=found(FirmOutcome.CEASED), actor=officer)
    take_outcome_back(case=registered[0], reason="另一家同名企业", actor=officer)
    firm = firm_of(registered[0])
    assert (firm.status, [row.new for row in firm.changes.order_by("id")]) == ("active", ["closed", "active"])


def test_same_outcome_counts_once(registered: list[Case], officer: User) -> None:
    row = set_outcome(case=registered[0], found=found(FirmOutcome.CEASED), actor=officer)
    assert (note_outcome(row), FirmChange.objects.count()) == ([], 1)


@pytest.mark.parametrize(("source", "is_active"), [(OutcomeSource.REGISTER, False), (OutcomeSource.VISIT, True)])
def test_closure_of_a_local_unit_leaves_its_firm(
    registered: list[Case], officer: User, source: OutcomeSource, is_active: bool
) -> None:
    """Only what a source outside the surveys says closes the place in the register."""
    firm, listed = firm_of(registered[0]), registered[0].sample_unit.unit
    place = LocalUnit.objects.create(firm=firm, key="002", name=listed.name)
    FrameUnit.objects.filter(pk=listed.pk).update(unit_key="002", local_unit=place)
    case = Case.objects.get(pk=registered[0].pk)
    set_outcome(case=case, found=found(FirmOutcome.CEASED, source), actor=officer)
    firm.refresh_from_db()
    place.refresh_from_db()
    said = firm.changes.get()
    assert (firm.status, place.is_active) == ("active", is_active)
    assert (said.field, said.old, said.new) == ("local_unit_status", f"{listed.name} (002)", "closed")


def test_closure_of_a_local_unit_taken_back_opens_it_again(registered: list[Case], officer: User) -> None:
    firm, listed = firm_of(registered[0]), registered[0].sample_unit.unit
    place = LocalUnit.objects.create(firm=firm, key="002", name=listed.name)
    FrameUnit.objects.filter(pk=listed.pk).update(unit_key="002", local_unit=place)
    case = Case.objects.get(pk=registered[0].pk)
    set_outcome(case=case, found=found(FirmOutcome.CEASED, OutcomeSource.REGISTER), actor=officer)
    take_outcome_back(case=case, reason="另一处", actor=officer)
    place.refresh_from_db()
    assert (place.is_active, [row.new for row in firm.changes.order_by("id")]) == (True, ["closed", "active"])


def test_fact_and_person_of_a_firm_are_changed_with_their_history_or_not_at_all(
    registered: list[Case], officer: User
) -> None:
    firm, contact = firm_of(registered[0]), registered[0].sample_unit.unit.contact
    found = Found(source=FactSource.FIRM, at=timezone.now())
    assert half_written(lambda: change_firm(firm=firm, values={"name": "新名"}, found=found)) == []
    contact.name = "新联系人"
    assert half_written(lambda: note_contact(contact=contact, at=found.at, author=officer)) == []
