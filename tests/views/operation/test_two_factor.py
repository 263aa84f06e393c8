"""The second step of the login."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from survey.models import StaffAction
from survey.terms import Role


@pytest.fixture
def required(settings: Any) -> None:
    settings.TWO_FACTOR_ROLES = ["analyst"]


@pytest.fixture
def analyst(office_user: Callable[[Role], User]) -> User:
    return office_user(Role.ANALYST)


def code_of(device: TOTPDevice) -> str:
    return f"{totp(device.bin_key, device.step, device.t0, device.digits, device.drift):06d}"


@pytest.fixture
def prepared(client: Client, analyst: User, required: None) -> TOTPDevice:
    """The analyst has an app and is logged in by password only."""
    client.cookies["django_language"] = "en"
    client.force_login(analyst)
    return TOTPDevice.objects.create(user=analyst, confirmed=True, name="app")


def test_role_that_needs_it_is_led_to_set_it_up(client: Client, analyst: User, required: None) -> None:
    client.force_login(analyst)
    answer = client.get(reverse("dashboard"))
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('two_factor')}?next=%2Fadmin%2Fdashboard%2F")


def test_role_that_does_not_need_it_goes_on(
    client: Client, office_user: Callable[[Role], User], required: None
) -> None:
    client.force_login(office_user(Role.VIEWER))
    assert client.get(reverse("dashboard")).status_code == 200


def test_administrators_role_counts_for_superusers(client: Client, db: None, settings: Any) -> None:
    settings.TWO_FACTOR_ROLES = ["administrator"]
    client.force_login(User.objects.create_superuser("root", password="long enough for it"))
    assert client.get(reverse("admin:index")).status_code == 302


def test_right_code_sets_it_up_and_shows_ten_recovery_codes(client: Client, analyst: User, required: None) -> None:
    client.force_login(analyst)
    assert client.get(reverse("two_factor")).status_code == 200
    assert client.get(reverse("two_factor_qr"))["Content-Type"] == "image/svg+xml"
    answer = client.post(reverse("two_factor"), {"token": code_of(analyst.totpdevice_set.get())})  # type: ignore[attr-defined]
    assert len(answer.context["codes"]) == 10
    assert client.get(reverse("dashboard")).status_code == 200
    assert StaffAction.objects.filter(verb="second_factor_set_up", actor=analyst).count() == 1


def test_secret_and_recovery_codes_on_the_page_are_those_that_let_in(
    client: Client, analyst: User, required: None
) -> None:
    client.force_login(analyst)
    typed = client.get(reverse("two_factor")).context["secret"].replace(" ", "")
    device = TOTPDevice.objects.get(user=analyst)
    assert base64.b32decode(typed) == device.bin_key
    shown = client.post(reverse("two_factor"), {"token": code_of(device)}).context["codes"]
    assert {code.replace("-", "") for code in shown} == set(StaticToken.objects.values_list("token", flat=True))


def test_secret_is_shown_in_groups_of_four(client: Client, analyst: User, required: None) -> None:
    client.force_login(analyst)
    assert [len(group) for group in client.get(reverse("two_factor")).context["secret"].split(" ")] == [4] * 8


def test_wrong_code_sets_nothing_up(client: Client, analyst: User, required: None) -> None:
    client.force_login(analyst)
    answer = client.post(reverse("two_factor"), {"token": "000000"})
    assert answer.status_code == 422
    assert not TOTPDevice.objects.filter(user=analyst, confirmed=True).exists()


def test_code_of_the_app_opens_the_page_that_was_asked_for(client: Client, prepared: TOTPDevice) -> None:
    answer = client.post(reverse("two_factor"), {"token": code_of(prepared), "next": "/admin/dashboard/"})
    assert (answer.status_code, answer["Location"]) == (302, "/admin/dashboard/")
    assert client.get("/admin/dashboard/").status_code == 200


def test_code_is_good_only_once(client: Client, prepared: TOTPDevice) -> None:
    code = code_of(prepared)
    client.post(reverse("two_factor"), {"token": code})
    client.logout()
    client.force_login(prepared.user)
    assert client.post(reverse("two_factor"), {"token": code}).status_code == 422


def test_recovery_code_is_good_only_once(client: Client, prepared: TOTPDevice) -> None:
    from survey.services.operation.two_factor import new_recovery_codes

    code = new_recovery_codes(user=prepared.user)[0]
    assert client.post(reverse("two_factor"), {"token": f"{code[:5]}-{code[5:].upper()}"}).status_code == 302
    assert StaticToken.objects.filter(token=code).count() == 0
    client.logout()
    client.force_login(prepared.user)
    assert client.post(reverse("two_factor"), {"token": code}).status_code == 422


def test_next_leads_nowhere_else(client: Client, prepared: TOTPDevice) -> None:
    answer = client.post(reverse("two_factor"), {"token": code_of(prepared), "next": "https://evil.example/"})
    assert answer["Location"] == reverse("admin:index")


def test_picture_of_the_secret_is_gone_once_it_is_confirmed(client: Client, prepared: TOTPDevice) -> None:
    assert client.get(reverse("two_factor_qr")).status_code == 404


def test_recovery_codes_are_not_made_before_the_second_factor(client: Client, prepared: TOTPDevice) -> None:
    assert client.post(reverse("two_factor_codes"))["Location"].startswith(reverse("two_factor"))
    assert StaticToken.objects.count() == 0


def test_export_is_refused_before_the_second_factor(client: Client, prepared: TOTPDevice) -> None:
    assert client.post(reverse("microdata_export"), {"wave": "w1"})["Location"].startswith(reverse("two_factor"))


def test_administrator_removes_a_lost_one(client: Client, prepared: TOTPDevice, settings: Any) -> None:
    client.logout()
    settings.TWO_FACTOR_ROLES = ["none"]
    client.force_login(User.objects.create_superuser("root", password="long enough for it"))
    data = {"action": "remove_factor", "_selected_action": [prepared.user.pk]}
    client.post(reverse("admin:auth_user_changelist"), data)
    assert TOTPDevice.objects.filter(user=prepared.user).count() == 0
    assert StaffAction.objects.filter(verb="second_factor_removed").count() == 1


def test_no_page_of_the_admin_shows_secrets(client: Client, db: None) -> None:
    client.force_login(User.objects.create_superuser("root", password="long enough for it"))
    assert client.get("/admin/otp_totp/totpdevice/").status_code == 404
