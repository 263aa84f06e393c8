"""Names, contacts and credit codes of firms never reach analysts and viewers, whatever page of the admin they try."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from survey.models import Case, Correction, FrameUnit, Release, Response, StaffAction
from survey.services.fieldwork.cases import close_cases
from survey.terms import Role
from tests.waves import version_of


@pytest.fixture
def firm(cases: list[Case], office_user: Callable[[Role | str], User]) -> FrameUnit:
    """The first case, with a trace in every list."""
    response = Response.objects.create(case=cases[0], version=version_of(cases[0].wave), submitted_at=timezone.now())
    Correction.objects.create(response=response, item="q", reason="r", author=office_user(Role.ADMINISTRATOR))
    Release.objects.create(wave=cases[0].wave, number=1, digest="d", content={"firm": "企业0000"})
    close_cases(cases=Case.objects.filter(pk=cases[0].pk), actor=office_user(Role.FIELD_OFFICER))
    return cases[0].sample_unit.unit


def secrets_of(firm: FrameUnit) -> list[str]:
    return [firm.name, firm.credit_code, firm.contact.name, firm.contact.email]


def pages_of(model: type[Any]) -> list[str]:
    base, some = f"admin:{model._meta.app_label}_{model._meta.model_name}", model._default_manager.first()
    pages = [reverse(f"{base}_change", args=[some.pk]), reverse(f"{base}_history", args=[some.pk])] if some else []
    return [reverse(f"{base}_changelist"), *pages]


@pytest.mark.parametrize("role", [Role.ANALYST, Role.VIEWER])
def test_no_list_and_no_page_tells_anything_about_a_firm(
    client: Client, office_user: Callable[[Role | str], User], firm: FrameUnit, role: Role
) -> None:
    client.force_login(office_user(role))
    pages = [page for model in admin.site._registry for page in pages_of(model)]
    told = {page: client.get(page, follow=True).content.decode() for page in pages}
    assert [page for page, text in told.items() if any(secret in text for secret in secrets_of(firm))] == []
    assert len(pages) > 40


def test_the_same_search_finds_the_firm_where_an_officer_looks(
    client: Client, office_user: Callable[[Role | str], User], firm: FrameUnit
) -> None:
    client.force_login(office_user(Role.FIELD_OFFICER))
    told = [client.get(page).content.decode() for page in pages_of(Case)]
    assert any(secret in text for text in told for secret in secrets_of(firm))


@pytest.mark.parametrize("role", [Role.ANALYST, Role.VIEWER])
def test_first_page_tells_nothing_about_a_firm(
    client: Client, office_user: Callable[[Role | str], User], firm: FrameUnit, role: Role
) -> None:
    client.force_login(office_user(role))
    text = client.get(reverse("admin:index")).content.decode()
    assert [secret for secret in secrets_of(firm) if secret in text] == []


def test_audit_history_names_no_firm(firm: FrameUnit) -> None:
    assert set(StaffAction.objects.values_list("subject", flat=True)) == {
        *(f"w1 n={24}",), str(Case.objects.get(sample_unit__unit=firm)),
    }  # fmt: skip
