"""The titles of a page of figures say a finding only where the figure that they name is firm."""

from collections.abc import Callable

import pytest
from django.test import Client

from survey.models import SamplingFrame, Wave
from tests.answered import answered_wave


@pytest.mark.parametrize(("answers", "finding"), [(12, False), (60, True)], ids=["unreliable", "firm"])
def test_first_rank_is_said_only_of_a_firm_figure(
    methodologist: Client, wave: Wave, frame: Callable[..., SamplingFrame], answers: int, finding: bool
) -> None:
    answered_wave(wave, frame, firms=120, sample=80, answers=answers)
    page = methodologist.get(f"/admin/dashboard/working/?chapter=all&wave={wave.code}").content.decode()
    assert ("ranks first" in page, "Pain B4" in page) == (finding, True)
