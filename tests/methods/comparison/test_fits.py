"""What calibration explains of scores, whatever the order in which they are asked for."""

from typing import Any

import numpy as np
import pytest

from survey.methods.comparison.joint import domain_mask, joint_estimates
from survey.methods.estimates import statistics
from survey.methods.estimates.linearisation import linear_mean
from survey.methods.moments.index import points_of_rows
from tests.methods import scale_statistics
from tests.methods.joint_covariance import joint_covariance
from tests.methods.surveys import SCALE, random_extract


@pytest.mark.parametrize("survey", [{"calibrated": "raking"}, {"calibrated": "linear", "numeric": True}])
def test_scores_of_two_items_in_turn_have_the_covariance_of_their_units(survey: dict[str, Any]) -> None:
    extract = random_extract(**survey)
    wanted = [
        scale_statistics.top2("q1", SCALE),
        statistics.share_of("q0", ["1"], SCALE),
        statistics.share_of("q1", ["2"], SCALE),
        scale_statistics.top2("q0", SCALE),
    ]
    whole = domain_mask(extract, None)
    linears = [linear_mean(extract.design, points_of_rows(extract, one), whole) for one in wanted]
    found = joint_estimates(extract, wanted)
    np.testing.assert_allclose(found.estimates, [one.estimate for one in linears], rtol=1e-12)
    np.testing.assert_allclose(found.covariance, joint_covariance(extract.design, linears), rtol=1e-9, atol=1e-15)
