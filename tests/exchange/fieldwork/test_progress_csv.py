"""Progress as a file: a line for each group, and nothing that a spreadsheet would compute."""

import csv
from dataclasses import replace
from io import StringIO

from survey.exchange.fieldwork.progress_csv import HEADS, PARTS, progress_csv
from survey.methods.active.progress import GroupProgress
from survey.methods.nonresponse.representativity import CategoryPartial, Representativity, VariablePartial

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
    assert line[4:13] == ["10", "9", "8", "7", "1", "1", "0", "7.5", "0.7"]


def test_name_that_looks_like_a_formula_is_text() -> None:
    assert lines(GROUP)[1][3] == "'=1+1"


def test_group_without_a_rate_has_an_empty_cell() -> None:
    assert lines(replace(GROUP, rr1=None))[1][12] == ""


LIKENESS = Representativity(
    r=0.9, r_adjusted=0.875, se=0.0, response=0.5, cv=0.1, cv_se=0.01, bias=0.025,
    variables=(
        VariablePartial(
            variable="size", unconditional=0.25, conditional=0.125, se=0.5,
            categories=(
                CategoryPartial(
                    category="s+m", firms=20.0, propensity=0.5, unconditional=-0.25, unconditional_se=0.5,
                    conditional=0.125, conditional_se=0.75,
                ),
            ),
        ),
    ),
)  # fmt: skip


def test_whole_sample_has_its_r_and_each_variable_and_category_its_part() -> None:
    names = {"size": "Size class", "s": "small", "m": "medium"}
    content = progress_csv("w1", "2026-11-29T09:00+08:00", [("all", [GROUP]), ("district", [GROUP])], LIKENESS, names)
    whole, district, variable, category = csv.DictReader(StringIO(content.decode("utf-8-sig")))
    assert [whole[name] for name in ("r", "r_low", "r_high")] == ["0.875", "0.875", "0.875"]
    assert district["r"] == ""
    parts = [[line[name] for name in ("grouping", "group", *PARTS)] for line in (variable, category)]
    assert parts == [
        ["likeness", "Size class", "0.25", "0.5", "0.125", "0.5"],
        ["likeness:size", "small + medium", "-0.25", "0.5", "0.125", "0.75"],
    ]
