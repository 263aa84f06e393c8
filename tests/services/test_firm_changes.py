"""Outcomes of cases reach the register, once, and go back with the outcome."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from survey.casework_terms import FirmOutcome, OutcomeSource
from survey.models import Case, FirmChange
from survey.services.casework.outcomes import Finding, set_outcome, take_outcome_back
from survey.services.firm_changes import note_outcome
from survey.services.register.from_frame import register_frame
from survey.terms import Role
from tests.delegated import firm_of


@pytest.fixture
def officer(office_user: Callable[[Role | str], User]) -> User:
    return office_user(Role.FIELD_OFFICER)


@pytest.fixture
def registered(cases: list[Case]) -> list[Case]:
    register_frame(frame=cases[0].sample_unit.unit.frame, actor=None)
    return list(Case.objects.filter(pk__in=[case.pk for case in cases]).order_by("pk"))


def found(outcome: FirmOutcome, source: OutcomeSource = OutcomeSource.VISIT, other: str = "") -> Finding:
    return Finding(outcome=outcome, source=source, reason="一月十日得知", other_firm=other)


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
