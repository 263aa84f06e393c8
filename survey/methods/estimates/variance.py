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
    weighted = _row_scores(design, scores)
    if design.rows_are_units:
        return weighted
    return _sums_by(design.unit, weighted, len(design.unit_stratum))


def _row_scores(design: Design, scores: Floats) -> Floats:
    # With calibrated weights only what the auxiliaries do not explain still varies.
    residuals = scores if design.calibration is None else design.calibration.residual(scores)
    return np.asarray(design.weight[:, None] * residuals, float)


def _taken_up(design: Design, scores: Floats, factor: Floats) -> Floats | float:
    """(k, k) what squared residuals lack because a fit drew them towards 0: sum f n/(n-1) u^2 h/(1-h)."""
    if design.calibration is None or design.calibration.leverage is None:
        return 0.0
    u = _row_scores(design, scores)
    part = factor[design.stratum] * (design.calibration.inflation - 1)
    return np.asarray(u.T @ (u * part[:, None]), float)


def covariance(design: Design, scores: Floats, inside: Bools) -> Floats:
    """Covariance matrix (k, k) of the estimators with linearised scores (n, k), all 0 outside the rows `inside`.

    nan where the rule `average` has no stratum to average over. Raises `LonelyStratum` under the rule `fail`.
    """
    u = unit_scores(design, scores)
    if design.phases is not None:
        return design.phases.covariance(design.unit_stratum, u) + _taken_up(design, scores, design.phases.factor)
    lonely = lonely_strata(design.units, design.left_out)
    refuse_lonely(design.lonely, lonely, design.strata)
    units_inside = _units_inside(design, inside)
    means = _sums_by(design.unit_stratum, u, len(design.strata)) / np.maximum(design.units, 1)[:, None]
    alone = overall_centred(design.units, lonely, units_inside, design.domain_lonely)
    # The mean over all units of the design: scores outside the domain are 0 and count in it.
    deviation = u - np.where(alone[:, None], u.sum(axis=0) / max(len(u), 1), means)[design.unit_stratum]
    factor = variance_factors(design.lonely, design.units, design.left_out, lonely, units_inside)
    matrix: Floats = deviation.T @ (deviation * factor[design.unit_stratum][:, None])
    return (matrix + _taken_up(design, scores, factor)) * average_factor(design.lonely, lonely, units_inside)


def effective_df(
    factor: Floats, units: Ints, sums: Floats, squares: Floats, inside: Floats, more: Floats | float = 0.0
) -> Floats:
    """Degrees of freedom (..., S) of a variance made of strata, from sums of u and of u^2 and units inside (..., H, S):
    (sum v_h)^2 / sum v_h^2/(n_h - 1) (Satterthwaite 1946); infinite where there is no variance.

    A stratum with units inside counts these only; `more` is what it adds beside its spread. Where one stratum makes
    most of a variance, it is known no better than that stratum allows, however many others there are.
    """
    size = np.maximum(units, 1)[:, None]
    # A sum of squares less the square of the sum: rounding may bring it a little below 0.
    part = factor[:, None] * np.maximum(squares - sums**2 / size, 0.0) + more
    free = np.maximum(np.where(inside > 0, inside, size) - 1, 1)
    whole, weighted = part.sum(axis=-2), (part**2 / free).sum(axis=-2)
    return np.asarray(np.divide(whole**2, weighted, out=np.full(whole.shape, np.inf), where=weighted > 0), float)


def score_df(design: Design, score: Floats, inside: Bools) -> float:
    """The same of one estimate with linearised scores (n,), all 0 outside the rows `inside`."""
    u = unit_scores(design, score[:, None])
    strata = len(design.strata)
    sums, squares = (_sums_by(design.unit_stratum, one, strata) for one in (u, u**2))
    answers = _units_inside(design, inside)[:, None].astype(float)
    lonely = lonely_strata(design.units, design.left_out) if design.phases is None else np.zeros(strata, bool)
    factor = (
        variance_factors("remove", design.units, design.left_out, lonely, answers[:, 0])
        if design.phases is None
        else design.phases.factor
    )
    return float(effective_df(factor, design.units, sums, squares, answers)[0])


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
    # sum (u - mean)^2 = sum u^2 - (sum u)^2/n, so that sums suffice; scores are centred, which keeps the digits.
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
    # sum (u - m)^2 about any m from the same two sums.
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
