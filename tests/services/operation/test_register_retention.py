"""Persons of the register go when no list and no wave has had their firm for long; those of firms in use stay."""

from datetime import timedelta

import pytest
from django.utils import timezone

from survey.models import Case, Delegate, Delegation, Firm, FirmContact, FrameUnit, RetentionRule
from survey.services.operation.retention import apply_rules
from tests.services.operation.planted import PLANTED, planted

LATER = timezone.now() + timedelta(days=400)


@pytest.fixture
def firms(cases: list[Case]) -> list[Firm]:
    """One that a wave asks, and one that nobody knows any more, each with a person and one who answers for it."""
    made = [Firm.objects.create(credit_code=code, name=code) for code in ("asked", "forgotten")]
    FrameUnit.objects.filter(pk=cases[0].sample_unit.unit_id).update(firm=made[0])
    for firm, name in zip(made, ("Kept", PLANTED), strict=True):
        person = FirmContact.objects.create(firm=firm, name=PLANTED)
        person.name = name
        person.save()
        delegate = Delegate.objects.create(name=name, code_hash=name, email=f"{firm.name}@example.org")
        Delegation.objects.create(firm=firm, delegate=delegate)
    RetentionRule.objects.create(kind="register", days=390)
    return made


def test_persons_of_a_firm_that_nobody_asks_go_with_their_history(firms: list[Firm]) -> None:
    [due] = apply_rules(LATER)
    assert due.count == 4
    assert list(FirmContact.objects.values_list("firm__name", "name")) == [("asked", "Kept")]
    assert list(FirmContact.history.values_list("name", flat=True)) == ["Kept"]
    assert list(Delegate.objects.values_list("name", flat=True)) == ["Kept"]
    assert planted() == 0


def test_nothing_goes_before_its_time_or_twice(firms: list[Firm]) -> None:
    assert apply_rules(timezone.now() + timedelta(days=30)) == []
    assert len(apply_rules(LATER)) == 1
    assert apply_rules(LATER) == []
