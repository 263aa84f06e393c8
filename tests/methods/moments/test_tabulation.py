"""Tables from moments equal the estimates from units, whatever the rule, calibration or statistic."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from survey.methods.estimates import estimation, quantiles, statistics
from survey.methods.estimates.linearisation import linear_mean, linear_ratio, linear_total
from survey.methods.estimates.statistics import Asked, CodedStatistic, NumericStatistic, QuantileStatistic
from survey.methods.extract import Extract
from survey.methods.moments.passing import moments
from tests.methods import scale_statistics
from tests.methods.surveys import LABELS, SCALE, random_extract
from tests.methods.tabulating import tabulate

STATISTICS: list[Asked] = [
    *statistics.shares("q0", SCALE),
    scale_statistics.top2("q1", SCALE),
    scale_statistics.likert_mean("q1", SCALE),
    scale_statistics.eu_balance("q2", SCALE[::-1], neutral=["na"]),
    statistics.count("q2", ["4", "5"], SCALE),
    NumericStatistic(item="revenue", name="mean"),
    NumericStatistic(item="revenue", name="total", total=True),
    NumericStatistic(item="revenue", name="ratio", denominator="staff"),
    QuantileStatistic("revenue"),
    QuantileStatistic("staff", 0.25),
]
SURVEYS: dict[str, dict[str, Any]] = {
    "plain": {},
    "no population": {"with_population": False},
    "adjust": {"lonely": "adjust"},
    "adjust in domains": {"lonely": "adjust", "domain_lonely": True, "rows": 60},
    "average": {"lonely": "average"},
    "certainty": {"lonely": "certainty"},
    "remove": {"lonely": "remove"},
    "raking": {"calibrated": "raking"},
    "raking, adjust": {"calibrated": "raking", "lonely": "adjust"},
    "linear, numeric": {"calibrated": "linear", "numeric": True},
    "logit, numeric, average": {"calibrated": "logit", "numeric": True, "lonely": "average"},
}
LINEAR: dict[str, Callable[..., Any]] = {"mean": linear_mean, "total": linear_total}


def unit_row(extract: Extract, statistic: Any, mask: np.ndarray) -> estimation.Estimate:
    """The same row from unit data."""
    design = extract.design
    if isinstance(statistic, QuantileStatistic):
        return quantiles.quantile(design, extract.values[statistic.item], statistic.p, mask)
    if isinstance(statistic, CodedStatistic):
        points = np.append(statistic.by_label(LABELS), np.nan)[extract.items[statistic.item].codes]
        if statistic.proportion:
            return estimation.share(design, points, mask, interval="logit")
        make = linear_total if statistic.total else linear_mean
        return estimation.summarise(design, make(design, points, mask), statistic.name)
    values = extract.values[statistic.item]
    if statistic.denominator:
        linear = linear_ratio(design, values, extract.values[statistic.denominator], mask)
    else:
        linear = LINEAR[statistic.name](design, values, mask)
    return estimation.summarise(design, linear, statistic.name)


def mask_of(extract: Extract, row: estimation.Estimate) -> np.ndarray:
    if not row.domain:
        return np.ones(extract.rows, bool)
    column = extract.domains[row.domain]
    return np.asarray(column.codes == column.labels.index(row.domain_value))


@pytest.mark.parametrize("name", SURVEYS)
def test_tabulate_equals_unit_estimates(name: str) -> None:
    extract = random_extract(**SURVEYS[name])
    rows = tabulate(extract, STATISTICS)
    assert len(rows) == len(STATISTICS) * (1 + 4 + 3)
    for k, row in enumerate(rows):
        wanted = unit_row(extract, STATISTICS[k // 8], mask_of(extract, row))
        for field in ("estimate", "se", "cv", "ci_low", "ci_high", "n", "population", "df", "df_domain", "deff"):
            mine, theirs = getattr(row, field), getattr(wanted, field)
            assert mine == pytest.approx(theirs, rel=1e-9, abs=1e-12, nan_ok=True), (row, field, theirs)


def test_quantiles_of_all_items_take_one_pass_for_each_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """One for everybody and one for each of the two variables, and no figure differs from one that is asked alone."""
    extract = random_extract(calibrated="raking")
    asked = [QuantileStatistic("revenue"), QuantileStatistic("staff", 0.25), QuantileStatistic("revenue", 0.75)]
    alone = [row for one in asked for row in tabulate(extract, [one])]
    passes: list[int] = []

    def counting(part: Extract, *, everybody: bool) -> Any:
        passes.append(part.rows)
        return moments(part, everybody=everybody)

    monkeypatch.setattr("survey.methods.moments.quantiles.moments", counting)
    assert list(map(repr, tabulate(extract, asked))) == list(map(repr, alone))
    assert passes == [extract.rows] * 3
