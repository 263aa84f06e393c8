"""The second factor: who needs one, what takes an app into use, and what a lost telephone opens."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import Settings

from survey.models import StaffAction
from survey.services.operation.two_factor import (
    confirm_device,
    device_to_set_up,
    digits_of,
    has_second_factor,
    needs_second_factor,
    new_recovery_codes,
    remaining_recovery_codes,
    remove_second_factor,
    roles_with_second_factor,
    verified_device,
)
from survey.terms import Role
from tests.interrupted import half_written

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(office_user: Callable[[Role | str], User]) -> User:
    return office_user(Role.FIELD_OFFICER)


def set_up(user: User) -> list[str]:
    codes = confirm_device(user=user, token=f"{totp(device_to_set_up(user).bin_key):06d}")
    assert codes is not None
    return codes


@pytest.mark.parametrize(
    ("roles", "officer_needs", "superuser_needs"),
    [
        (["none"], False, False),
        (["all"], True, True),
        (["field_officer"], True, False),
        (["administrator"], False, True),
    ],
)
def test_role_says_who_needs_one(
    officer: User, settings: Settings, roles: list[str], officer_needs: bool, superuser_needs: bool
) -> None:
    settings.TWO_FACTOR_ROLES = roles
    superuser = User.objects.create(username="root", is_superuser=True)
    assert (needs_second_factor(officer), needs_second_factor(superuser)) == (officer_needs, superuser_needs)


@pytest.mark.parametrize("role", Role)
def test_all_is_every_role_that_there_is(
    office_user: Callable[[Role | str], User], settings: Settings, role: Role
) -> None:
    settings.TWO_FACTOR_ROLES = ["all"]
    assert needs_second_factor(office_user(role))


@pytest.mark.parametrize("roles", [["feld_officer"], ["analyst", "none"], ["all", "analyst"], []])
def test_word_that_is_no_role_is_refused(settings: Settings, roles: list[str]) -> None:
    settings.TWO_FACTOR_ROLES = roles
    with pytest.raises(ImproperlyConfigured, match="Write all, none, or some of: administrator, designer"):
        roles_with_second_factor()


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        (["all"], []),
        (["none"], []),
        (
            ["administrator", "designer", "field_officer", "analyst", "viewer"],
            ["TWO_FACTOR_ROLES leaves out methodologist."],
        ),
    ],
)
def test_deployment_check_names_the_roles_that_are_left_out(
    settings: Settings, roles: list[str], said: list[str]
) -> None:
    settings.TWO_FACTOR_ROLES = roles
    found = run_checks(tags=["security"], include_deployment_checks=True)
    assert [str(warning.msg) for warning in found if warning.id == "survey.W001"] == said


def test_wrong_code_takes_no_app_into_use(officer: User) -> None:
    right = totp(device_to_set_up(officer).bin_key)
    assert confirm_device(user=officer, token=f"{(right + 1) % 1_000_000:06d}") is None
    assert (has_second_factor(officer), remaining_recovery_codes(officer)) == (False, 0)


def test_new_app_takes_the_place_of_the_old_one(officer: User) -> None:
    set_up(officer)
    old = TOTPDevice.objects.get(user=officer)
    set_up(officer)
    assert TOTPDevice.objects.exclude(pk=old.pk).get(user=officer).confirmed
    assert not TOTPDevice.objects.filter(pk=old.pk).exists()


def test_recovery_code_is_good_once_and_read_as_it_is_typed(officer: User) -> None:
    first, *others = set_up(officer)
    typed = f" {first[:5].upper()}-{first[5:].upper()} "
    assert verified_device(user=officer, typed=typed) is not None
    assert verified_device(user=officer, typed=first) is None
    assert remaining_recovery_codes(officer) == len(others) == 9


def test_new_recovery_codes_void_the_old_ones(officer: User) -> None:
    old = set_up(officer)
    assert set(new_recovery_codes(user=officer)).isdisjoint(old)
    assert verified_device(user=officer, typed=old[0]) is None


def test_removing_it_counts_and_writes_down_those_who_had_one(
    officer: User, office_user: Callable[[Role | str], User]
) -> None:
    set_up(officer)
    others = [officer, office_user(Role.ANALYST)]
    assert remove_second_factor(users=others, actor=office_user(Role.ADMINISTRATOR)) == 1
    assert (has_second_factor(officer), remaining_recovery_codes(officer)) == (False, 0)
    assert StaffAction.objects.filter(verb="second_factor_removed").values_list("subject", flat=True).get() == str(
        officer
    )


def test_digits_are_read_in_full_width_and_in_groups() -> None:
    assert digits_of("１２３ 456") == "123456"


def test_app_is_taken_into_use_and_away_with_its_codes_or_not_at_all(officer: User) -> None:
    set_up(officer)
    assert half_written(lambda: new_recovery_codes(user=officer)) == []
    token = f"{totp(device_to_set_up(officer).bin_key):06d}"
    assert half_written(lambda: confirm_device(user=officer, token=token)) == []
    assert half_written(lambda: remove_second_factor(users=[officer], actor=officer)) == []
