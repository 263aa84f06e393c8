"""Joint estimates of statistics of coded items with their covariance matrix: what ranking and contrasts need."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints
from survey.methods.errors import UnknownColumn, UnknownStatus
from survey.methods.estimates.lonely_strata import (
    average_factor,
    lonely_strata,
    overall_centred,
    refuse_lonely,
    variance_factors,
)
from survey.methods.estimates.skipping import coded_answering, skipping_covariance
from survey.methods.estimates.statistics import CodedStatistic
from survey.methods.extract import Extract

BATCH = 1 << 16


@dataclass(frozen=True, eq=False, kw_only=True)
class JointEstimates:
    """Estimates (k,) with their covariance (k, k), answers `n` (k,), df of the design; `names` are (item, level)."""

    names: tuple[tuple[str, str], ...]
    estimates: Floats
    covariance: Floats
    n: Floats
    df: int


@dataclass(frozen=True, eq=False, kw_only=True)
class _Scores:
    """Scores of one statistic: a table over the item's codes, its last entry (code -1) for the unanswered."""

    codes: Ints
    table: Floats
    estimate: float
    n: int
    inside: Bools

    def of(self, rows: slice) -> Floats:
        return np.asarray(self.table[self.codes[rows]] * self.inside[rows], float)


def joint_estimates(
    extract: Extract,
    statistics: Sequence[CodedStatistic],
    domain: tuple[str, str] | None = None,
    domains: Sequence[tuple[str, str]] = (),
) -> JointEstimates:
    """Weighted means of points of several items in one domain (variable, value), each over its own answers.

    ``domains`` gives each statistic its own instead.

    Linear in the rows and held in batches. An item without an answer has nan for estimate and covariances.
    """
    own: list[tuple[str, str] | None] = [*domains] or [domain] * len(statistics)
    # Few different domains serve many statistics.
    masks = {each: domain_mask(extract, each) for each in dict.fromkeys([domain, *own])}
    answered = np.zeros(extract.rows, bool)
    scores = []
    for one, each in zip(statistics, own, strict=True):
        score, some = _scores(extract, one, masks[each])
        scores.append(score)
        answered |= some
    covariance = _covariance(extract, scores, answered)
    if any(one.item in extract.skipped for one in statistics):
        pairs = zip(statistics, scores, strict=True)
        figures = [coded_answering(extract, one, score.of(slice(None)), score.inside) for one, score in pairs]
        covariance = covariance + skipping_covariance(extract.weight, extract.stratum, figures)
    estimates = np.array([score.estimate for score in scores])
    known = ~np.isnan(estimates)
    covariance[~(known[:, None] & known)] = np.nan
    return JointEstimates(
        names=tuple((one.item, one.level) for one in statistics),
        estimates=estimates,
        covariance=covariance,
        n=np.array([score.n for score in scores], float),
        df=extract.design.degrees_of_freedom,
    )


def domain_mask(extract: Extract, domain: tuple[str, str] | None) -> Bools:
    """(n,) rows of a domain; None = everybody."""
    if domain is None:
        return np.ones(extract.rows, bool)
    variable, value = domain
    if variable not in extract.domains:
        raise UnknownColumn(variable, f"There is no domain variable '{variable}'.")
    labels = extract.domains[variable].labels
    if value not in labels:
        raise UnknownStatus(value, f"'{variable}' has no value '{value}'.", f"Its values: {', '.join(labels)}.")
    return np.asarray(extract.domains[variable].codes == labels.index(value), bool)


def _scores(extract: Extract, one: CodedStatistic, inside: Bools) -> tuple[_Scores, Bools]:
    item = extract.item(one.item)
    points = np.append(one.by_label(item.labels), np.nan)
    in_base = ~np.isnan(points)
    given = np.where(in_base, points, 0.0)
    answered = np.asarray(in_base[item.codes] & inside, bool)
    weights = np.bincount(item.codes[answered], extract.weight[answered], len(item.labels)) if answered.any() else None
    if weights is None or weights.sum() == 0:
        return _Scores(codes=item.codes, table=np.zeros(len(points)), estimate=np.nan, n=0, inside=inside), answered
    estimate = float(weights @ given[:-1] / weights.sum())
    table = np.where(in_base, given - estimate, 0.0) / weights.sum()
    return _Scores(codes=item.codes, table=table, estimate=estimate, n=int(answered.sum()), inside=inside), answered


def _batches(extract: Extract, scores: Sequence[_Scores]) -> Iterator[tuple[slice, Floats]]:
    """u (m, k) batch by batch: weighted scores, residuals where the weights are calibrated."""
    calibration = extract.calibration
    beta = None
    if calibration is not None:
        whole, base = slice(None), calibration.base_weight
        products = [calibration.auxiliaries.sums(base * score.of(whole)) for score in scores]
        beta = calibration.coefficients(np.stack(products, -1))
    for start in range(0, extract.rows, BATCH):
        rows = slice(start, start + BATCH)
        z = np.stack([score.of(rows) for score in scores], -1)
        if calibration is not None and beta is not None:
            z = z - calibration.auxiliaries.part(rows).fitted(beta)
        yield rows, extract.weight[rows, None] * z


def _covariance(extract: Extract, scores: Sequence[_Scores], answered: Bools) -> Floats:
    """sum_h a_h sum_i (u - c_h)(u - c_h)', c_h the stratum mean, or the overall one for lonely strata."""
    design, k = extract.design, len(scores)
    present = np.bincount(extract.stratum[answered], minlength=len(extract.strata))
    if extract.phases is None:
        lonely = lonely_strata(design.units, design.left_out)
        refuse_lonely(design.lonely, lonely, design.strata)
        factor = variance_factors(design.lonely, design.units, design.left_out, lonely, present)
    else:
        lonely, factor = np.zeros(len(extract.strata), bool), extract.phases.factor
    inflation = np.ones(extract.rows) if extract.calibration is None else extract.calibration.inflation
    products, sums = np.zeros((k, k)), np.zeros((len(extract.strata), k))
    for rows, u in _batches(extract, scores):
        stratum = extract.stratum[rows]
        # sum (u - c)(u - c)' = sum uu' - sum u c' - sum c u' + n cc', c known only when all batches have been read.
        products += u.T @ (u * (factor[stratum] * inflation[rows])[:, None])
        for column in range(k):
            sums[:, column] += np.bincount(stratum, u[:, column], len(sums))
    alone = overall_centred(design.units, lonely, present, design.domain_lonely and extract.phases is None)
    means = sums / np.maximum(design.units, 1)[:, None]
    centre = np.where(alone[:, None], sums.sum(axis=0) / max(extract.rows, 1), means)
    shift = sums.T @ (factor[:, None] * centre)
    square = centre.T @ ((factor * design.units)[:, None] * centre)
    matrix = products - shift - shift.T + square
    if extract.phases is not None:
        matrix = matrix + extract.phases.between_sums(sums)
    matrix = np.asarray(matrix * average_factor(design.lonely, lonely, present), float)
    np.fill_diagonal(matrix, np.maximum(np.diag(matrix), 0.0))  # differences of sums round to -1e-21
    return matrix
