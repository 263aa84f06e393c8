"""Errors that are expected of a sample, and the sizes for errors that are wanted."""

import math

import numpy as np
import pandas as pd
import pytest

from survey.methods.errors import NotConverged, OutOfRange
from survey.methods.sampling.precision import (
    PlannedDomain,
    cv_target,
    expected_errors,
    frame_moments,
    half_width_target,
    has_total,
    share_half_width,
    sizes_for,
)
from survey.methods.sampling.sample_size import StratumMoments

FRAME = pd.DataFrame(
    {
        "stratum": ["a"] * 100 + ["b"] * 25,
        "employees": [10.0, 30.0] * 50 + [100.0] * 25,
        "revenue": [0.0] * 125,
    }
)
ALL = PlannedDomain(group="all", code="", members=frozenset({"a", "b"}))
ONLY_A = PlannedDomain(group="section", code="a", members=frozenset({"a"}))


@pytest.fixture
def moments() -> StratumMoments:
    return frame_moments(FRAME, FRAME["stratum"])


def test_share_of_a_half_has_the_error_of_simple_random_sampling(moments: StratumMoments) -> None:
    found = expected_errors(moments, np.array([20.0, 25.0]), [ONLY_A])[0]
    # sqrt((1 - 20/100) * 0.25 * 100/99 / 20) times 1.96.
    assert found.half_width == pytest.approx(1.959964 * math.sqrt(0.8 * 0.25 * 100 / 99 / 20), rel=1e-6)
    assert (found.population, found.drawn, found.answers) == (100, 20, 20)


def test_amounts_have_the_cv_of_their_mean_and_none_without_a_total(moments: StratumMoments) -> None:
    found = expected_errors(moments, np.array([20.0, 25.0]), [ONLY_A])[0]
    assert found.cvs["employees"] == pytest.approx(math.sqrt(0.8 * 100 * 100 / 99 / 20) / 20)
    assert math.isnan(found.cvs["revenue"])


def test_wanted_cv_of_an_amount_is_met_with_the_fewest_units(moments: StratumMoments) -> None:
    found = sizes_for(moments, [cv_target("employees", 0.05, ONLY_A)], minimum=2, take_all=[], response=0.6)
    reached = [expected_errors(moments, found.size - [less, 0.0], [ONLY_A], response=0.6)[0] for less in (0, 1)]
    assert reached[0].cvs["employees"] <= 0.05 < reached[1].cvs["employees"]


def test_amount_of_which_a_frame_has_nothing_has_no_total(moments: StratumMoments) -> None:
    assert [has_total(moments, cv_target(name, 0.05, ALL)) for name in ("employees", "revenue")] == [True, False]


def test_census_is_without_error_only_if_all_answer(moments: StratumMoments) -> None:
    census = np.array([100.0, 25.0])
    assert expected_errors(moments, census, [ALL])[0].half_width == 0
    answered = expected_errors(moments, census, [ONLY_A], response=0.5)[0]
    assert answered.half_width == pytest.approx(1.959964 * math.sqrt(0.5 * 0.25 * 100 / 99 / 50), rel=1e-6)
    assert answered.answers == 50


@pytest.mark.parametrize("response", [1.0, 0.6])
def test_wanted_error_is_met_with_the_fewest_units(moments: StratumMoments, response: float) -> None:
    found = sizes_for(moments, [half_width_target(0.12, ALL)], minimum=2, take_all=["b"], response=response)
    reached = expected_errors(moments, found.size.astype(float), [ALL], response=response)[0]
    fewer = expected_errors(moments, found.size - np.array([1.0, 0.0]), [ALL], response=response)[0]
    assert found.size[1] == 25
    assert reached.half_width <= 0.12 < fewer.half_width


def test_error_that_not_even_a_census_reaches_is_refused(moments: StratumMoments) -> None:
    with pytest.raises(NotConverged, match="section a"):
        sizes_for(moments, [half_width_target(0.01, ONLY_A)], minimum=2, take_all=[], response=0.5)
    with pytest.raises(OutOfRange, match="share of answering units"):
        sizes_for(moments, [half_width_target(0.2, ONLY_A)], minimum=2, take_all=[], response=0.0)


def test_stratum_of_which_nobody_answers_has_no_error_to_expect() -> None:
    assert share_half_width(100, 0) is None
    assert share_half_width(100, 20, 0.0) is None
    assert share_half_width(100, 20) == pytest.approx(1.959964 * math.sqrt(0.8 * 0.25 * 100 / 99 / 20), rel=1e-6)
