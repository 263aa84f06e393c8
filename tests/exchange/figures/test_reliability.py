"""The method section says what marks mean and how often intervals of each kind of figure held the truth."""

import pytest
from django.utils.translation import override

from survey.exchange.figures.reliability import coverage_table, reliability_tables
from survey.methods.tables.coverage_by_kind import COVERAGE_BY_KIND, ROUNDS
from survey.methods.tables.covered import Covered, ResponseScenario
from survey.methods.tables.table import Statistic

MEAN = Covered(
    statistic=Statistic.MEAN,
    all_firms=0.939,
    lowest=0.89,
    error=0.016,
    domains=None,
    scenario=ResponseScenario.SILENT,
)


def test_line_of_a_kind_has_the_lowest_coverage_with_its_scenario_and_error() -> None:
    with override("en"):
        table = coverage_table([MEAN], 400)
        where = "closed firms in the frame that say nothing"
        assert table.rows == (("Mean", "93.9%", "89.0% ± 1.6%", where, "too few, or not studied"),)
        assert "400 of each scenario" in table.sentences[0]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_kind_of_the_study_stands_beside_the_marks(language: str) -> None:
    with override(language):
        marks, coverage = reliability_tables()
        assert len(coverage.rows) == len(COVERAGE_BY_KIND)
        assert f"{ROUNDS:,}" in coverage.sentences[0]
        assert [row[0] for row in marks.rows][1:] == ["*", "**"]


def test_marks_say_the_limits_of_the_rules() -> None:
    with override("en"):
        rows = {row[1]: row[2:] for row in reliability_tables()[0].rows}
        assert rows["Reliable"] == (
            "Coefficient of variation up to 20%",
            "Interval below 30 points and 130% of the share, or at most 5 points",
        )
        assert (
            rows["Too unreliable to publish"][1]
            == "A wider interval, or fewer than 30 answers, counted by their weights"
        )
