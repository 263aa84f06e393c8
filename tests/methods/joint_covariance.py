"""Errors and covariances of estimates from the scores of all units: what faster ways have to give as well."""

from collections.abc import Sequence

import numpy as np

from survey.methods.arrays import Floats
from survey.methods.estimates.design import Design
from survey.methods.estimates.linearisation import Linearised
from survey.methods.estimates.variance import covariance


def standard_error(design: Design, linear: Linearised) -> float:
    """Of one estimate; nan where there is none."""
    if np.isnan(linear.estimate):
        return np.nan
    # Rounding may leave a variance of 0 a little below it.
    return float(np.sqrt(max(covariance(design, linear.score[:, None], linear.inside)[0, 0], 0.0)))


def joint_covariance(design: Design, linears: Sequence[Linearised]) -> Floats:
    """Covariance matrix (k, k) of several estimates from one design."""
    scores = np.column_stack([linear.score for linear in linears])
    # A row that either estimate rests on counts towards the units of a stratum.
    inside = np.logical_or.reduce([linear.inside for linear in linears])
    return covariance(design, scores, inside)
