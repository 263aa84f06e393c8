"""Change between two waves: the covariance through the firms that responded in both."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from survey.methods.change.wave import Overlap, ScoredFigures, change_errors, overlap_covariances
from survey.methods.estimates.linearisation import linear_mean
from tests.methods.joint_covariance import standard_error
from tests.methods.made_design import make_design


def scored(design: Any, *scores: Any) -> ScoredFigures:
    return ScoredFigures(
        design=design,
        figures=len(scores),
        of=lambda figure: np.asarray(scores[figure], float),
        inside=np.ones(len(design.stratum), bool),
    )


def covariance(later: Any, z: Any, earlier: Any, x: Any, overlap: Overlap) -> Any:
    (found,) = overlap_covariances(scored(later, z), scored(earlier, x), overlap)
    return found


def error(later: Any, linear: Any, earlier: Any, other: Any, overlap: Overlap) -> Any:
    apart = standard_error(later, linear) ** 2 + standard_error(earlier, other) ** 2
    (found,) = change_errors(
        np.array([apart]), np.array([covariance(later, linear.score, earlier, other.score, overlap)])
    )
    return found


def same_rows(count: Any) -> Overlap:
    return Overlap(np.arange(count), np.arange(count))


def nobody() -> Overlap:
    return Overlap(np.zeros(0, np.intp), np.zeros(0, np.intp))


@pytest.fixture
def panel() -> Any:
    """Six firms of two strata that answered in both waves."""
    design = make_design([2.0, 2, 2, 5, 5, 5], ["a", "a", "a", "b", "b", "b"], {"a": 6.0, "b": 15.0})
    return design, np.array([1.0, 0, 1, 1, 1, 0]), np.array([1.0, 0, 0, 1, 0, 0])


def test_no_firm_in_common_adds_the_variances(panel: Any) -> None:
    design, later, earlier = panel
    linears = linear_mean(design, later), linear_mean(design, earlier)
    apart = np.hypot(standard_error(design, linears[0]), standard_error(design, linears[1]))
    assert error(design, linears[0], design, linears[1], nobody()) == pytest.approx(apart, rel=1e-12)


def test_covariance_of_many_figures_is_that_of_each(panel: Any) -> None:
    design, later, earlier = panel
    few = Overlap(np.array([0, 2, 3, 5]), np.array([0, 2, 3, 5]))
    z, x = linear_mean(design, later).score, linear_mean(design, earlier).score
    found = overlap_covariances(scored(design, z, x), scored(design, x, z), few)
    assert found.tolist() == pytest.approx(
        [covariance(design, z, design, x, few), covariance(design, x, design, z, few)]
    )


def test_covariance_by_hand() -> None:
    later = make_design([3.0, 3, 3], ["a"] * 3, {"a": 9.0})
    earlier = make_design([2.0, 2, 2, 2], ["a"] * 4, {"a": 8.0})
    overlap = Overlap(np.array([0, 1]), np.array([2, 3]))
    # u = 3, 6, 0 and v = 0, 0, 2, 8 have the means 3 and 2.5: 0 * (2 - 2.5) + 3 * 5.5 = 16.5, too small by
    # 1 - 1/3 - 1/4 + 2/12 = 7/12; of the 2 in common 3 * 4 / 9 are by chance.
    found = covariance(later, np.array([1.0, 2, 0]), earlier, np.array([0.0, 0, 1, 4]), overlap)
    assert found == pytest.approx(16.5 * 12 / 7 * (1 - 4 / 3 / 2))


def test_strata_that_one_wave_merged_share_the_covariance_of_their_pairs(panel: Any) -> None:
    """Strata of 3 firms of 6 and 15 against one of 6 of 21: pairs with a part of 1/2 of it, 3 * 6 min(N, 10.5)/(N 21)."""
    design, later, earlier = panel
    merged = make_design([2.0, 2, 2, 5, 5, 5], ["c"] * 6, {"c": 21.0})
    z, x = linear_mean(design, later).score, linear_mean(merged, earlier).score
    u, v = design.weight * z, merged.weight * x
    products = (u - np.repeat([u[:3].mean(), u[3:].mean()], 3)) * (v - v.mean())
    few = 1 - 1 / 3 - 1 / 6 + 3 / 18
    parts = [1 - 3 * 6 * 6 / (6 * 21) / 3, 1 - 3 * 6 * 10.5 / (15 * 21) / 3]
    expected = (parts[0] * products[:3].sum() + parts[1] * products[3:].sum()) / few
    assert covariance(design, z, merged, x, same_rows(6)) == pytest.approx(expected)


def test_stratum_taken_whole_adds_nothing(panel: Any) -> None:
    _design, later, earlier = panel
    census = make_design(np.ones(6), ["a"] * 6, {"a": 6.0})
    z, x = linear_mean(census, later).score, linear_mean(census, earlier).score
    assert covariance(census, z, census, x, same_rows(6)) == 0


def test_error_matches_the_spread_of_many_pairs_of_samples() -> None:
    """2,000 pairs of samples from 400 firms, 40 of 60 firms kept from wave to wave; the answers of a firm are alike."""
    rng = np.random.default_rng(20261126)
    first = rng.normal(10, 2, 400)
    second = 0.8 * first + rng.normal(3, 1, 400)
    changes, errors = zip(*(drawn_change(rng, first, second) for _ in range(2_000)), strict=True)
    assert np.mean(np.square(errors)) == pytest.approx(np.var(changes), rel=0.08)


def drawn_change(rng: Any, first: Any, second: Any) -> Any:
    order = rng.permutation(400)
    rows = order[:60], order[20:80]
    designs = [make_design(np.full(60, 400 / 60), ["a"] * 60, {"a": 400.0}) for _ in rows]
    overlap = Overlap(np.arange(40), np.arange(20, 60))
    linears = linear_mean(designs[0], second[rows[1]]), linear_mean(designs[1], first[rows[0]])
    change = linears[0].estimate - linears[1].estimate
    return change, error(designs[0], linears[0], designs[1], linears[1], overlap)


def test_stratum_of_one_answer_in_the_earlier_wave_has_no_covariance() -> None:
    later = make_design([2.0, 2, 2], population=[6.0] * 3)
    earlier = make_design([6.0, 2, 2], ["a", "b", "b"], {"a": 6.0, "b": 4.0}, lonely="adjust")
    one = Overlap(np.array([0]), np.array([0]))
    assert covariance(later, np.array([1.0, 0, 2]), earlier, np.array([1.0, 0, 5]), one) == 0


def test_all_firms_in_common_give_the_difference_within_firms(panel: Any) -> None:
    design, later, earlier = panel
    linears = linear_mean(design, later), linear_mean(design, earlier)
    within = standard_error(design, linears[0] - linears[1])
    assert error(design, linears[0], design, linears[1], same_rows(6)) == pytest.approx(within, rel=1e-12)


def test_scores_of_a_figure_are_asked_for_once(panel: Any) -> None:
    """They take a pass over all firms, and of many figures too much room to be held."""
    design, later, earlier = panel
    asked: list[int] = []
    whole = scored(design, linear_mean(design, later).score, linear_mean(design, earlier).score)

    def counting(figure: int) -> Any:
        asked.append(figure)
        return whole.of(figure)

    overlap_covariances(replace(whole, of=counting), whole, same_rows(6))
    assert asked == [0, 1]
