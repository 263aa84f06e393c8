"""A cut is asked for by a button, a command or the clock."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from survey.jobs.due import make_cuts
from survey.models import Cut, Job, SamplingFrame, Wave
from survey.terms import Role
from tests.answered import answer, answered_wave, sampled_wave
from tests.working import work_off

MAKE = "/admin/dashboard/cut/"


@pytest.fixture
def answered(wave: Wave, frame: Callable[..., SamplingFrame]) -> Wave:
    return answered_wave(wave, frame, firms=60, sample=30, answers=20)


def test_button_makes_a_cut_in_a_job_that_leads_to_it(
    answered: Wave, client: Client, office_user: Callable[[Role | str], User]
) -> None:
    client.force_login(office_user(Role.METHODOLOGIST))
    asked = client.post(MAKE, {"wave": "w1"})
    work_off()
    assert (Job.objects.get().state, Job.objects.get().page, Cut.objects.get().number) == (
        "done",
        "/admin/dashboard/?wave=w1",
        1,
    )
    assert "/admin/dashboard/?wave=w1" in client.get(asked["Location"]).content.decode()


@pytest.mark.parametrize("role", [Role.ANALYST, Role.VIEWER])
def test_button_is_refused_to(
    answered: Wave, client: Client, office_user: Callable[[Role | str], User], role: Role
) -> None:
    client.force_login(office_user(role))
    assert (client.post(MAKE, {"wave": "w1"}).status_code, Job.objects.exists()) == (403, False)


def test_command_says_what_it_made(answered: Wave, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("make_cut", "w1")
    call_command("make_cut", "w1")
    digest = Cut.objects.get().digest
    assert (
        capsys.readouterr().out
        == f"Made w1 c1 (digest {digest}).\nNothing has changed since w1 c1 (digest {digest}).\n"
    )


@pytest.mark.usefixtures("english")
def test_command_refuses_an_unknown_wave_and_one_without_answers(
    wave: Wave, frame: Callable[..., SamplingFrame]
) -> None:
    sampled_wave(wave, frame(), 24)
    with pytest.raises(CommandError, match="There is no wave 'w9'"):
        call_command("make_cut", "w9")
    with pytest.raises(CommandError, match="Fewer than two firms answered"):
        call_command("make_cut", "w1")


def test_clock_asks_for_cuts_of_waves_that_have_changed(answered: Wave, settings: Settings) -> None:
    now = timezone.now()
    said = [make_cuts(now), make_cuts(now)]
    work_off()
    Job.objects.update(asked_at=now - timedelta(hours=25))
    said.append(make_cuts(now))
    answer(answered, 3)
    said.append(make_cuts(now))
    assert said == ["1 cuts were asked for.", "", "", "1 cuts were asked for."]
    settings.CUT_EVERY_HOURS = 0
    Job.objects.all().delete()
    assert make_cuts(now) == ""
