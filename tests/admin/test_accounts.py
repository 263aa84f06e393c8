"""Accounts of the staff: rights come from roles, and nobody below a superuser touches one."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from survey.admin.accounts import role_label
from survey.models import StaffAction
from survey.terms import Role


@pytest.fixture
def superuser() -> User:
    return User.objects.create_superuser("root", password="a-long-password-of-root")


def page_of(user: User) -> str:
    return reverse("admin:auth_user_change", args=[user.pk])


def test_group_is_called_by_its_role_and_another_by_its_name(english: None) -> None:
    assert [role_label(Group(name=name)) for name in (Role.ANALYST.value, "guests")] == [Role.ANALYST.label, "guests"]


def test_administrator_cannot_change_a_superuser(administrator: Client, superuser: User) -> None:
    administrator.post(page_of(superuser), {"username": "taken", "_save": "1"})
    superuser.refresh_from_db()
    assert (superuser.username, StaffAction.objects.filter(verb="change").count()) == ("root", 0)


def test_administrator_cannot_make_anybody_a_superuser(
    administrator: Client, office_user: Callable[[Role | str], User]
) -> None:
    analyst = office_user(Role.ANALYST)
    form = administrator.get(page_of(analyst)).context["adminform"].form
    assert {"is_superuser", "user_permissions"} & set(form.fields) == set()
    administrator.post(page_of(analyst), {"username": analyst.username, "is_superuser": "on", "is_active": "on"})
    analyst.refresh_from_db()
    assert analyst.is_superuser is False


def test_change_of_an_account_is_in_the_audit_history_with_its_fields(
    administrator: Client, office_user: Callable[[Role | str], User]
) -> None:
    analyst = office_user(Role.ANALYST)
    administrator.post(page_of(analyst), {"username": analyst.username, "first_name": "Li", "is_active": "on"})
    action = StaffAction.objects.get(verb="change")
    assert (action.detail["model"], action.detail["key"]) == ("auth.user", str(analyst.pk))
    assert "First name" in action.detail["change"][0]["changed"]["fields"]


def test_roles_are_looked_at_and_not_edited(administrator: Client) -> None:
    group = Group.objects.get(name=Role.ANALYST.value)
    assert administrator.post(reverse("admin:auth_group_change", args=[group.pk]), {"name": "x"}).status_code == 403
    assert administrator.post(reverse("admin:auth_group_delete", args=[group.pk]), {"post": "yes"}).status_code == 403
    assert Group.objects.filter(name=Role.ANALYST.value).exists()
