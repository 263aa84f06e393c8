"""Joint estimates equal the covariance matrix of linearised unit estimates."""

from typing import Any

import numpy as np
import pytest

from survey.methods.comparison.contrasts import joint_covariance
from survey.methods.comparison.joint import domain_mask, joint_estimates
from survey.methods.errors import UnknownStatus
from survey.methods.estimates import statistics
from survey.methods.estimates.linearisation import linear_mean
from tests.methods.surveys import LABELS, SCALE, random_extract


@pytest.mark.parametrize(
    "survey", [{}, {"lonely": "adjust"}, {"calibrated": "raking"}, {"calibrated": "linear", "numeric": True}]
)
@pytest.mark.parametrize("domain", [None, ("industry", "b")])
def test_joint_estimates_equal_unit_covariances(survey: dict[str, Any], domain: tuple[str, str] | None) -> None:
    extract = random_extract(**survey)
    wanted = [statistics.top2(item, SCALE) for item in extract.items]
    found = joint_estimates(extract, wanted, domain)
    points = [np.append(one.by_label(LABELS), np.nan)[extract.items[one.item].codes] for one in wanted]
    linears = [linear_mean(extract.design, y, domain_mask(extract, domain)) for y in points]
    np.testing.assert_allclose(found.estimates, [one.estimate for one in linears], rtol=1e-12)
    np.testing.assert_allclose(found.covariance, joint_covariance(extract.design, linears), rtol=1e-9, atol=1e-15)
    assert found.names[0] == ("q0", "4+5")
    assert found.df == 394


def test_unanswered_item_has_no_joint_estimate() -> None:
    extract = random_extract()
    found = joint_estimates(
        extract, [statistics.share_of("q0", ["na"], ["na"]), statistics.share_of("q1", ["1"], SCALE)]
    )
    assert found.estimates[0] == 1.0
    nobody = joint_estimates(extract.part(extract.items["q0"].codes == -1), [statistics.top2("q0", SCALE)])
    assert np.isnan(nobody.estimates[0])
    assert np.isnan(nobody.covariance[0, 0])


def test_unknown_domain_value_is_named() -> None:
    with pytest.raises(UnknownStatus, match="no value 'z'"):
        joint_estimates(random_extract(), [], ("industry", "z"))
