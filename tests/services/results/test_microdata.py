"""Microdata leave where two firms have answered, and that is written down."""

from collections.abc import Callable

import pytest

from survey.models import SamplingFrame, StaffAction, Wave
from survey.services.results.microdata import MicrodataRefusedError, record_microdata_export
from tests.answered import answered_wave

pytestmark = pytest.mark.django_db


def test_microdata_of_two_firms_leave_and_are_written_down(wave: Wave, frame: Callable[..., SamplingFrame]) -> None:
    answered_wave(wave, frame, firms=40, sample=24, answers=2)
    record_microdata_export(wave=wave, with_words=True, actor=None)
    assert StaffAction.objects.values_list("verb", "subject", "detail").latest("pk") == (
        "export_microdata", str(wave), {"answered": 2, "with_words": True},
    )  # fmt: skip


def test_microdata_of_one_firm_do_not_leave(wave: Wave, frame: Callable[..., SamplingFrame]) -> None:
    answered_wave(wave, frame, firms=40, sample=24, answers=1)
    with pytest.raises(MicrodataRefusedError) as refused:
        record_microdata_export(wave=wave, with_words=True, actor=None)
    assert refused.value.code == "too_few_responses"
    assert not StaffAction.objects.filter(verb="export_microdata").exists()
