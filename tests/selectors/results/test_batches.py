"""Stored batches give what a plain reading gives, whatever was written since, and only what changed is coded again."""

import gc
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from survey.models import Case, Correction, Response, SamplingFrame, Wave
from survey.selectors.results import batches, extract, wave_log
from survey.selectors.results.batch_files import Batch, read_batch
from survey.selectors.results.batch_index import index_of
from survey.selectors.results.batches import Coding, Documents
from survey.selectors.results.extract import (
    corrected_documents,
    read_collected,
    remove_superseded_batches,
    submitted_responses,
)
from survey.selectors.results.wave_log import log_of
from survey.terms import Disposition, ResponseStatus
from tests.answered import ITEMS, answer, answered_wave, answers_of, earlier_wave, in_another_version
from tests.plain_reading import read_plainly, written
from tests.waves import version_of

OPEN_FILES = Path("/proc/self/fd")
# What was submitted is changed here, which the database refuses otherwise.
pytestmark = pytest.mark.usefixtures("unguarded")


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> None:
    monkeypatch.setattr(wave_log, "RESPONSES", 4)
    settings.EXTRACT_DIR = str(tmp_path)


@pytest.fixture
def answered(wave: Wave, frame: Callable[..., SamplingFrame]) -> Wave:
    return answered_wave(wave, frame, firms=60, sample=40, answers=15)


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create(username="editor")


def stored(folder: Path) -> dict[str, int]:
    """Every stored batch by its columns and name, with the file that it is."""
    return {f"{path.parent.name}/{path.name}": path.stat().st_ino for path in folder.glob("*/*/*/*")}


def coded_again(folder: Path, wave: Wave) -> int:
    """How many batches reading the wave codes; what is read is what a plain reading finds."""
    before = stored(folder)
    read = written(read_collected(wave))
    after = stored(folder)
    assert read == written(read_plainly(wave))
    return len(set(after.items()) - set(before.items()))


def correct(response: Response, editor: User, new: str = "3") -> Correction:
    return Correction.objects.create(response=response, item="B4_severity", new=new, reason="Call", author=editor)


def nth(number: int) -> Response:
    return Response.objects.order_by("id")[number]


def test_unchanged_wave_codes_nothing_again(answered: Wave, tmp_path: Path) -> None:
    assert coded_again(tmp_path, answered) >= 4
    assert coded_again(tmp_path, answered) == 0


def test_correction_codes_one_batch_again(answered: Wave, tmp_path: Path, editor: User) -> None:
    read_collected(answered)
    correct(nth(5), editor)
    assert coded_again(tmp_path, answered) == 1


def test_correction_counts_one_batch_again(answered: Wave, editor: User) -> None:
    read_collected(answered)
    correct(nth(5), editor)
    with CaptureQueriesContext(connection) as queries:
        read_collected(answered)
    (counted,) = [one["sql"] for one in queries if 'COUNT("survey_response"."id")' in one["sql"]]
    batch = nth(5).pk // 4
    assert f'"survey_response"."id" >= {4 * batch} ' in counted


def test_sample_is_read_once(answered: Wave, editor: User) -> None:
    read_collected(answered)
    correct(nth(5), editor)
    with CaptureQueriesContext(connection) as queries:
        read_collected(answered)
    assert not [one for one in queries if '"survey_sampleunit"."design_weight"' in one["sql"]]


def test_outcome_of_a_case_codes_nothing_again(answered: Wave, tmp_path: Path) -> None:
    read_collected(answered)
    Case.objects.filter(pk=nth(3).case_id).update(disposition=Disposition.NOT_ELIGIBLE.value)
    assert coded_again(tmp_path, answered) == 0


def test_new_responses_code_their_batches_only(answered: Wave, tmp_path: Path) -> None:
    read_collected(answered)
    answer(answered, 4)
    assert coded_again(tmp_path, answered) <= 2


def test_return_leaves_the_response_out(answered: Wave, tmp_path: Path) -> None:
    read_collected(answered)
    Response.objects.filter(pk=nth(2).pk).update(status=ResponseStatus.DRAFT.value)
    assert coded_again(tmp_path, answered) == 1
    assert read_collected(answered).answered == 14


