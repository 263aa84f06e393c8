"""Joint estimates equal the covariance matrix of linearised unit estimates."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from survey.methods.comparison.joint import domain_mask, joint_estimates
from survey.methods.comparison.ranking import rank_items
from survey.methods.errors import UnknownStatus
from survey.methods.estimates import statistics
from survey.methods.estimates.linearisation import linear_mean
from survey.methods.estimates.skipping import coded_answering, skipping_covariance
from survey.methods.moments.index import points_of_rows
from tests.methods import scale_statistics
from tests.methods.joint_covariance import joint_covariance
from tests.methods.surveys import LABELS, SCALE, random_extract


@pytest.mark.parametrize(
    "survey", [{}, {"lonely": "adjust"}, {"calibrated": "raking"}, {"calibrated": "linear", "numeric": True}]
)
@pytest.mark.parametrize("domain", [None, ("industry", "b")])
def test_joint_estimates_equal_unit_covariances(survey: dict[str, Any], domain: tuple[str, str] | None) -> None:
    extract = random_extract(**survey)
    wanted = [scale_statistics.top2(item, SCALE) for item in extract.items]
    found = joint_estimates(extract, wanted, domain)
    points = [np.append(one.by_label(LABELS), np.nan)[extract.items[one.item].codes] for one in wanted]
    linears = [linear_mean(extract.design, y, domain_mask(extract, domain)) for y in points]
    np.testing.assert_allclose(found.estimates, [one.estimate for one in linears], rtol=1e-12)
    np.testing.assert_allclose(found.covariance, joint_covariance(extract.design, linears), rtol=1e-9, atol=1e-15)
    assert found.names[0] == ("q0", "4+5")
    assert found.df == 394


@pytest.mark.parametrize("survey", [{}, {"calibrated": "raking"}, {"calibrated": "linear", "numeric": True}])
@pytest.mark.parametrize("domains", [("a", "b", "a"), ("a", "", "b")])
def test_statistics_of_several_domains_have_the_covariance_of_their_units(
    survey: dict[str, Any], domains: tuple[str, ...]
) -> None:
    extract = random_extract(**survey)
    extract = replace(extract, skipped={item: extract.items[item].codes == -1 for item in ("q0", "q1")})
    wanted = [scale_statistics.top2(item, SCALE) for item in extract.items]
    pairs = [("industry", value) if value else ("size", "s") for value in domains]
    masks = [domain_mask(extract, pair) for pair in pairs]
    linears = [
        linear_mean(extract.design, points_of_rows(extract, one), mask) for one, mask in zip(wanted, masks, strict=True)
    ]
    figures = [
        coded_answering(extract, one, linear.score, mask)
        for one, linear, mask in zip(wanted, linears, masks, strict=True)
    ]
    expected = joint_covariance(extract.design, linears) + skipping_covariance(extract.weight, extract.stratum, figures)
    found = joint_estimates(extract, wanted, domains=pairs)
    np.testing.assert_allclose(found.covariance, expected, rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize("seed", range(5))
def test_items_that_each_stratum_answers_alike_are_ranked(seed: int) -> None:
    """Their variances are 0, and what rounding leaves of the covariance was refused as not symmetric."""
    extract, rng = random_extract(), np.random.default_rng(seed)
    codes = {item: rng.integers(0, 5, len(extract.strata))[extract.stratum] for item in extract.items}
    items = {item: replace(extract.items[item], codes=of.astype(np.int16)) for item, of in codes.items()}
    wanted = [scale_statistics.top2(item, SCALE) for item in items]
    found = joint_estimates(replace(extract, items=items), wanted)
    np.testing.assert_array_equal(found.covariance, found.covariance.T)
    assert len(rank_items([one.item for one in wanted], found.estimates, found.covariance)) == len(wanted)


def test_unanswered_item_has_no_joint_estimate() -> None:
    extract = random_extract()
    found = joint_estimates(
        extract, [statistics.share_of("q0", ["na"], ["na"]), statistics.share_of("q1", ["1"], SCALE)]
    )
    assert found.estimates[0] == 1.0
    nobody = joint_estimates(extract.part(extract.items["q0"].codes == -1), [scale_statistics.top2("q0", SCALE)])
    assert np.isnan(nobody.estimates[0])
    assert np.isnan(nobody.covariance[0, 0])


def test_unknown_domain_value_is_named() -> None:
    with pytest.raises(UnknownStatus, match="no value 'z'"):
        joint_estimates(random_extract(), [], ("industry", "z"))
