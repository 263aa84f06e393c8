"""Scale statistics by hand: a base named by its codes, points named by their source."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from survey.methods.errors import UnknownStatus
from survey.methods.estimates import statistics
from survey.methods.extract import Coded, Extract
from tests.methods import scale_statistics
from tests.methods.tabulating import tabulate

FIVE = ("++", "+", "=", "-", "--")
LABELS = (*FIVE, "dk", "na")


def survey(counts: Any) -> Extract:
    """One answer per firm, so many of each label; everybody has the weight 1."""
    codes = np.repeat(np.arange(len(LABELS)), counts).astype(np.int8)
    return Extract(
        stratum=np.zeros(len(codes), int),
        strata=("all",),
        weight=np.ones(len(codes)),
        items={"q": Coded(codes, LABELS)},
    )


SURVEY = survey([10, 20, 30, 15, 5, 20, 50])


def value(statistic: Any) -> float:
    return tabulate(SURVEY, [statistic])[0].estimate


def test_eu_balance_keeps_those_who_do_not_know_in_the_base() -> None:
    assert value(scale_statistics.eu_balance("q", FIVE)) == pytest.approx(100 * ((10 + 10) - (7.5 + 5)) / 80)
    assert value(scale_statistics.eu_balance("q", FIVE, ["dk"])) == pytest.approx(7.5)


def test_oecd_balance_and_diffusion_agree() -> None:
    scale = ("+", "=", "-")
    balance, diffusion = (
        value(scale_statistics.oecd_balance("q", scale)),
        value(scale_statistics.diffusion_index("q", scale)),
    )
    assert balance == pytest.approx(100 * 5 / 65)
    assert balance == pytest.approx(2 * (diffusion - 50))


def test_shares_have_the_base_that_is_named() -> None:
    found = {row.level: (row.estimate, row.n) for row in tabulate(SURVEY, statistics.shares("q", FIVE))}
    assert found["++"] == (10 / 80, 80)
    assert sum(share for share, _ in found.values()) == pytest.approx(1)
    assert value(statistics.share_of("q", ["na"], LABELS)) == pytest.approx(50 / 150)


def test_top2_and_likert_mean_go_from_low_to_high() -> None:
    assert value(scale_statistics.top2("q", FIVE[::-1])) == pytest.approx(30 / 80)
    assert value(scale_statistics.likert_mean("q", FIVE[::-1])) == pytest.approx((50 + 80 + 90 + 30 + 5) / 80)


def test_count_is_of_units() -> None:
    row = tabulate(SURVEY, [statistics.count("q", ["+", "++"], FIVE)])[0]
    assert (row.estimate, row.n) == (30, 80)


def test_share_of_nobody_is_exact_and_has_width() -> None:
    row = tabulate(survey([0, 1, 1, 1, 1, 1, 1]), [statistics.share_of("q", ["++"], FIVE)])[0]
    assert (row.estimate, row.ci_low) == (0, 0)
    assert row.ci_high == pytest.approx(1 - 0.05 ** (1 / 4))


@pytest.mark.parametrize("statistic", [statistics.share_of, statistics.count])
def test_chosen_code_outside_the_base_is_refused(statistic: Callable[..., Any]) -> None:
    with pytest.raises(UnknownStatus, match="'dk' of 'q' is not in the base"):
        statistic("q", ["dk"], FIVE)


def test_unknown_codes_and_short_scales_are_refused() -> None:
    with pytest.raises(UnknownStatus, match=r"'\?'"):
        value(statistics.share_of("q", ["?"], [*FIVE, "?"]))
    with pytest.raises(UnknownStatus, match="needs 5 codes"):
        scale_statistics.eu_balance("q", FIVE[:4])


def test_mean_of_a_scale_is_no_proportion_and_a_quantile_is_the_median_unless_it_says_another() -> None:
    mean = scale_statistics.likert_mean("q", ["low", "high"])
    points = {"low": 1.0, "high": 2.0}
    assert mean == statistics.CodedStatistic(item="q", name="mean", points=points, total=False, proportion=False)
    median = statistics.QuantileStatistic("q")
    assert (median, median.name) == (statistics.QuantileStatistic("q", p=0.5), "median")
