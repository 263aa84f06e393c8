"""What is told of intervals is what the page of the study says, in which the answer itself drives no response."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from survey.methods.tables.coverage_by_kind import COVERAGE_BY_KIND, ROUNDS
from survey.methods.tables.covered import Covered, ResponseScenario
from survey.methods.tables.table import Statistic

PAGE = (Path(__file__).resolve().parents[3] / "docs/coverage.md").read_text("utf-8")
HEADINGS = {
    "Full response": ResponseScenario.FULL, "Response by size": ResponseScenario.BY_SIZE,
    "Take-all nonresponse": ResponseScenario.TAKE_ALL, "Dead firms marked": ResponseScenario.MARKED,
    "Dead firms silent": ResponseScenario.SILENT,
}  # fmt: skip
KINDS = {
    Statistic.SHARE: "share", Statistic.MEAN: "mean", Statistic.TOTAL: "total", Statistic.RATIO: "ratio",
    Statistic.QUANTILE: "median", Statistic.COUNT: "firms in scope", Statistic.SHARE_CHANGE: "change of share",
    Statistic.MEAN_CHANGE: "change of mean", Statistic.VALUE_CHANGE: "change of (?:total|ratio)",
}  # fmt: skip


def told(kind: str) -> list[tuple[float, float, ResponseScenario]]:
    """Coverage and error (%) of figures of all firms in each scenario, the lowest first."""
    starts = [(match[1], match.end()) for match in re.finditer(r"^### (.+)$", PAGE, re.MULTILINE)]
    line = re.compile(rf"^\| {kind} \| all firms \| ([\d.]+) ± ([\d.]+) \|", re.MULTILINE)
    return sorted(
        (float(match[1]), float(match[2]), HEADINGS[name])
        for (name, start), (_next, end) in pairwise([*starts, ("", len(PAGE))])
        if name in HEADINGS
        for match in line.finditer(PAGE, start, end)
    )


@pytest.mark.parametrize("one", COVERAGE_BY_KIND, ids=lambda one: one.statistic.value)
def test_lowest_and_mean_coverage_are_those_of_the_page(one: Covered) -> None:
    found = told(KINDS[one.statistic])
    lowest, error, scenario = found[0]
    assert 100 * one.lowest == pytest.approx(lowest, abs=0.11)
    assert 100 * one.error == pytest.approx(error, abs=0.06)
    assert one.scenario == scenario
    assert 100 * one.all_firms == pytest.approx(sum(coverage for coverage, *_rest in found) / len(found), abs=0.11)
    assert one.domains is None or 0.9 < one.domains < 1


def test_every_kind_of_figure_has_its_line() -> None:
    assert [one.statistic for one in COVERAGE_BY_KIND] == list(KINDS)
    assert f"{ROUNDS} rounds per scenario" in PAGE
