"""Responses of a batch are found by their numbers, and are those of the wave alone."""

from collections.abc import Callable

import pytest
from django.db import connection

from survey.models import Case, Response, SamplingFrame, Wave
from survey.selectors.results import wave_log
from survey.selectors.results.batch_index import numbers_of
from survey.selectors.results.extract import submitted_responses
from tests.answered import answered_wave, earlier_wave

pytestmark = pytest.mark.usefixtures("unguarded")


@pytest.fixture
def waves(wave: Wave, frame: Callable[..., SamplingFrame], monkeypatch: pytest.MonkeyPatch) -> tuple[Wave, Wave]:
    monkeypatch.setattr(wave_log, "RESPONSES", 4)
    answered = answered_wave(wave, frame, firms=30, sample=20, answers=9)
    return answered, earlier_wave(wave, frame, firms=30, sample=20, answers=9)


def test_batches_together_have_every_counted_response_of_the_wave_once(waves: tuple[Wave, Wave]) -> None:
    case = Case.objects.filter(wave=waves[0], responses__is_current=True).earliest("pk")
    Case.objects.filter(pk=case.pk).update(is_set_aside=True)
    batches = {number // 4 for number in Response.objects.values_list("pk", flat=True)}
    for wave in waves:
        whole = set(submitted_responses(wave).values_list("pk", flat=True))
        parts = [submitted_responses(wave, numbers_of(batch)).values_list("pk", flat=True) for batch in batches]
        assert sorted(number for part in parts for number in part) == sorted(whole)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL chooses by what it has counted")
def test_batch_is_looked_up_by_its_numbers_and_not_by_all_cases_of_its_wave(waves: tuple[Wave, Wave]) -> None:
    first = submitted_responses(waves[0], numbers_of(1)).explain().split("\n")[0]
    assert "survey_response" in first
    assert "INTEGER PRIMARY KEY (rowid>? AND rowid<?)" in first
