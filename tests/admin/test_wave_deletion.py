"""Only a wave that is planned may be deleted; what has been collected stays."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from survey.models import Wave
from survey.terms import Role, WaveStatus


def delete(client: Client, wave: Wave) -> int:
    return client.post(
        reverse("admin:survey_wave_delete", args=[wave.pk]), {"post": "yes", "name": wave.code}
    ).status_code


@pytest.mark.parametrize("status", [WaveStatus.OPEN, WaveStatus.CLOSED])
def test_wave_that_has_begun_is_not_deleted(administrator: Client, wave: Wave, status: WaveStatus) -> None:
    Wave.objects.update(status=status.value)
    assert (delete(administrator, wave), Wave.objects.count()) == (403, 1)


@pytest.mark.parametrize("status", [WaveStatus.OPEN, WaveStatus.CLOSED])
def test_wave_that_has_begun_is_not_deleted_from_the_list(
    administrator: Client, wave: Wave, status: WaveStatus
) -> None:
    Wave.objects.update(status=status.value)
    posted = {"action": "delete_selected", "_selected_action": [str(wave.pk)], "post": "yes"}
    administrator.post(reverse("admin:survey_wave_changelist"), posted)
    assert Wave.objects.count() == 1


def test_planned_wave_is_deleted(administrator: Client, wave: Wave) -> None:
    Wave.objects.update(status=WaveStatus.PLANNED.value)
    assert (delete(administrator, wave), Wave.objects.count()) == (302, 0)


@pytest.mark.parametrize("role", [Role.DESIGNER, Role.FIELD_OFFICER, Role.ANALYST, Role.VIEWER])
def test_others_delete_no_wave(client: Client, office_user: Callable[[Role], User], wave: Wave, role: Role) -> None:
    Wave.objects.update(status=WaveStatus.PLANNED.value)
    client.force_login(office_user(role))
    assert (delete(client, wave), Wave.objects.count()) == (403, 1)
