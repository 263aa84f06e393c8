"""Tables where somebody is missing: empty domains, items, strata, and interval rules."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from survey.methods.errors import EmptyStratum, LonelyStratum, PopulationTooSmall, UnknownColumn, UnknownStatus
from survey.methods.estimates import statistics
from survey.methods.estimates.intervals import IntervalRule
from survey.methods.estimates.statistics import Asked, CodedStatistic, NumericStatistic, QuantileStatistic
from survey.methods.extract import Coded
from survey.methods.moments.passing import moments
from survey.methods.moments.tabulation import tables_from_moments
from tests.methods import scale_statistics
from tests.methods.surveys import SCALE, random_extract
from tests.methods.tabulating import tabulate

EVERYTHING: list[Asked] = [
    scale_statistics.top2("q0", SCALE),
    scale_statistics.likert_mean("q0", SCALE),
    statistics.count("q0", ["5"], SCALE),
    NumericStatistic(item="revenue", name="mean"),
    NumericStatistic(item="revenue", name="total", total=True),
    NumericStatistic(item="revenue", name="ratio", denominator="staff"),
    QuantileStatistic("revenue"),
]


def without_answers(extract: Any) -> Any:
    return replace(
        extract,
        items={"q0": Coded(np.full(extract.rows, -1, np.int8), extract.items["q0"].labels)},
        values={"revenue": np.full(extract.rows, np.nan), "staff": extract.values["staff"]},
    )


@pytest.mark.parametrize("survey", [{}, {"calibrated": "raking"}, {"lonely": "average"}])
def test_items_nobody_answered_have_no_estimate(survey: dict[str, Any]) -> None:
    rows = tabulate(without_answers(random_extract(**survey)), EVERYTHING)
    assert {row.n for row in rows} == {0}
    assert np.isnan([[row.estimate, row.se, row.ci_low, row.ci_high, row.cv, row.deff] for row in rows]).all()


def test_domain_value_of_nobody_has_no_estimate() -> None:
    extract = random_extract()
    column = extract.domains["size"]
    wider = replace(extract, domains={"size": Coded(column.codes, (*column.labels, "xl"))})
    rows = [row for row in tabulate(wider, EVERYTHING) if row.domain_value == "xl"]
    assert len(rows) == len(EVERYTHING)
    assert np.isnan([row.estimate for row in rows]).all()
    assert {row.df_domain for row in rows} == {0}


def test_stratum_without_respondents_does_not_count() -> None:
    extract = random_extract(with_population=False)
    wider = replace(extract, strata=(*extract.strata, "empty"))
    one, two = (tabulate(e, EVERYTHING[:2])[0] for e in (extract, wider))
    assert (one.estimate, one.df) == (two.estimate, two.df)
    assert one.se == pytest.approx(two.se)


@pytest.mark.parametrize("statistic", [EVERYTHING[0], EVERYTHING[3], EVERYTHING[-1]])
def test_stratum_of_the_population_without_respondents_is_named(
    statistic: CodedStatistic | NumericStatistic | QuantileStatistic,
) -> None:
    extract = random_extract()
    wider = replace(extract, strata=(*extract.strata, "h9"), population=np.append(extract.population, 7.0))  # type: ignore[arg-type]
    with pytest.raises(EmptyStratum, match="'h9' has 7 units"):
        tabulate(wider, [statistic])


def test_survey_without_respondents_has_no_estimate() -> None:
    rows = tabulate(random_extract().part(slice(0)), EVERYTHING)
    assert np.isnan([row.estimate for row in rows]).all()
    assert rows[0].df == 0


def test_one_row_per_statistic_without_domains() -> None:
    rows = tabulate(random_extract(), EVERYTHING, domains=[])
    assert [row.statistic for row in rows] == ["top2", "mean", "count", "mean", "total", "ratio", "median"]
    assert [row.item for row in rows][5] == "revenue/staff"


@pytest.mark.parametrize("method", ["beta", "wilson", "mean"])
def test_interval_rule_is_followed(method: str) -> None:
    row = tabulate(random_extract(), EVERYTHING[:1], [], IntervalRule(method=method, confidence=0.9))[0]
    assert row.ci_method == method
    wide = tabulate(random_extract(), EVERYTHING[:1], [], IntervalRule(method=method, confidence=0.99))[0]
    assert wide.ci_low < row.ci_low < row.estimate < row.ci_high < wide.ci_high


def test_mean_of_one_answer_is_exact() -> None:
    extract = random_extract(with_population=False)
    revenue = np.where(np.arange(extract.rows) == 8, 0.0, extract.values["revenue"])
    only = Coded(np.where(np.arange(extract.rows) == 8, 0, -1).astype(np.int8), ("one",))
    asked = [
        NumericStatistic(item="revenue", name="mean"),
        NumericStatistic(item="revenue", name="ratio", denominator="staff"),
    ]
    survey = replace(extract, values={**extract.values, "revenue": revenue}, domains={"only": only})
    pairs = [("revenue", ""), ("revenue", "staff")]
    halves = moments(survey.part(slice(200)), [], pairs) + moments(survey.part(slice(200, None)), [], pairs)
    for rows in (tabulate(survey, asked)[1::2], [table[1] for table in tables_from_moments(halves, asked)]):
        assert [(row.n, row.estimate, row.se) for row in rows] == [(1, 0, 0), (1, 0, 0)]


def test_nothing_asked_gives_no_row() -> None:
    assert tabulate(random_extract(), []) == []
    assert tables_from_moments(None, []) == []  # type: ignore[arg-type]


def test_errors_name_the_stratum_item_or_code() -> None:
    extract = random_extract()
    lonely = extract.part(~((extract.stratum == 2) & (np.cumsum(extract.stratum == 2) > 1)))
    with pytest.raises(LonelyStratum, match="h2"):
        tabulate(lonely, EVERYTHING[:1])
    with pytest.raises(PopulationTooSmall, match="h0"):
        tabulate(replace(extract, population=np.ones(6)), EVERYTHING[:1])
    with pytest.raises(UnknownColumn, match="q9"):
        tabulate(extract, [scale_statistics.top2("q9", SCALE)])
    with pytest.raises(UnknownColumn, match="profit"):
        tabulate(extract, [QuantileStatistic("profit")])
    with pytest.raises(UnknownStatus, match="'6'"):
        tabulate(extract, [statistics.share_of("q0", ["6"], [*SCALE, "6"])])
    infinite = replace(extract, values={"revenue": np.where(np.arange(extract.rows) == 5, np.inf, 1.0)})
    with pytest.raises(UnknownStatus, match="Row 5 of 'revenue'"):
        tabulate(infinite, [QuantileStatistic("revenue")])
