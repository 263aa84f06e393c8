"""Progress as a file: a line for each group, and nothing that a spreadsheet would compute."""

import csv
from dataclasses import replace
from io import StringIO

from survey.exchange.fieldwork.progress_csv import HEADS, progress_csv
from survey.methods.active.progress import GroupProgress

GROUP = GroupProgress(
    name="=1+1", sampled=10, written_to=9, started=8, submitted=7, returned=1, refused=1, out_of_scope=0, planned=7.5,
    rr1=0.7,
)  # fmt: skip


def lines(*rows: GroupProgress) -> list[list[str]]:
    content = progress_csv("w1", "2026-11-29T09:00+08:00", [("district", list(rows))])
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


def test_line_has_the_counts_in_the_order_of_the_heads() -> None:
    heads, line = lines(GROUP)
    assert heads == list(HEADS)
    assert line[4:] == ["10", "9", "8", "7", "1", "1", "0", "7.5", "0.7"]


def test_name_that_looks_like_a_formula_is_text() -> None:
    assert lines(GROUP)[1][3] == "'=1+1"


def test_group_without_a_rate_has_an_empty_cell() -> None:
    assert lines(replace(GROUP, rr1=None))[1][-1] == ""
