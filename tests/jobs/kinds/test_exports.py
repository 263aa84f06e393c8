"""Jobs that make files with rows of firms."""

import csv
from collections.abc import Callable
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import User

from survey.asked_terms.speaking import speaking_of, spoken
from survey.jobs.asking import ask_for
from survey.jobs.kinds.exports import MICRODATA, REPLICATES, wave_of_job
from survey.jobs.work import JobKind, Work
from survey.models import SamplingFrame, StaffAction, Survey, Wave
from survey.services.operation.jobs import JobTakenAway, begin_job
from survey.terms import AskedUnit, Role
from tests.answered import answered_wave


@pytest.fixture
def begun(db: None, office_user: Callable[[Role | str], User]) -> Callable[..., Work]:
    """A job at work that a methodologist asked for: its kind, the key of its wave, and what else it was given."""

    def make(kind: JobKind, wave: int, **more: Any) -> Work:
        asked = ask_for(kind, key="1", subject="1", actor=office_user(Role.METHODOLOGIST), wave=wave, **more)
        job = begin_job(pk=asked.pk, attempt=1)
        assert job is not None
        return Work(job=job)

    return make


@pytest.fixture
def answered(wave: Wave, frame: Callable[..., SamplingFrame]) -> Wave:
    return answered_wave(wave, frame, firms=60, sample=30, answers=12)


@pytest.mark.parametrize("asks", list(AskedUnit))
def test_wave_of_a_job_says_of_what_is_told(wave: Wave, begun: Callable[..., Work], asks: AskedUnit) -> None:
    Survey.objects.update(asks=asks.value)
    other = next(unit for unit in AskedUnit if unit is not asks)
    with speaking_of(other):
        assert (wave_of_job(begun(MICRODATA, wave.pk)), spoken()) == (wave, asks)


def test_job_whose_wave_is_gone_is_let_go(begun: Callable[..., Work]) -> None:
    with pytest.raises(JobTakenAway):
        wave_of_job(begun(REPLICATES, 0))


@pytest.mark.parametrize("with_words", [True, False])
def test_microdata_are_one_archive_and_stand_on_record_once_over_all_attempts(
    answered: Wave, begun: Callable[..., Work], with_words: bool
) -> None:
    work = begun(MICRODATA, answered.pk, with_words=with_words)
    first, second = MICRODATA.run(work), MICRODATA.run(work)
    assert (first.file_name, first.file_type) == ("w1-working-microdata.zip", "application/zip")
    head = ZipFile(BytesIO(second.file)).read("w1-working-microdata.csv").decode("utf-8-sig").splitlines()[0]
    assert ("I_comment" in head.split(",")) == with_words
    action = StaffAction.objects.get(verb="export_microdata")
    assert (action.actor, action.detail["with_words"]) == (work.actor, with_words)
    work.job.refresh_from_db()
    assert (work.job.done, work.job.total, work.job.step) == (2, 3, "steps")


def test_replicates_are_as_many_as_were_asked_for_and_stand_on_record_once(
    answered: Wave, begun: Callable[..., Work]
) -> None:
    work = begun(REPLICATES, answered.pk, replicates=60)
    made = [REPLICATES.run(work) for _ in range(2)]
    assert (made[0].file_name, made[0].file_type) == ("w1-working-replicates.csv", "text/csv; charset=utf-8")
    assert made[0].file == made[1].file
    rows = list(csv.reader(StringIO(made[0].file.decode("utf-8-sig"))))
    assert (len(rows), rows[0][-1]) == (13, "replicate_60")
    assert StaffAction.objects.get(verb="export_replicates").detail == {"answered": 12, "replicates": 60}
    work.job.refresh_from_db()
    assert (work.job.done, work.job.total, work.job.step) == (1, 2, "steps")
