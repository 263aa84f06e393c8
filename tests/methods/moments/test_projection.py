"""What residuals need of a survey is what a sum over its firms gives."""

import numpy as np
import pytest

from survey.methods.moments.projection import projection_of
from tests.methods.surveys import random_extract


def test_sums_by_stratum_and_pattern_are_those_of_the_firms() -> None:
    extract = random_extract(1, calibrated="linear", numeric=True)
    calibration = extract.calibration
    assert calibration is not None
    found = projection_of(calibration, extract.weight, extract.stratum, len(extract.strata))
    x, w2 = calibration.auxiliaries, calibration.spread_weight**2
    firms = (extract.stratum == 1) & (x.pattern == 0)
    assert firms.any()
    numbers = x.numeric[firms]
    assert found.w[1, 0] == pytest.approx(extract.weight[firms].sum())
    assert found.w2[1, 0] == pytest.approx(w2[firms].sum())
    assert found.wx[1, 0] == pytest.approx(extract.weight[firms] @ numbers)
    assert found.w2x[1, 0] == pytest.approx(w2[firms] @ numbers)
    assert found.w2xx[1, 0].ravel() == pytest.approx(((numbers * w2[firms, None]).T @ numbers).ravel())


def test_inverse_solves_what_categories_that_add_up_to_one_leave_open() -> None:
    extract = random_extract(2, calibrated="linear", numeric=True)
    assert extract.calibration is not None
    found = projection_of(extract.calibration, extract.weight, extract.stratum, len(extract.strata))
    assert np.allclose(found.gram @ found.inverse @ found.gram, found.gram)
