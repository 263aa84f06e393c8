"""Groups follow the table of roles, whatever was changed by hand."""

import pytest
from django.contrib.auth.models import Group, Permission, User

from survey.services.roles import ROLE_PERMISSIONS, give_role, grant_role_permissions
from survey.terms import Role
from tests.interrupted import half_written

pytestmark = pytest.mark.django_db


def codes(role: Role) -> set[str]:
    return set(Group.objects.get(name=role.value).permissions.values_list("codename", flat=True))


def test_right_given_by_hand_goes_and_one_taken_away_comes_back() -> None:
    viewers = Group.objects.get(name=Role.VIEWER.value)
    viewers.permissions.set(Permission.objects.filter(codename="export_microdata"))
    grant_role_permissions()
    assert codes(Role.VIEWER) == set(ROLE_PERMISSIONS[Role.VIEWER])


def test_administrator_has_the_survey_the_accounts_and_the_failed_logins() -> None:
    grant_role_permissions()
    apps = Group.objects.get(name=Role.ADMINISTRATOR.value).permissions.values_list(
        "content_type__app_label", flat=True
    )
    assert set(apps) == {"survey", "auth", "axes"}


def test_role_lets_into_the_office() -> None:
    user = User.objects.create(username="new")
    give_role(user=user, role=Role.ANALYST)
    stored = User.objects.get(pk=user.pk)
    assert (stored.is_staff, stored.has_perm("survey.export_release"), stored.has_perm("survey.view_case")) == (
        True,
        True,
        False,
    )


def test_groups_follow_the_table_together_or_not_at_all() -> None:
    Group.objects.get(name=Role.VIEWER.value).permissions.clear()
    Group.objects.get(name=Role.ANALYST.value).permissions.clear()
    assert half_written(grant_role_permissions) == []
