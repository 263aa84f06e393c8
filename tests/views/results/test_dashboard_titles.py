"""The titles of the dashboard say a finding only where the figure that they name is firm."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from survey.models import SamplingFrame, Wave
from survey.terms import Role
from tests.answered import answered_wave


@pytest.fixture
def analyst(client: Client, office_user: Callable[[Role], User]) -> Client:
    client.force_login(office_user(Role.ANALYST))
    client.cookies["django_language"] = "en"
    return client


@pytest.mark.parametrize(("answers", "finding"), [(12, False), (60, True)], ids=["unreliable", "firm"])
def test_first_rank_is_said_only_of_a_firm_figure(
    analyst: Client, wave: Wave, frame: Callable[..., SamplingFrame], answers: int, finding: bool
) -> None:
    answered_wave(wave, frame, firms=120, sample=80, answers=answers)
    page = analyst.get(f"/admin/dashboard/?wave={wave.code}").content.decode()
    assert ("ranks first" in page, "Pain B4" in page) == (finding, True)
