"""A partitioned extract gives the estimates of the extract in memory, and a damaged one says so."""

import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from survey.exchange.partitions.folder import DESCRIPTION, extract_parts, read_folder, write_folder
from survey.management.engines.plain import summed
from survey.methods.errors import EmptyDomain, MissingValue, UnknownColumn, UnknownStatus, WrongShape
from survey.methods.estimates.statistics import CodedStatistic, NumericStatistic
from tests.exchange.partitions.figures import differing
from tests.methods.scale_statistics import likert_mean
from tests.methods.surveys import SCALE, random_extract
from tests.methods.tabulating import tabulate

SURVEYS: dict[str, dict[str, Any]] = {
    "plain": {},
    "without_population": {"with_population": False},
    "raking": {"calibrated": "raking"},
    "numeric": {"calibrated": "linear", "numeric": True},
}


@pytest.mark.parametrize("name", SURVEYS)
def test_estimates_of_the_parts_are_those_of_the_whole(name: str, tmp_path: Path) -> None:
    extract = random_extract(rows=4_000, **SURVEYS[name])
    write_folder(tmp_path / "x", extract_parts(extract, 4))
    folder = read_folder(tmp_path / "x")
    rows = folder.wanted.rows(summed(folder, folder.wanted))
    assert differing(rows, tabulate(extract, folder.statistics)) == []


def test_what_production_adds_to_errors_comes_back_with_the_parts(tmp_path: Path) -> None:
    """Firms that skipped a question, and the correction of calibrated residuals, both change the error."""
    extract = random_extract(rows=4_000, calibrated="linear", numeric=True)
    assert extract.calibration is not None
    skipped = {"q0": extract.items["q0"].codes < 0, "revenue": np.isnan(extract.values["revenue"])}
    corrected = extract.calibration.with_leverage(extract.stratum, len(extract.strata))
    made = replace(extract, calibration=corrected, skipped=skipped)
    write_folder(tmp_path / "x", extract_parts(made, 3))
    folder = read_folder(tmp_path / "x")
    rows = folder.wanted.rows(summed(folder, folder.wanted))
    assert differing(rows, tabulate(made, folder.statistics)) == []
    assert len(differing(rows, tabulate(extract, folder.statistics))) > 100


def test_statistics_of_the_folder_are_those_it_was_written_with(tmp_path: Path) -> None:
    asked: list[CodedStatistic | NumericStatistic] = [
        likert_mean("q0", SCALE),
        NumericStatistic(item="revenue", name="ratio", denominator="staff"),
    ]
    write_folder(tmp_path / "x", extract_parts(random_extract(), 2), asked)
    assert read_folder(tmp_path / "x").statistics == tuple(asked)


def test_part_reads_only_the_columns_that_are_wanted(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "x", extract_parts(random_extract(), 2))
    part = folder.tasks(folder.asked(["q1"], ["size"]))[1].extract()
    assert (list(part.items), list(part.values), list(part.domains), part.rows) == (["q1"], [], ["size"], 200)


def test_files_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "x", extract_parts(random_extract(), 2))
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.path.iterdir()} == {0o600}


def test_folder_with_something_in_it_is_kept(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("kept")
    with pytest.raises(UnknownStatus, match="is not empty"):
        write_folder(tmp_path, extract_parts(random_extract(), 2))


def test_parts_of_two_surveys_are_refused_and_leave_no_description(tmp_path: Path) -> None:
    with pytest.raises(WrongShape, match="Part 1 differs"):
        write_folder(tmp_path / "x", [random_extract(), random_extract(strata=7)])
    assert not (tmp_path / "x" / DESCRIPTION).exists()


def test_no_part_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmptyDomain):
        write_folder(tmp_path / "x", [])


def test_folder_without_description_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingValue, match="There is no extract"):
        read_folder(tmp_path)


@pytest.mark.parametrize("text", ["{", "[]", '{"format": "other"}', '{"format": "partitioned-extract/2"}'])
def test_damaged_description_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / DESCRIPTION).write_text(text)
    with pytest.raises(UnknownStatus, match="again"):
        read_folder(tmp_path)


def test_missing_file_of_a_part_is_named(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "x", extract_parts(random_extract(), 2))
    (folder.path / "part-00001.parquet").unlink()
    with pytest.raises(MissingValue, match=r"part-00001\.parquet is missing"):
        summed(folder, folder.wanted)


def test_damaged_file_of_a_part_is_named(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "x", extract_parts(random_extract(), 2))
    (folder.path / "part-00001.parquet").write_bytes(b"PAR1 nothing PAR1")
    with pytest.raises(WrongShape, match=r"part-00001\.parquet cannot be read"):
        summed(folder, folder.wanted)


def test_exchanged_file_of_a_part_is_refused(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "x", extract_parts(random_extract(), 2))
    other = write_folder(tmp_path / "y", extract_parts(random_extract(rows=300), 2))
    (other.path / "part-00001.parquet").replace(folder.path / "part-00001.parquet")
    with pytest.raises(WrongShape, match="is not the part"):
        summed(folder, folder.wanted)


def test_unknown_item_and_variable_are_refused(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "x", extract_parts(random_extract(), 2))
    with pytest.raises(UnknownColumn, match="q0, q1, q2, revenue, staff"):
        folder.asked(["q9"])
    with pytest.raises(UnknownColumn, match="industry, size"):
        folder.asked(domains=["region"])
