from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from survey.exchange.frame import found_list, reading
from survey.exchange.frame.reading import ReadingEndedError, read_list
from survey.exchange.frame.workbook import read_firm_list
from survey.services.frame.complaints import FrameFileRefused
from tests.frame_lists import write_list, write_xlsx


@pytest.fixture(autouse=True)
def always_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "APART_FROM", 0)


def test_list_read_by_another_process_is_the_same(tmp_path: Path) -> None:
    path = write_list(tmp_path / "list.xlsx")
    apart, here = read_list(path), read_firm_list(path)
    assert (apart.sheet, apart.headers, apart.digest) == (here.sheet, here.headers, here.digest)
    for _ in range(2):
        pd.testing.assert_frame_equal(apart.table, here.table)


def test_refusal_of_the_other_process_comes_with_its_values(tmp_path: Path) -> None:
    with pytest.raises(FrameFileRefused) as refused:
        read_list(write_xlsx(tmp_path / "list.xlsx", [["甲", 1]]))
    assert (refused.value.code, refused.value.complaint.parameters["headers"]) == ("headers_missing", "甲 | 1.0")


def test_process_that_is_ended_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "ROOT", tmp_path)
    with pytest.raises(ReadingEndedError, match="exit status 1"):
        read_list(write_list(tmp_path / "list.xlsx"))


def test_work_that_is_cancelled_ends_the_other_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SIGN_OF_LIFE", 0.0)

    def cancel() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_list(write_list(tmp_path / "list.xlsx"), cancel)


def test_parts_together_are_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    firm_list: Any = read_firm_list(write_list(tmp_path / "list.xlsx"))
    monkeypatch.setattr(found_list, "PART_ROWS", 2)
    assert [list(part.index) for part in firm_list.parts()] == [[2, 3], [4]]