def test_resubmission_takes_the_place_of_the_response(answered: Wave, tmp_path: Path) -> None:
    read_collected(answered)
    first = nth(5)
    Response.objects.filter(pk=first.pk).update(is_current=False)
    Response.objects.create(
        case=first.case, version=first.version, answers=answers_of(3), status=ResponseStatus.SUBMITTED.value
    )
    assert coded_again(tmp_path, answered) == 2


def test_deleted_responses_leave_no_file(answered: Wave, tmp_path: Path) -> None:
    read_collected(answered)
    first = nth(0).pk // 4
    Response.objects.filter(pk__gte=first * 4, pk__lt=first * 4 + 4).delete()
    coded_again(tmp_path, answered)
    assert not [name for name in stored(tmp_path) if f"/{first}-" in name]


def test_case_that_moves_to_another_wave_takes_its_answers(
    answered: Wave, frame: Callable[..., SamplingFrame], tmp_path: Path
) -> None:
    before = earlier_wave(answered, frame, firms=40, sample=24, answers=5)
    read_collected(answered)
    read_collected(before)
    here = Case.objects.filter(wave=answered, responses__isnull=False).order_by("id")[5]
    there = Case.objects.filter(wave=before, responses__isnull=True).order_by("id")[0]
    Response.objects.filter(case=here).update(case=there)
    assert coded_again(tmp_path, answered) == 1
    assert (read_collected(answered).answered, read_collected(before).answered) == (14, 6)


def test_case_whose_wave_changes_is_left_out(
    answered: Wave, frame: Callable[..., SamplingFrame], tmp_path: Path
) -> None:
    before = earlier_wave(answered, frame, firms=40, sample=24, answers=5)
    read_collected(before)
    moved = Case.objects.filter(wave=before, responses__isnull=False).order_by("id")[1]
    Case.objects.filter(pk=moved.pk).update(wave=answered)
    assert coded_again(tmp_path, before) == 1
    assert read_collected(before).answered == 4


def test_new_version_with_renamed_codes_codes_everything(answered: Wave, tmp_path: Path) -> None:
    before = coded_again(tmp_path, answered)
    in_another_version(answered, replace(ITEMS[0], code="B1_new", concept="B1_severity"), *ITEMS[1:])
    Response.objects.filter(pk=nth(14).pk).update(version=version_of(answered), answers={"B1_new": "1"})
    assert coded_again(tmp_path, answered) == before
    assert "B1_new" in read_collected(answered).items


def test_write_that_was_undone_leaves_nothing(answered: Wave, tmp_path: Path, editor: User) -> None:
    with transaction.atomic():
        correct(nth(5), editor, "1")
        read_collected(answered)
        transaction.set_rollback(True)
    correct(nth(5), editor, "2")
    coded_again(tmp_path, answered)


def test_changed_correction_codes_its_answers_again(answered: Wave, tmp_path: Path, editor: User) -> None:
    correction = correct(nth(5), editor)
    read_collected(answered)
    Correction.objects.filter(pk=correction.pk).update(response=nth(12))
    assert coded_again(tmp_path, answered) >= 2
    correction.delete()
    assert coded_again(tmp_path, answered) >= 2


def test_damaged_file_is_coded_again(answered: Wave, tmp_path: Path) -> None:
    read_collected(answered)
    damaged = next(tmp_path.glob("*/*/*/*"))
    damaged.write_bytes(damaged.read_bytes()[:-1])
    assert coded_again(tmp_path, answered) == 1


def test_folder_that_cannot_be_written_hides_no_figure(answered: Wave, tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "file").write_text("")
    settings.EXTRACT_DIR = str(tmp_path / "file")
    assert written(read_collected(answered)) == written(read_plainly(answered))


def test_batches_can_be_read_by_the_owner_only(answered: Wave, tmp_path: Path) -> None:
    read_collected(answered)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.glob("*/*/*/*")} == {0o600}


