from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from survey.models import AccessFailure, Case, Sample, SampleUnit, SamplingFrame, StaffAction, Stratum, Wave
from survey.services.fieldwork.access_codes import (
    derive_code,
    find_case,
    hash_code,
    must_wait,
    note_failure,
    revoke_code,
)
from survey.terms import Role
from tests.interrupted import half_written


@pytest.fixture
def case(frame: Callable[..., SamplingFrame], wave: Wave) -> Case:
    unit = frame(units=1).units.get()
    sample = Sample.objects.create(wave=wave, frame=unit.frame, method="proportional", size=1, seed=1)
    stratum = Stratum.objects.create(
        sample=sample, industry_section="C", size_class="large", population=1, sample_size=1
    )
    chosen = SampleUnit.objects.create(
        sample=sample,
        stratum=stratum,
        unit=unit,
        permanent_random_number=0.5,
        inclusion_probability=1,
        design_weight=1,
    )
    made = Case(wave=wave, sample_unit=chosen)
    made.code_hash = hash_code(derive_code(made))
    made.save()
    return made


def test_derive_code_is_the_same_every_time(case: Case) -> None:
    assert derive_code(case) == derive_code(Case.objects.get())


def test_derive_code_changes_with_the_key_outside_the_database(case: Case, settings: Settings) -> None:
    before = derive_code(case)
    settings.ACCESS_CODE_KEY = "another key"
    assert derive_code(case) != before


def test_find_case_finds_the_case_of_a_code_in_lower_case(case: Case) -> None:
    assert find_case(derive_code(case).lower()) == case


def test_find_case_makes_one_query(case: Case, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        found = find_case(derive_code(case))
        assert found is not None
        assert found.wave.survey.code == "pain"


@pytest.mark.parametrize("code", ["", "nonsense", "0000-0000-0000-0000"])
def test_find_case_gives_none_for_a_wrong_code(case: Case, code: str) -> None:
    assert find_case(code) is None


def test_find_case_gives_none_for_a_closed_case(case: Case) -> None:
    Case.objects.update(is_closed=True)
    assert find_case(derive_code(case)) is None


def test_revoke_code_makes_the_old_code_useless_and_a_new_one_valid(
    case: Case, office_user: Callable[[Role | str], User]
) -> None:
    old = derive_code(case)
    revoked = revoke_code(case=case, actor=office_user(Role.FIELD_OFFICER))
    assert (find_case(old), find_case(derive_code(revoked))) == (None, case)


def test_revoke_code_is_written_to_the_audit_history(case: Case, office_user: Callable[[Role | str], User]) -> None:
    officer = office_user(Role.FIELD_OFFICER)
    revoke_code(case=case, actor=officer)
    action = StaffAction.objects.get()
    assert (action.actor, action.verb, action.detail) == (officer, "revoke_code", {"generation": 2})


def test_database_holds_neither_the_code_nor_the_address(case: Case) -> None:
    note_failure("192.0.2.7")
    stored = Case.objects.get().code_hash + AccessFailure.objects.get().client
    assert derive_code(case).replace("-", "") not in stored.upper()
    assert "192.0.2.7" not in stored


@pytest.mark.django_db
def test_must_wait_only_after_the_allowed_number_of_failures(settings: Settings) -> None:
    settings.ACCESS_CODE_FAILURES = 3
    seen = []
    for _ in range(3):
        note_failure("192.0.2.7")
        seen.append(must_wait("192.0.2.7"))
    assert seen == [False, False, True]


@pytest.mark.django_db
def test_must_wait_does_not_touch_another_client(settings: Settings) -> None:
    settings.ACCESS_CODE_FAILURES = 1
    note_failure("192.0.2.7")
    assert (must_wait("192.0.2.7"), must_wait("192.0.2.8")) == (True, False)


@pytest.mark.django_db
def test_must_wait_ends_with_the_window(settings: Settings) -> None:
    settings.ACCESS_CODE_FAILURES = 1
    note_failure("192.0.2.7")
    past = timezone.now() - timedelta(seconds=settings.ACCESS_CODE_WINDOW_SECONDS + 1)
    AccessFailure.objects.update(window_started_at=past)
    assert must_wait("192.0.2.7") is False


@pytest.mark.django_db
def test_note_failure_forgets_clients_of_past_windows(settings: Settings) -> None:
    note_failure("192.0.2.7")
    past = timezone.now() - timedelta(seconds=settings.ACCESS_CODE_WINDOW_SECONDS + 1)
    AccessFailure.objects.update(window_started_at=past)
    note_failure("192.0.2.8")
    assert AccessFailure.objects.get().failures == 1


def test_code_that_is_revoked_half_way_still_opens(case: Case, office_user: Callable[[Role | str], User]) -> None:
    officer = office_user(Role.FIELD_OFFICER)
    assert half_written(lambda: revoke_code(case=case, actor=officer)) == []


def test_failure_that_is_noted_half_way_is_not_there(case: Case) -> None:
    assert half_written(lambda: note_failure("203.0.113.7")) == []
