"""The log of a wave is read once; what is read later is what came since, and no undone row stays in it."""

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from survey.models import Change, Wave
from survey.selectors.results.wave_log import NOTHING, WaveLog, log_of

BATCHES = (0, 1)


def log(wave: Wave | None, kind: str = "response", number: int | None = 10, rows: int = 1) -> Change:
    return Change.objects.create(
        wave=wave, kind=kind, operation="update", object_id=number, row_count=rows, at=timezone.now()
    )


def concerned(before: WaveLog, after: WaveLog) -> list[bool]:
    """Of each batch whether its state is another."""
    states = [[(one.every, one.own.get(batch, NOTHING)) for batch in BATCHES] for one in (before, after)]
    return [one != two for one, two in zip(*states, strict=True)]


def test_statement_of_several_responses_concerns_their_batch_alone(wave: Wave) -> None:
    before = log_of(wave)
    log(wave, rows=500)
    assert concerned(before, log_of(wave)) == [True, False]


def test_batches_that_cut_through_what_is_logged_together_are_all_concerned(
    wave: Wave, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("survey.selectors.results.wave_log.RESPONSES", 7)
    before = log_of(wave)
    log(wave, rows=500)
    assert concerned(before, log_of(wave)) == [True, True]


def test_change_of_a_case_is_one_of_the_sample(wave: Wave) -> None:
    before = log_of(wave)
    log(wave, kind="case")
    after = log_of(wave)
    assert (after.sample != before.sample, concerned(before, after)) == (True, [False, False])


def test_change_of_an_answer_is_none_of_the_sample(wave: Wave) -> None:
    before = log_of(wave)
    log(wave)
    assert log_of(wave).sample == before.sample


def test_change_of_every_wave_counts_twice_where_it_may_be_of_answers(wave: Wave) -> None:
    before = log_of(wave)
    log(None, kind="migration")
    after = log_of(wave)
    assert (after.sample != before.sample, concerned(before, after)) == (True, [True, True])


def test_log_read_in_parts_is_the_log_read_at_once(wave: Wave) -> None:
    for number in range(3):
        log(wave, number=1990 + 10 * number)
        parts = log_of(wave)
    Wave.objects.filter(pk=wave.pk).update(code="other")
    log(None, kind="district")
    parts = log_of(wave)
    caches["extract"].clear()
    assert log_of(wave) == parts


def test_row_that_was_undone_is_not_in_the_log(wave: Wave) -> None:
    log(wave)
    before = log_of(wave)
    with transaction.atomic():
        log(wave)
        log(wave)
        log_of(wave)
        transaction.set_rollback(True)
    log(wave, number=2010)
    after = log_of(wave)
    assert (after.read[0], concerned(before, after)) == (before.read[0] + 1, [False, True])


def test_only_rows_behind_those_that_were_read_are_read(
    wave: Wave, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    newest = log(wave)
    log_of(wave)
    with CaptureQueriesContext(connection) as queries, django_assert_num_queries(2):
        log_of(wave)
    assert f'"survey_change"."id" > {newest.pk}' in queries[1]["sql"]