def test_batches_of_superseded_versions_and_deleted_waves_are_removed(answered: Wave, tmp_path: Path) -> None:
    read_collected(answered)
    in_another_version(answered, *ITEMS[1:])
    read_collected(answered)
    gone = next(tmp_path.glob("*")) / "99999" / "columns"
    gone.mkdir(parents=True)
    remove_superseded_batches()
    assert (len(list(tmp_path.glob("*/*"))), len(list(tmp_path.glob("*/*/*")))) == (1, 1)
    assert coded_again(tmp_path, answered) == 0


def changes(answered: Wave, editor: User, generator: np.random.Generator) -> Iterator[Callable[[], object]]:
    """Writes of every kind in an order drawn at random."""

    def some() -> Response:
        return nth(int(generator.integers(Response.objects.count())))

    kinds: tuple[Callable[[], object], ...] = (
        lambda: correct(some(), editor, str(generator.integers(1, 6))),
        lambda: Response.objects.filter(pk=some().pk).update(answers=answers_of(int(generator.integers(20)))),
        lambda: Response.objects.filter(pk=some().pk).update(answers={"E2_energy_ratio": float(generator.normal())}),
        lambda: Response.objects.filter(pk=some().pk).update(status=ResponseStatus.DRAFT.value),
        lambda: Response.objects.filter(status="draft").update(status=ResponseStatus.SUBMITTED.value),
        lambda: Response.objects.filter(pk__in=[some().pk, some().pk]).update(answers=answers_of(2)),
        lambda: Response.objects.filter(corrections=None).order_by("id")[:1].get().delete(),
        lambda: answer(answered, 1),
    )
    for kind in generator.integers(len(kinds), size=40).tolist():
        yield kinds[kind]


@pytest.mark.parametrize("seed", [1, 2])
def test_any_sequence_of_writes_is_followed(answered: Wave, tmp_path: Path, editor: User, seed: int) -> None:
    for change in changes(answered, editor, np.random.default_rng(seed)):
        change()
        coded_again(tmp_path, answered)


def test_build_that_is_interrupted_keeps_what_was_coded(
    answered: Wave, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, coded = Coding.batch, []

    def twice(coding: Coding, documents: Documents) -> Batch:
        coded.append(documents)
        if len(coded) > 2:
            raise SystemExit
        return code(coding, documents)

    with monkeypatch.context() as stopped:
        stopped.setattr(Coding, "batch", twice)
        with pytest.raises(SystemExit):
            read_collected(answered)
    whole = len(index_of(answered, partial(submitted_responses, answered), log_of(answered)).batches)
    assert len(stored(tmp_path)) == 2
    assert gc.isenabled()
    assert coded_again(tmp_path, answered) == whole - 2


@pytest.mark.parametrize("at_once", [1, 3])
def test_portions_of_documents_make_no_difference(
    answered: Wave, tmp_path: Path, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "AT_ONCE", at_once)
    monkeypatch.setattr(extract, "BATCH", 2)
    assert coded_again(tmp_path, answered) >= 4


def test_answer_without_a_value_is_none(answered: Wave, tmp_path: Path) -> None:
    Response.objects.filter(pk=nth(2).pk).update(answers={"B4_severity": None, "B1_severity": "1", "note": "null"})
    assert coded_again(tmp_path, answered) >= 4
    documents = [answers for _case, answers in corrected_documents(answered)]
    assert {"B1_severity": "1", "note": "null"} in documents


@pytest.mark.skipif(not OPEN_FILES.exists(), reason="The system does not tell which files are open")
def test_batches_are_not_open_all_at_once(answered: Wave, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process may open some thousand files; of a wave of millions there are as many batches."""
    monkeypatch.setattr(wave_log, "RESPONSES", 1)
    opened = []

    def counting(path: Path) -> Batch | None:
        opened.append(len(list(OPEN_FILES.iterdir())))
        return read_batch(path)

    read_collected(answered)
    monkeypatch.setattr(batches, "read_batch", counting)
    assert coded_again(tmp_path, answered) == 0
    assert len(opened) >= 15
    assert max(opened) - min(opened) <= 2
