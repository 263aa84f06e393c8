"""A page waits for second intervals of few firms only; what is published has them always."""

from collections.abc import Callable

import pytest

from survey.models import SamplingFrame, Wave
from survey.selectors.results import wave_results
from survey.selectors.results.wave_results import overview_of, prepared_of, published, second_of, shown
from tests.answered import answered_wave


@pytest.fixture
def answered(wave: Wave, frame: Callable[..., SamplingFrame]) -> Wave:
    return answered_wave(wave, frame, firms=60, sample=30, answers=16)


def test_overview_counts_firms_without_their_answers(answered: Wave) -> None:
    overview = overview_of(answered)
    assert (overview.answered, overview.sampled, overview.has_enough) == (16, 30, True)


def test_second_intervals_of_very_many_firms_are_left_to_releases(
    answered: Wave, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert prepared_of(answered).replicate_design.calibration is None
    assert shown(answered).second == second_of(answered)
    monkeypatch.setattr(wave_results, "RESAMPLED_AT_ONCE", 15)
    assert shown(answered).second == {}
    assert published(answered).second == second_of(answered) != {}
