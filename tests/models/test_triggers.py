"""The database itself writes the change log, for every table that results are read from."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, models
from pytest_django import DjangoAssertNumQueries

from survey.models import (
    Case,
    Change,
    Correction,
    FrameUnit,
    OutlierDecision,
    Response,
    SamplingFrame,
    SizeThreshold,
    Stratum,
    Wave,
)
from survey.models.change import LOGGED_TOGETHER
from survey.models.triggers import EVERY_WAVE, UPDATE, WATCHED, Watched, install, remove
from survey.selectors.results.wave_comparison import published_results
from tests.answered import answered_wave, earlier_wave
from tests.released import draft_of

# What was submitted is changed here, which the database refuses otherwise.
pytestmark = pytest.mark.usefixtures("unguarded")

READ_BUT_NOT_SHOWN = {
    "survey_release",
    "survey_change",
    "survey_auditchain",
}
"""Tables that making results touches without any figure or label coming from them."""
READ_UNWATCHED = {
    "survey_cut": "cleared figures, frozen: rows are only ever added",
    "survey_cutpage": "cleared figures, frozen: rows are only ever added",
    "survey_cutsource": "what a cut was made from, frozen with it: rows are only ever added, and erased with the answers",
    "survey_openanswerdecision": "decisions are results themselves: rows are only ever added, and releases freeze them",
    "survey_firm": "enterprise groups and consents are read anew for each cut and are in the digest of its source",
}
"""Tables that figures or words come from without what results are kept by, and why nothing kept can miss a change."""


@pytest.fixture
def answered(wave: Wave, frame: Callable[..., SamplingFrame]) -> Wave:
    made = answered_wave(wave, frame, firms=60, sample=30, answers=16)
    author = User.objects.create(username="editor")
    Correction.objects.create(
        response=Response.objects.all()[0], item="B4_severity", new="3", reason="x", author=author
    )
    OutlierDecision.objects.create(
        case=Response.objects.all()[0].case, item="E2_energy_ratio", choice="keep", reason="x", author=author
    )
    SizeThreshold.objects.create(
        group_name="工业", industry_codes="C", indicator="X", large_min=3, medium_min=2, small_min=1
    )
    return made


@contextmanager
def log_of() -> Iterator[list[Change]]:
    """The rows of the log that were added within."""
    last = Change.objects.count()
    added: list[Change] = []
    yield added
    added += Change.objects.order_by("id")[last:]


def change_something(row: models.Model, watched: Watched) -> None:
    """Past every guard in Python: another value in a text or number column that is not ignored."""
    other = {
        "CharField": "'x'",
        "TextField": "'x'",
        "FloatField": "0.5",
        "PositiveIntegerField": "1",
        "JSONField": "'{}'",
    }
    fields = [f for f in row._meta.concrete_fields if not f.choices and not f.is_relation]
    column = next(f for f in fields if f.get_internal_type() in other and f.column not in watched.ignored)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {watched.table} SET {column.column} = {other[column.get_internal_type()]} WHERE id = {row.pk}"
        )


def row_of(watched: Watched) -> Any:
    if watched.model is FrameUnit:
        return FrameUnit.objects.exclude(sample_units=None)[0]
    return watched.model._base_manager.order_by("pk").last()


def test_every_table_that_results_are_read_from_is_watched(
    answered: Wave, frame: Callable[..., SamplingFrame], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    earlier_wave(answered, frame, firms=60, sample=30, answers=16)
    with django_assert_max_num_queries(500) as queries:
        published_results(Wave.objects.get(pk=answered.pk), "en")
        draft_of(answered)
    read = {table for query in queries for table in re.findall(r'(?:FROM|JOIN) "(survey_\w+)"', query["sql"])}
    assert read - READ_BUT_NOT_SHOWN - READ_UNWATCHED.keys() <= {watched.table for watched in WATCHED}


@pytest.mark.parametrize(
    "watched", [each for each in WATCHED if each.kind not in ("case", "questionnaireversion")], ids=lambda w: w.kind
)
def test_plain_sql_adds_a_row(answered: Wave, watched: Any) -> None:
    row = row_of(watched)
    with log_of() as added:
        change_something(row, watched)
    assert [(change.kind, change.operation, change.object_id) for change in added] == [(watched.kind, UPDATE, row.pk)]


@pytest.mark.parametrize("watched", WATCHED, ids=lambda watched: watched.kind)
def test_rows_name_their_wave_or_all(answered: Wave, watched: Any) -> None:
    waves = {change.wave_id for change in Change.objects.filter(kind=watched.kind)}
    assert waves <= ({None} if watched.wave == EVERY_WAVE else {answered.pk})


def test_bulk_update_counts_what_it_wrote(answered: Wave) -> None:
    with log_of() as added:
        assert Case.objects.filter(wave=answered).update(disposition="refused") == 30
    assert sum(change.row_count for change in added) == 30
    assert {change.wave_id for change in added} == {answered.pk}


def test_statement_that_writes_responses_far_apart_names_each_part(answered: Wave) -> None:
    case = Case.objects.filter(wave=answered, responses=None)[0]
    few = Response.objects.filter(case__wave=answered, status="submitted")
    copied = few.values("version_id", "answers", "status")[0]
    far = Response.objects.create(pk=max(few.values_list("pk", flat=True)) + 3 * LOGGED_TOGETHER, case=case, **copied)
    with log_of() as added:
        assert few.update(status="returned") > 2
    told = {(change.object_id or 0) // LOGGED_TOGETHER for change in added if change.kind == "response"}
    assert told == {far.pk // LOGGED_TOGETHER - 3, far.pk // LOGGED_TOGETHER}


def test_what_the_fieldwork_does_to_a_case_is_no_change(answered: Wave) -> None:
    with log_of() as added:
        Case.objects.filter(wave=answered).update(status="in_progress", reminders=2, is_closed=True)
    assert added == []


def test_update_to_the_same_value_is_no_change(answered: Wave) -> None:
    with log_of() as added:
        Wave.objects.update(code=models.F("code"))
        Stratum.objects.update(population=models.F("population"))
    assert added == []


def test_firm_counts_once_a_sample_was_drawn_from_its_frame(
    answered: Wave, frame: Callable[..., SamplingFrame]
) -> None:
    other = frame(5, "Other")
    with log_of() as added:
        FrameUnit.objects.filter(frame=other).update(employees=7)
        FrameUnit.objects.filter(frame=other).delete()
    assert added == []
    with log_of() as added:
        FrameUnit.objects.filter(sample_units=None).update(employees=7)
    assert {(change.kind, change.wave_id) for change in added} == {("frameunit", None)}


def test_case_that_moves_to_another_wave_changes_both(answered: Wave, frame: Callable[..., SamplingFrame]) -> None:
    other = earlier_wave(answered, frame, firms=60, sample=30, answers=2)
    with log_of() as added:
        Case.objects.filter(pk=Case.objects.filter(wave=answered)[0].pk).update(wave=other)
    assert {change.wave_id for change in added} == {answered.pk, other.pk}


def test_deleted_response_is_a_change_of_its_wave(answered: Wave) -> None:
    Correction.objects.all().delete()
    response = Response.objects.all()[0]
    pk = response.pk
    with log_of() as added:
        response.delete()
    assert [(change.wave_id, change.operation, change.object_id) for change in added] == [(answered.pk, "delete", pk)]


def test_log_outlives_a_deleted_wave(wave: Wave) -> None:
    pk = wave.pk
    wave.delete()
    assert Change.objects.filter(wave_id=pk, operation="delete").count() == 1


def test_triggers_are_put_on_again_after_they_were_off(wave: Wave) -> None:
    remove(connection)
    with log_of() as unseen:
        Wave.objects.update(target_responses=5)
    install(connection)
    with log_of() as seen:
        Wave.objects.update(target_responses=6)
    assert (unseen, [change.kind for change in seen]) == ([], ["wave"])
