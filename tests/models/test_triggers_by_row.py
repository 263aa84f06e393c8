"""The change log on relatives of PostgreSQL that know triggers for each row only, tried on PostgreSQL itself."""

from collections.abc import Callable

import pytest
from django.db import connection, models

from survey.models import Case, Change, SamplingFrame, Stratum, Wave, triggers
from tests.answered import answered_wave, earlier_wave

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="a way of relatives of PostgreSQL")


@pytest.fixture
def answered(wave: Wave, frame: Callable[..., SamplingFrame], unguarded: None, monkeypatch: pytest.MonkeyPatch) -> Wave:
    monkeypatch.setattr(triggers, "KNOWS_STATEMENTS", connection.pg_version + 1)  # type: ignore[attr-defined]
    triggers.install(connection)
    return answered_wave(wave, frame, firms=60, sample=30, answers=16)


def added(write: Callable[[], object]) -> list[tuple[str, str, int | None, int]]:
    """Kind, operation, wave and number of rows of each row of the log that comes of it."""
    last = Change.objects.count()
    write()
    return list(Change.objects.order_by("id").values_list("kind", "operation", "wave_id", "row_count")[last:])


def test_no_trigger_asks_for_more_than_the_relatives_know(answered: Wave) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname LIKE 'note_change%'")
        made = [definition for (definition,) in cursor.fetchall()]
    assert len(made) == sum(len(watched.operations) for watched in triggers.WATCHED)
    assert [definition for definition in made if "REFERENCING" in definition or "FOR EACH ROW" not in definition] == []


def test_bulk_update_adds_a_row_for_each(answered: Wave) -> None:
    found = added(lambda: Case.objects.filter(wave=answered).update(disposition="refused"))
    assert found == [("case", "update", answered.pk, 1)] * 30


def test_update_to_the_same_value_or_of_an_ignored_column_adds_none(answered: Wave) -> None:
    assert added(lambda: Stratum.objects.update(population=models.F("population"))) == []
    assert added(lambda: Case.objects.update(reminders=2)) == []


def test_case_that_moves_to_another_wave_changes_both(answered: Wave, frame: Callable[..., SamplingFrame]) -> None:
    other = earlier_wave(answered, frame, firms=60, sample=30, answers=2)
    moved = Case.objects.filter(pk=Case.objects.filter(wave=answered)[0].pk)
    assert sorted(added(lambda: moved.update(wave=other))) == sorted(
        ("case", "update", wave.pk, 1) for wave in (answered, other)
    )


def test_deleted_wave_is_in_the_log(wave: Wave, answered: Wave, frame: Callable[..., SamplingFrame]) -> None:
    other = Wave.objects.create(**{**Wave.objects.filter(pk=wave.pk).values()[0], "id": None, "code": "other"})
    key = other.pk
    assert added(other.delete) == [("wave", "delete", key, 1)]
