"""Linearised variances of stratified one-stage samples, with the rules for lonely strata.

V = sum_h f_h n_h/(n_h-1) sum_i (u_hi - mean_h u)^2 over all units of the full design, u = sum of w*z over the rows
of a unit; with calibrated weights z is replaced by its residual (Sarndal, Swensson and Wretman 1992, 5.5 and 6.6).
"""

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.design import TAKE_ALL, Design, lonely_strata, refuse_lonely


def unit_scores(design: Design, scores: Floats) -> Floats:
    """u (U, k): weighted linearised scores summed over the rows of each unit, from z (n, k)."""
    residuals = scores if design.calibration is None else design.calibration.residual(scores)
    weighted = design.weight[:, None] * residuals
    if design.rows_are_units:
        return weighted
    return _sums_by(design.unit, weighted, len(design.unit_stratum))


def covariance(design: Design, scores: Floats, inside: Bools) -> Floats:
    """Covariance matrix (k, k) of the estimators with linearised scores (n, k), all 0 outside the rows `inside`.

    nan where the rule `average` has no stratum to average over. Raises `LonelyStratum` under the rule `fail`.
    """
    lonely = lonely_strata(design.units, design.left_out)
    if design.lonely == "fail":
        refuse_lonely(lonely, design.strata)
    u = unit_scores(design, scores)
    units_inside = _units_inside(design, inside)
    centre = _centres(design, u, lonely, units_inside)
    deviation = u - centre[design.unit_stratum]
    factor = _factors(design, lonely, units_inside)
    matrix: Floats = deviation.T @ (deviation * factor[design.unit_stratum][:, None])
    return matrix * (_average_factor(lonely, units_inside) if design.lonely == "average" else 1.0)


def _sums_by(group: Ints, values: Floats, groups: int) -> Floats:
    return np.column_stack([np.bincount(group, column, groups) for column in values.T])


def _units_inside(design: Design, inside: Bools) -> Ints:
    """(H,) units with any row inside."""
    present = np.zeros(len(design.unit_stratum), bool)
    present[design.unit[inside]] = True
    return np.bincount(design.unit_stratum[present], minlength=len(design.strata))


def _centres(design: Design, u: Floats, lonely: Bools, units_inside: Ints) -> Floats:
    """(H, k) what the units of each stratum are measured from: its mean, or the overall one for lonely strata."""
    means = _sums_by(design.unit_stratum, u, len(design.strata)) / np.maximum(design.units, 1)[:, None]
    alone = lonely | ((units_inside == 1) & (design.units > 1) & design.domain_lonely)
    return np.where(alone[:, None], u.mean(axis=0), means)


def _factors(design: Design, lonely: Bools, units_inside: Ints) -> Floats:
    """(H,) f_h n_h/(n_h-1); for a lonely stratum f_h under `adjust` if its unit is inside, else 0."""
    several = design.units > 1
    factor = np.where(several, design.left_out * design.units / np.maximum(design.units - 1, 1), 0.0)
    factor = np.where(design.left_out < TAKE_ALL, 0.0, factor)
    if design.lonely == "adjust":
        factor = np.where(lonely & (units_inside == 1), design.left_out, factor)
    return factor


def _average_factor(lonely: Bools, units_inside: Ints) -> float:
    """H/(H-L): the strata with units inside over those of them that are not lonely."""
    present = int((units_inside > 0).sum())
    others = present - int((lonely & (units_inside > 0)).sum())
    return present / others if others else np.nan
