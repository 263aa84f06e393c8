"""Tests of differences, and Holm's adjustment for many of them."""

import numpy as np
import pytest

from survey.methods.comparison.contrasts import holm
from survey.methods.errors import OutOfRange


def test_holm_by_hand() -> None:
    np.testing.assert_allclose(holm([0.01, 0.04, 0.03, 0.005]), [0.03, 0.06, 0.06, 0.02])


def test_holm_refuses_what_is_no_probability() -> None:
    with pytest.raises(OutOfRange):
        holm([0.5, -0.1])


def test_holm_stays_below_one_and_passes_over_what_was_not_tested() -> None:
    np.testing.assert_allclose(holm([0.6, np.nan, 0.7]), [1, np.nan, 1])
