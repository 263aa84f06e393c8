"""Estimates of a partitioned extract from the command line."""

import csv
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from survey.exchange.partitions.folder import extract_parts, write_folder
from survey.methods.estimates.statistics import shares
from tests.methods.scale_statistics import likert_mean
from tests.methods.surveys import LABELS, SCALE, random_extract
from tests.methods.tabulating import tabulate


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "x", extract_parts(random_extract(), 2)).path


def printed(folder: Path, **options: object) -> list[dict[str, str]]:
    out = StringIO()
    call_command("estimate", folder, stdout=out, **options)
    return list(csv.DictReader(StringIO(out.getvalue())))


def test_printed_estimates_have_every_digit(folder: Path) -> None:
    rows = printed(folder, items=["q0"], domains=[])
    expected = tabulate(random_extract(), shares("q0", LABELS), [])
    assert [float(row["se"]) for row in rows] == pytest.approx([one.se for one in expected], rel=1e-12)


def test_every_line_is_marked_as_a_working_figure(folder: Path) -> None:
    rows = printed(folder, items=["q0"], domains=[])
    assert {row["remark"] for row in rows} == {"Working figure, not to be passed on."}


def test_estimates_are_written_to_a_file(folder: Path, tmp_path: Path) -> None:
    call_command("estimate", folder, items=["q1"], output=tmp_path / "e.csv", stdout=StringIO())
    written = (tmp_path / "e.csv").read_text("utf-8")
    assert list(csv.DictReader(StringIO(written))) == printed(folder, items=["q1"])


def test_dask_engine_runs_from_the_command_line_in_processes_of_its_own(folder: Path) -> None:
    options = ["--engine", "dask", "--workers", "1", "--items", "q0", "--domains", "size"]
    command = [sys.executable, "-W", "error", "manage.py", "estimate", str(folder), *options]
    done = subprocess.run(command, capture_output=True, text=True, env={"DEBUG": "1"}, timeout=300)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1 + 6 * 4


def test_importing_the_command_does_not_import_dask() -> None:
    program = "import sys, survey.management.commands.estimate; sys.exit('dask' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], timeout=120).returncode == 0


@pytest.mark.parametrize("options", [{"items": ["q9"]}, {"domains": ["region"]}, {"workers": 0}])
def test_what_there_is_not_is_refused_with_a_sentence(folder: Path, options: dict[str, object]) -> None:
    with pytest.raises(CommandError, match=r"Name some of these|give --workers"):
        call_command("estimate", folder, **options)


def test_folder_without_extract_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="write_partitions"):
        call_command("estimate", tmp_path)


def test_figure_of_a_folder_with_statistics_of_its_own_is_that_statistic(tmp_path: Path) -> None:
    asked = likert_mean("q0", SCALE)
    folder = write_folder(tmp_path / "y", extract_parts(random_extract(), 3), [asked]).path
    assert [row["statistic"] for row in printed(folder, domains=[])] == ["mean"]
