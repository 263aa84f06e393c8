"""A wave as a partitioned extract."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from survey.exchange.partitions.folder import read_folder
from survey.management.engines.plain import summed
from survey.models import SamplingFrame, StaffAction, Wave
from survey.selectors.results.wave_results import prepared_of
from tests.answered import answered_wave
from tests.exchange.partitions.figures import figures
from tests.methods.tabulating import tabulate


@pytest.fixture
def answered(wave: Wave, frame: Callable[..., SamplingFrame]) -> Wave:
    return answered_wave(wave, frame, firms=60, sample=30, answers=8)


def write(wave: Wave, path: Path, partitions: int = 3) -> None:
    call_command("write_partitions", wave.code, path, partitions=partitions, stdout=StringIO())


def test_partitions_of_a_wave_give_its_estimates(answered: Wave, tmp_path: Path) -> None:
    write(answered, tmp_path / "x")
    folder = read_folder(tmp_path / "x")
    rows = folder.wanted.rows(summed(folder, folder.wanted))
    expected = tabulate(prepared_of(answered).extract, folder.statistics)
    assert len(folder.files) == 3
    assert figures(rows) == pytest.approx(figures(expected), rel=1e-10, abs=1e-12, nan_ok=True)


def test_writing_is_recorded_as_an_export_of_microdata(answered: Wave, tmp_path: Path) -> None:
    before = StaffAction.objects.count()
    write(answered, tmp_path / "x")
    assert StaffAction.objects.count() == before + 1


def test_no_partition_is_refused(answered: Wave, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="at least one part"):
        write(answered, tmp_path / "x", partitions=0)


def test_unknown_wave_is_refused_with_those_there_are(answered: Wave, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=f"The waves are: {answered.code}"):
        call_command("write_partitions", "none", tmp_path / "x")
