"""Joined answers that lie beside the batches give what a plain reading gives, and only what changed is made anew."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from django.contrib.auth.models import User
from django.core.cache import caches
from pytest_django import Settings

from survey.models import Case, Correction, Response, SamplingFrame, Wave
from survey.selectors.results import batches, joined_answers, wave_log
from survey.selectors.results.batch_files import Batch, read_batch
from survey.selectors.results.beside_batches import beside, lay_beside
from survey.selectors.results.extract import read_collected
from survey.selectors.results.joined_answers import JoinedBatches
from survey.selectors.results.postponed import empty
from tests.answered import answer, answered_wave, answers_of, earlier_wave
from tests.plain_reading import read_plainly, written

# What was submitted is changed here, which the database refuses otherwise.
pytestmark = pytest.mark.usefixtures("unguarded")


@pytest.fixture(autouse=True)
def stored_from_one_answer_on(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    monkeypatch.setattr(wave_log, "RESPONSES", 4)
    monkeypatch.setattr(joined_answers, "MANY_FIRMS", 1)
    monkeypatch.setattr(joined_answers, "MOST_NARROW", 0)
    settings.EXTRACT_DIR = str(tmp_path)
    # What lies beside the batches is in a cache that all tests share, where another wave has had this number.
    caches["extract"].clear()


@pytest.fixture
def answered(wave: Wave, frame: Callable[..., SamplingFrame]) -> Wave:
    return answered_wave(wave, frame, firms=60, sample=40, answers=15)


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create(username="editor")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The batches that are read."""
    paths: list[Path] = []

    def noting(path: Path) -> Batch | None:
        paths.append(path)
        return read_batch(path)

    monkeypatch.setattr(batches, "read_batch", noting)
    return paths


def nth(number: int) -> Response:
    return Response.objects.order_by("id")[number]


def correct(response: Response, editor: User, item: str = "B4_severity", new: str = "3") -> Correction:
    return Correction.objects.create(response=response, item=item, new=new, reason="Call", author=editor)


def is_read_as_plainly(wave: Wave) -> bool:
    return written(read_collected(wave)) == written(read_plainly(wave))


def lying(wave: Wave) -> JoinedBatches:
    found = beside("answers", wave.pk)
    assert isinstance(found, JoinedBatches)
    return found


def test_unchanged_wave_reads_no_batch_again(answered: Wave, opened: list[Path]) -> None:
    first = written(read_collected(answered))
    opened.clear()
    assert written(read_collected(answered)) == first == written(read_plainly(answered))
    assert opened == []


def test_correction_reads_its_batch_and_changes_its_columns_alone(
    answered: Wave, editor: User, opened: list[Path]
) -> None:
    before = read_collected(answered)
    opened.clear()
    correct(nth(5), editor)
    after = read_collected(answered)
    assert {path.name.partition("-")[0] for path in opened} == {str(nth(5).pk // 4)}
    changed = {name for name in before.items if (before.items[name].codes != after.items[name].codes).any()}
    assert changed == {"B4_severity"}
    assert written(after) == written(read_plainly(answered))


def test_columns_that_no_answer_has_changed_in_are_written_once(answered: Wave, editor: User) -> None:
    read_collected(answered)
    known = lying(answered)
    correct(nth(5), editor)
    columns = read_collected(answered).items
    stored = dict(zip(columns, known.columns.codes, strict=True))
    changed = [name for name in columns if not np.array_equal(stored[name], columns[name].codes)]
    assert changed == ["B4_severity"]


@pytest.mark.parametrize(
    "change",
    [
        lambda wave, editor: answer(wave, 4),
        lambda wave, editor: Response.objects.filter(pk=nth(2).pk).update(status="draft"),
        lambda wave, editor: Response.objects.filter(pk=nth(0).pk).delete(),
        lambda wave, editor: Response.objects.filter(pk=nth(2).pk).update(answers=answers_of(9)),
        lambda wave, editor: [correct(nth(5), editor), correct(nth(12), editor, new="1"), answer(wave, 1)],
    ],
)
def test_any_change_is_followed(answered: Wave, editor: User, change: Callable[[Wave, User], object]) -> None:
    read_collected(answered)
    change(answered, editor)
    assert is_read_as_plainly(answered)


def test_case_that_leaves_the_wave_takes_its_answers(answered: Wave, frame: Callable[..., SamplingFrame]) -> None:
    before = earlier_wave(answered, frame, firms=40, sample=24, answers=5)
    read_collected(before)
    moved = Case.objects.filter(wave=before, responses__isnull=False).order_by("id")[1]
    Case.objects.filter(pk=moved.pk).update(wave=answered)
    assert read_collected(before).answered == 4
    assert is_read_as_plainly(before)


def test_cases_in_another_order_than_their_responses_are_followed(answered: Wave, editor: User) -> None:
    """The first case answers anew, so that its response is the newest of all."""
    first = nth(0)
    Response.objects.filter(pk=first.pk).update(is_current=False)
    Response.objects.create(case=first.case, version=first.version, answers=answers_of(3), status="submitted")
    read_collected(answered)
    assert not lying(answered).is_in_order
    correct(nth(5), editor)
    assert is_read_as_plainly(answered)


def test_few_answers_are_not_stored_joined(answered: Wave, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joined_answers, "MANY_FIRMS", 16)
    assert is_read_as_plainly(answered)
    assert beside("answers", answered.pk) is None


def test_what_was_joined_while_the_cache_was_emptied_does_not_stay(
    answered: Wave, monkeypatch: pytest.MonkeyPatch
) -> None:
    def erased_meanwhile(value: object, *name: object) -> None:
        empty()
        lay_beside(value, *name)

    monkeypatch.setattr(joined_answers, "lay_beside", erased_meanwhile)
    assert is_read_as_plainly(answered)
    assert beside("answers", answered.pk) is None


@pytest.mark.parametrize("rows", [0, 7, 1000])
def test_batches_are_joined_however_many_answers_were_counted(
    answered: Wave, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    join = joined_answers._joined
    monkeypatch.setattr(joined_answers, "_joined", lambda stored, empty, _counted: join(stored, empty, rows))
    assert is_read_as_plainly(answered)


def test_codes_of_many_firms_are_held_in_one_byte_and_say_the_same(
    answered: Wave, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All but those of an item with too many codes."""
    plain = {name: column.codes.tolist() for name, column in read_collected(answered).items.items()}
    labels = {name: len(column.labels) for name, column in read_collected(answered).items.items()}
    caches["extract"].clear()
    monkeypatch.setattr(joined_answers, "MOST_NARROW", max(labels.values()) - 1)
    narrow = read_collected(answered).items
    assert {name: column.codes.tolist() for name, column in narrow.items()} == plain
    wide = {name for name, column in narrow.items() if column.codes.dtype == np.int16}
    assert wide == {name for name, number in labels.items() if number == max(labels.values())} < set(labels)
