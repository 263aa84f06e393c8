"""Linearised variances of stratified one-stage samples.

V = sum_h f_h n_h/(n_h-1) sum_i (u_hi - mean_h u)^2 over all units of the full design, u = sum of w*z over the rows
of a unit; with calibrated weights z is replaced by its residual (Sarndal, Swensson and Wretman 1992, 5.5 and 6.6).
"""

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.estimates.design import Design
from survey.methods.estimates.lonely_strata import (
    average_factor,
    lonely_strata,
    overall_centred,
    refuse_lonely,
    variance_factors,
)


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
    u = unit_scores(design, scores)
    if design.phases is not None:
        return design.phases.covariance(design.unit_stratum, u)
    lonely = lonely_strata(design.units, design.left_out)
    refuse_lonely(design.lonely, lonely, design.strata)
    units_inside = _units_inside(design, inside)
    means = _sums_by(design.unit_stratum, u, len(design.strata)) / np.maximum(design.units, 1)[:, None]
    alone = overall_centred(design.units, lonely, units_inside, design.domain_lonely)
    deviation = u - np.where(alone[:, None], u.sum(axis=0) / max(len(u), 1), means)[design.unit_stratum]
    factor = variance_factors(design.lonely, design.units, design.left_out, lonely, units_inside)
    matrix: Floats = deviation.T @ (deviation * factor[design.unit_stratum][:, None])
    return matrix * average_factor(design.lonely, lonely, units_inside)


def stratum_variances(
    units: Ints,
    left_out: Floats,
    rule: str,
    domain_lonely: bool,
    sums: Floats,
    squares: Floats,
    inside: Floats,
) -> Floats:
    """The same variance from sums of u and of u^2 (..., H, S) and units inside (..., H, S): (..., S)."""
    lonely = lonely_strata(units, left_out)
    if domain_lonely or lonely.any():
        turned = (np.swapaxes(table, -1, -2) for table in (sums, squares, inside))
        return _with_lonely(units, left_out, rule, domain_lonely, *turned)
    factor = variance_factors(rule, units, left_out, lonely, inside)
    variance: Floats = factor @ squares - (factor / np.maximum(units, 1)) @ sums**2
    return np.maximum(variance, 0.0)


def _with_lonely(
    units: Ints, left_out: Floats, rule: str, domain_lonely: bool, sums: Floats, squares: Floats, inside: Floats
) -> Floats:
    """Strata last: own sums of squares about the stratum mean, or about the overall mean u for lonely strata."""
    lonely = lonely_strata(units, left_out)
    factor = variance_factors(rule, units, left_out, lonely, inside)
    alone = overall_centred(units, lonely, inside, domain_lonely)
    overall = (sums.sum(axis=-1) / units.sum())[..., None]
    about_overall = squares - 2 * overall * sums + overall**2 * units
    own = np.where(alone, about_overall, squares - sums**2 / np.maximum(units, 1))
    added: Floats = (factor * np.maximum(own, 0.0)).sum(axis=-1)
    return added * average_factor(rule, lonely, inside)


def _sums_by(group: Ints, values: Floats, groups: int) -> Floats:
    return np.column_stack([np.bincount(group, column, groups) for column in values.T])


def _units_inside(design: Design, inside: Bools) -> Ints:
    """(H,) units with any row inside."""
    present = np.zeros(len(design.unit_stratum), bool)
    present[design.unit[inside]] = True
    return np.bincount(design.unit_stratum[present], minlength=len(design.strata))
