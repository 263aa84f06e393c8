"""Replicate weights leave where two firms have answered, and that is written down."""

from collections.abc import Callable

import pytest

from survey.models import SamplingFrame, StaffAction, Wave
from survey.services.results.replicates import ReplicatesRefusedError, record_replicates_export
from tests.answered import answered_wave

pytestmark = pytest.mark.django_db


def test_replicates_of_two_firms_leave_and_are_written_down(wave: Wave, frame: Callable[..., SamplingFrame]) -> None:
    answered_wave(wave, frame, firms=40, sample=24, answers=2)
    record_replicates_export(wave=wave, replicates=80, actor=None)
    assert StaffAction.objects.values_list("verb", "subject", "detail").latest("pk") == (
        "export_replicates", str(wave), {"answered": 2, "replicates": 80},
    )  # fmt: skip


def test_replicates_of_one_firm_do_not_leave(wave: Wave, frame: Callable[..., SamplingFrame]) -> None:
    answered_wave(wave, frame, firms=40, sample=24, answers=1)
    with pytest.raises(ReplicatesRefusedError) as refused:
        record_replicates_export(wave=wave, replicates=80, actor=None)
    assert refused.value.code == "too_few_responses"
    assert not StaffAction.objects.filter(verb="export_replicates").exists()
