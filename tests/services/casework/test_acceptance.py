"""Returns are accepted by district, then for the city; an acceptance is taken back in the other order."""

import pytest
from django.contrib.auth.models import User

from survey.models import Acceptance, Case, District, StaffAction
from survey.services.casework.acceptance import AcceptanceRefusedError, accept_returns, take_acceptance_back
from tests.interrupted import half_written

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return User.objects.create(username="officer")


@pytest.fixture
def districts(cases: list[Case]) -> list[District]:
    """Those of the wave's firms; of a third one no firm is asked."""
    District.objects.create(code="440399")
    return list(District.objects.exclude(code="440399").order_by("code"))


def accept(cases: list[Case], district: District | None, officer: User, remark: str = "") -> Acceptance:
    return accept_returns(wave=cases[0].wave, district=district, remark=remark, actor=officer)


def take_back(cases: list[Case], district: District | None, officer: User) -> None:
    take_acceptance_back(wave=cases[0].wave, district=district, actor=officer)


def refusal(cases: list[Case], district: District | None, officer: User, *, back: bool = False) -> tuple[str, str]:
    with pytest.raises(AcceptanceRefusedError) as refused:
        (take_back if back else accept)(cases, district, officer)
    return refused.value.code, str(refused.value.complaint.value)


def test_city_waits_for_every_district_that_has_firms(
    cases: list[Case], districts: list[District], officer: User
) -> None:
    Case.objects.update(status="submitted")
    accept(cases, districts[0], officer)
    assert refusal(cases, None, officer) == ("districts_first", str(districts[1]))
    accept(cases, districts[1], officer)
    made = accept(cases, None, officer, " Complete. ")
    assert (made.district, made.unresolved, made.remark, made.accepted_by) == (None, 0, "Complete.", officer)
    assert refusal(cases, None, officer)[0] == "accepted_already"


def test_what_is_open_needs_a_remark_and_is_counted(
    cases: list[Case], districts: list[District], officer: User
) -> None:
    there = Case.objects.filter(sample_unit__unit__district=districts[0]).count()
    assert refusal(cases, districts[0], officer) == ("still_open", str(there))
    accept(cases, districts[0], officer, "In liquidation.")
    assert StaffAction.objects.get(actor=officer).detail == {"district": districts[0].code, "open": there}


def test_district_without_firms_is_not_accepted(cases: list[Case], districts: list[District], officer: User) -> None:
    assert refusal(cases, District.objects.get(code="440399"), officer)[0] == "no_cases"


def test_district_is_taken_back_once_the_city_is(cases: list[Case], districts: list[District], officer: User) -> None:
    Case.objects.update(status="submitted")
    for district in (*districts, None):
        accept(cases, district, officer)
    assert refusal(cases, districts[0], officer, back=True)[0] == "city_accepted"
    for district in (None, districts[0]):
        take_back(cases, district, officer)
    for district, named in ((districts[0], str(districts[0])), (None, "")):
        assert refusal(cases, district, officer, back=True) == ("not_accepted", named)
    assert Acceptance.objects.get().district == districts[1]
    last = StaffAction.objects.latest("pk")
    assert (last.verb, last.detail["district"], last.detail["accepted_by"]) == (
        "take_acceptance_back", districts[0].code, "officer",
    )  # fmt: skip


def test_acceptance_stands_and_goes_with_its_entry_in_the_history(
    cases: list[Case], districts: list[District], officer: User
) -> None:
    assert half_written(lambda: accept(cases, districts[0], officer, "In liquidation.")) == []
    assert half_written(lambda: take_back(cases, districts[0], officer)) == []
