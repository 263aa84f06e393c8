"""Sums and means of auxiliaries by hand."""

import numpy as np

from survey.methods.calibrated.auxiliaries import Margin, auxiliaries


def test_mean_of_a_group_without_weight_is_nothing() -> None:
    x = auxiliaries([Margin(name="size", values=list("aab"), targets={"a": 2, "b": 1})])
    means = x.group_means(np.array([1.0, 3, 1]), np.array([0, 0, 2]), 4)
    assert means.tolist() == [[1, 0], [0, 0], [0, 1], [0, 0]]
