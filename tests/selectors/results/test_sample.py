"""The sample is read again where a firm of it changed, and not where an answer did."""

from collections.abc import Callable

import numpy as np
import pytest
from django.contrib.auth.models import User

from config import file_cache
from survey.models import Case, Correction, District, Response, SamplingFrame, Wave
from survey.selectors.results import sample
from survey.selectors.results.extract import collected_of
from survey.selectors.results.kept import revision_of
from survey.selectors.results.sample import sample_of
from survey.selectors.results.wave_log import log_of
from tests.answered import answered_wave


@pytest.fixture
def answered(wave: Wave, frame: Callable[..., SamplingFrame]) -> Wave:
    return answered_wave(wave, frame, firms=60, sample=30, answers=16)


def test_correction_changes_the_answers_and_leaves_the_sample(answered: Wave) -> None:
    before, state = revision_of(answered), log_of(answered).sample
    values = collected_of(answered)
    response = Response.objects.filter(case__wave=answered).order_by("case_id")[0]
    author = User.objects.create(username="reviewer")
    Correction.objects.create(response=response, item="B1_severity", old=None, new="1", reason="", author=author)
    assert revision_of(answered) != before
    assert log_of(answered).sample == state
    read = collected_of(answered).items["B1_severity"]
    assert read.labels[int(read.codes[0])] == "1"
    assert collected_of(answered).respondents.tolist() == values.respondents.tolist()


def test_outcome_of_a_case_is_read_again(answered: Wave) -> None:
    sample_of(answered, log_of(answered))
    case = Case.objects.filter(wave=answered, responses=None)[0]
    Case.objects.filter(pk=case.pk).update(disposition="refusal")
    read = sample_of(answered, log_of(answered))
    assert read.disposition[read.rows_of(np.array([case.pk]))].tolist() == ["refusal"]


def test_order_of_districts_is_read_again(answered: Wave) -> None:
    before = sample_of(answered, log_of(answered)).domains["district"].labels
    District.objects.filter(code=before[0]).update(position=1000)
    assert sample_of(answered, log_of(answered)).domains["district"].labels == (*before[1:], before[0])


def test_large_sample_is_held_as_it_lies_beside_the_batches(answered: Wave, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mapped from its file: what was made would take its room in the worker that made it."""
    monkeypatch.setattr(file_cache, "LEAST", 0)
    assert not sample_of(answered, log_of(answered)).credit_code.flags.writeable


def test_sample_that_cannot_be_laid_down_is_as_it_was_read(answered: Wave, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sample_of(answered, log_of(answered))
    monkeypatch.setattr(sample, "beside", lambda *name: None)
    now = sample_of(answered, log_of(answered))
    assert now.credit_code.tolist() == before.credit_code.tolist()
