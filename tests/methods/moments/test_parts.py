"""What a part of a survey is asked for, and what a survey without a plan is."""

import numpy as np
import pytest

from survey.methods.errors import UnknownColumn
from survey.methods.estimates.statistics import CodedStatistic, NumericStatistic, share_of
from survey.methods.extract import Coded
from survey.methods.moments.parts import Wanted, usual_statistics

YES = share_of("q", ["1"], ["0", "1"])
RATIO = NumericStatistic(item="cost", name="ratio", denominator="staff")
MEAN = NumericStatistic(item="staff", name="mean")
WANTED = Wanted(statistics=(YES, RATIO, YES, MEAN), domains=("size",))


def test_part_is_asked_for_each_column_once() -> None:
    assert WANTED.items == ["q"]
    assert WANTED.pairs == [("cost", "staff"), ("staff", "")]
    assert WANTED.values == ["cost", "staff"]


def test_statistics_of_some_items_keep_the_domains() -> None:
    found = WANTED.of_items(["staff"])
    assert (found.statistics, found.domains) == ((MEAN,), ("size",))


def test_item_without_a_statistic_is_named() -> None:
    with pytest.raises(UnknownColumn, match="'colour'"):
        WANTED.of_items(["colour"])


def test_survey_without_a_plan_has_shares_of_answers_and_mean_and_total_of_numbers() -> None:
    asked = usual_statistics({"q": Coded(np.array([0, 2]), ("a", "b", "dont_know"))}, {"cost": np.array([1.0])})
    coded = [one for one in asked if isinstance(one, CodedStatistic)]
    assert [sorted(one.points.items()) for one in coded] == [[("a", 1), ("b", 0)], [("a", 0), ("b", 1)]]
    assert [(one.name, one.total) for one in asked if isinstance(one, NumericStatistic)] == [
        ("mean", False),
        ("total", True),
    ]
