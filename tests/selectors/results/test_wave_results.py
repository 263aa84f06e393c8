"""A page waits for second intervals of few firms only; what is published has them always."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from survey.instrument.schema import Text
from survey.methods.tables.plan import planned_tables
from survey.models import Correction, District, Response, SamplingFrame, Wave
from survey.selectors.results import wave_results
from survey.selectors.results.extract import collected_of
from survey.selectors.results.wave_results import (
    overview_of,
    prepared_of,
    prepared_to_show,
    published,
    second_of,
    wave_vocabulary,
)
from survey.terms import ResponseStatus
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
    assert prepared_to_show(answered).second == second_of(answered)
    monkeypatch.setattr(wave_results, "RESAMPLED_AT_ONCE", 15)
    assert prepared_to_show(answered).second == {}
    assert published(answered).second == second_of(answered) != {}


def test_changed_answer_leaves_the_planned_tables_as_they_are(answered: Wave) -> None:
    """They follow from the plan and the names of groups, and take as long to plan as to weigh the firms."""
    before = planned_tables(wave_vocabulary(answered, collected_of(answered), "en"))
    response = Response.objects.filter(status=ResponseStatus.SUBMITTED)[0]
    author = User.objects.create(username="editor")
    Correction.objects.create(response=response, item="B4_severity", new="3", reason="Telephone", author=author)
    assert planned_tables(wave_vocabulary(answered, collected_of(answered), "en")) is before


def test_renamed_group_is_named_anew_at_once(answered: Wave) -> None:
    before = wave_vocabulary(answered, collected_of(answered), "en")
    code = before.frame["district"][0].code
    district = District.objects.get(code=code)
    district.name = Text("新区", "New district")
    district.save()
    after = wave_vocabulary(answered, collected_of(answered), "en")
    assert [one.label for one in after.frame["district"] if one.code == code] == ["New district"]
