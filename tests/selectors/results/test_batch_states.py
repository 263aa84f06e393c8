"""A row of the log that tells of several responses concerns the batch that they are all of."""

import pytest
from django.utils import timezone

from survey.models import Change, Wave
from survey.selectors.results.batch_states import states_of

COUNTS = {0: 1, 1: 1}


def log_several(wave: Wave) -> None:
    Change.objects.create(
        wave=wave, kind="response", operation="update", object_id=10, row_count=500, at=timezone.now()
    )


def test_statement_of_several_responses_concerns_their_batch_alone(wave: Wave) -> None:
    before = states_of(wave, COUNTS)
    log_several(wave)
    after = states_of(wave, COUNTS)
    assert [after[batch] == before[batch] for batch in COUNTS] == [False, True]


def test_batches_that_cut_through_what_is_logged_together_are_all_concerned(
    wave: Wave, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("survey.selectors.results.batch_states.RESPONSES", 7)
    before = states_of(wave, COUNTS)
    log_several(wave)
    after = states_of(wave, COUNTS)
    assert [after[batch] == before[batch] for batch in COUNTS] == [False, False]
