"""Key figures in units of their targets."""

import numpy as np
import pytest

from survey.methods.active.figures import Targets, Z, figures_to_watch, headline_figures
from survey.methods.estimates.statistics import (
    Asked,
    IndexStatistic,
    NumericStatistic,
    QuantileStatistic,
    count,
    share_of,
)
from survey.methods.extract import Coded, Extract
from survey.methods.moments.index import Linear
from tests.methods.scale_statistics import eu_balance
from tests.methods.words import WORDS, tables

TARGETS = Targets(points=5.0, percent=10.0)
STEPS = ("a", "b", "c", "d", "e")
SHARE = share_of("q", ["a"], STEPS)
BALANCE = eu_balance("q", STEPS)
FIRMS = Extract(
    stratum=np.zeros(4, int),
    strata=("all",),
    weight=np.full(4, 2.0),
    items={"q": Coded(np.array([0, 0, 1, 1]), STEPS)},
    values={"money": np.array([1.0, 2, 3, 4]), "nothing": np.zeros(4)},
)


@pytest.mark.parametrize(
    ("asked", "half_width"),
    [
        (SHARE, 0.05),
        (BALANCE, 5.0),
        (IndexStatistic(item="i", parts=((BALANCE, 1.0),)), 5.0),
        (NumericStatistic(item="money", name="ratio", denominator="all", proportion=True), 0.05),
        (NumericStatistic(item="money", name="mean"), 4.0),
        (count("q", ["a"], STEPS), 4.0),
    ],
)
def test_target_is_five_points_of_the_scale_or_a_tenth_of_an_amount(asked: Linear, half_width: float) -> None:
    assert TARGETS.error(asked, -40.0) * Z == pytest.approx(half_width)


def test_scores_of_key_figures_are_divided_by_their_targets() -> None:
    """The mean of 1, 2, 3, 4 is 2.5, its score (y - 2.5) / 8 and its target .25 / Z; half of the firms answer "a"."""
    asked: dict[tuple[str, str], Asked] = {
        ("money", "Mean"): NumericStatistic(item="money", name="mean"),
        ("q", "Share"): SHARE,
    }
    found = figures_to_watch(FIRMS, asked, TARGETS)
    assert (found.codes, found.labels) == (("money", "q"), ("Mean", "Share"))
    mean, share = np.array([-1.5, -0.5, 0.5, 1.5]) / 8 * Z / 0.25, np.array([0.5, 0.5, -0.5, -0.5]) / 8 * Z / 0.05
    assert found.scores == pytest.approx(np.column_stack([mean, share]))


def test_median_and_total_of_nothing_are_no_key_figures() -> None:
    asked: dict[tuple[str, str], Asked] = {
        ("median", "Median"): QuantileStatistic("money"),
        ("nothing", "Total"): NumericStatistic(item="nothing", name="total", total=True),
    }
    found = figures_to_watch(FIRMS, asked, TARGETS)
    assert (found.codes, found.scores.shape) == ((), (4, 0))


def test_headline_is_what_the_key_figures_are_of_and_without_one_every_list() -> None:
    assert list(headline_figures(tuple(tables(WORDS)))) == [("core_theme", "Theme")]
    others = tuple(tables(WORDS, "ranking", "distribution"))
    assert list(headline_figures(others)) == [("B1", "First"), ("B2", "Second")]
