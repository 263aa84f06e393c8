"""The grey line and the title say whose figures these are, also under a filter."""

import pytest
from django.utils.translation import override

from survey.exchange.figures.captions import base_line, under_filter
from survey.methods.tables.table import Statistic, TableKind
from tests.exchange.figures.test_findings import FIRST, change, protected


@pytest.mark.parametrize(
    ("firms", "words"),
    [("", "Of the whole economy: the sum over all firms."), ("Small", "The sum over these firms alone.")],
)
def test_total_under_a_filter_is_not_called_that_of_the_economy(firms: str, words: str) -> None:
    with override("en"):
        line = base_line(protected(TableKind.INDICATORS, FIRST, statistic=Statistic.TOTAL), firms)
        assert (line.endswith(words), "whole economy" in line) == (True, not firms)


def test_change_is_counted_as_the_figures_that_it_lies_between() -> None:
    with override("en"):
        made = protected(
            TableKind.CHANGE,
            change(9, 2),
            statistic=Statistic.SHARE_CHANGE,
            measured=Statistic.EMPLOYEE_SHARE,
        )
        assert base_line(made).endswith("Of the whole economy: a firm counts by its employees.")


def test_title_names_the_firms_under_the_filter() -> None:
    with override("en"):
        assert under_filter("“A” rose", "Small · Mining") == "Small · Mining: “A” rose"
        assert under_filter("“A” rose", "") == "“A” rose"
