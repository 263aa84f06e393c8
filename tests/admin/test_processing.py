"""Corrections and the audit history are looked at by administrators, with what was changed and why."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from survey.models import Case, Correction, Response, StaffAction
from survey.terms import Role
from tests.waves import version_of


@pytest.fixture
def administrator(client: Client, office_user: Callable[[Role | str], User]) -> Client:
    client.force_login(office_user(Role.ADMINISTRATOR))
    return client


def test_correction_is_listed_with_both_values_and_its_reason(administrator: Client, case: Case) -> None:
    response = Response.objects.create(case=case, version=version_of(case.wave), answers={"employees": 20})
    author = User.objects.create(username="checker")
    Correction.objects.create(response=response, item="employees", old=20, new=21, reason="电话核实", author=author)
    page = administrator.get(reverse("admin:survey_correction_changelist")).content.decode()
    cells = {"item": "employees", "old": "20", "new": "21", "reason": "电话核实"}
    assert [f'<td class="field-{name}">{value}</td>' in page for name, value in cells.items()] == [True] * 4
    assert "checker" in page
    assert StaffAction.objects.filter(verb="read_corrections").count() == 1


def test_audit_history_is_searched_by_its_subject(administrator: Client) -> None:
    for subject in ("样本一", "样本二"):
        StaffAction.objects.create(verb="draw_sample", subject=subject)
    page = administrator.get(reverse("admin:survey_staffaction_changelist"), {"q": "样本二"}).content.decode()
    assert ["样本一" in page, '<td class="field-subject">样本二</td>' in page] == [False, True]
