"""What skipped questions add to a variance: who of the firms asked gives an answer counts as chance within a stratum.

Sampling alone sees those that answered as a domain, whose firms are given. With r answers of a firms asked in a stratum
and the domain, each answered with p = r/a whatever its value, the estimate varies by sum w (1 - p) z^2 r/(r - 1) more
(the second term of Shao and Steel 1999, JASA 94, (7); response homogeneity groups of Sarndal, Swensson and Wretman
1992, 15.6). In a stratum that was drawn this is the part n/N of the second phase which the factor 1 - n/N of the domain
leaves out; in a take-all stratum it is all there is, and for a mean exactly (1 - r/a) s2/r.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from survey.methods.arrays import Bools, Floats, Ints, Rows, sums_by
from survey.methods.asking import OPEN
from survey.methods.estimates.statistics import CodedStatistic
from survey.methods.extract import Extract


@dataclass(frozen=True, eq=False, kw_only=True)
class Skipping:
    """Of one figure the scores z (n,), 0 outside its base, and in its domain the rows (n,) that answered the question
    and those that were asked and did not."""

    score: Floats
    answered: Bools
    skipped: Bools


def coded_answering(
    extract: Extract, asked: CodedStatistic, score: Floats, inside: Bools, rows: Rows = slice(None)
) -> Skipping:
    """That of a statistic of a coded item with these scores, in the domain `inside` (n,); of some `rows` alone,
    which then are those of the scores.

    "Don't know" and a refusal are no answer, unless the statistic itself gives them a point.
    """
    column, inside = extract.item(asked.item), inside[rows]
    codes = column.codes[rows]
    if asked.item not in extract.skipped:
        return Skipping(score=score, answered=np.asarray((codes >= 0) & inside), skipped=np.zeros_like(inside))
    open_ = [k for k, label in enumerate(column.labels) if label in OPEN and label not in asked.points]
    none = np.isin(codes, open_)
    answered, skipped = (codes >= 0) & ~none & inside, (extract.skipped[asked.item][rows] | none) & inside
    return Skipping(score=score, answered=np.asarray(answered, bool), skipped=np.asarray(skipped, bool))


def skipped_factor(answered: Floats, skipped: Floats) -> Floats:
    """(1 - p) r/(r - 1) from the numbers of firms that answered and that skipped; 0 of nobody asked."""
    asked = answered + skipped
    missing = np.divide(skipped, asked, out=np.zeros(np.shape(asked)), where=asked > 0)
    # A single answer shows no spread of its own: its score, measured from the estimate, counts as it is.
    return np.asarray(missing * answered / np.maximum(answered - 1, 1), float)


def skipping_covariance(weight: Floats, stratum: Ints, figures: Sequence[Skipping]) -> Floats:
    """(k, k) what skipping adds to the covariance of several figures of one survey.

    Two figures share sum w z_k z_l (1 - p_k p_l/p_kl), p_kl the part of those asked both that answered both: all of it
    where the same firms skip both, nothing where skipping one tells nothing of the other.
    """
    if len(figures) == 1:
        return np.array([[_alone(weight, stratum, figures[0])]])
    added = np.zeros((len(figures), len(figures)))
    some = np.logical_or.reduce([one.skipped for one in figures])
    # The rows of a stratum side by side, and strata in which nobody skipped left out: they add nothing.
    rows = np.flatnonzero(np.isin(stratum, np.unique(stratum[some])))
    order = rows[np.argsort(stratum[rows], kind="stable")]
    bounds: list[int] = np.flatnonzero(np.diff(stratum[order], prepend=-1, append=-1)).tolist() if len(order) else []
    z, answered, skipped = (
        np.column_stack([getattr(one, name)[order] for one in figures]) for name in ("score", "answered", "skipped")
    )
    for start, end in pairwise(bounds):
        inside = slice(start, end)
        products = z[inside].T @ (z[inside] * weight[order[inside], None])
        added += products * _shared(answered[inside].astype(float), skipped[inside].astype(float))
    return added


def _alone(weight: Floats, stratum: Ints, one: Skipping) -> float:
    """The same of one figure: p_k p_k/p_kk is p_k."""
    strata = int(stratum.max(initial=-1)) + 1
    answered, skipped = (np.bincount(stratum[mask], minlength=strata) for mask in (one.answered, one.skipped))
    # Whoever did not answer has no score.
    squares = sums_by(stratum, weight * one.score**2, strata)
    return float(skipped_factor(answered.astype(float), skipped.astype(float)) @ squares)


def _shared(answered: Floats, skipped: Floats) -> Floats:
    """(k, k) 1 - p_k p_l/p_kl times r/(r - 1) of a stratum, from 0/1 (n, k)."""
    asked = answered + skipped
    both, p_both = answered.T @ answered, asked.T @ asked
    known = both > 0
    p_both = np.divide(both, p_both, out=np.ones_like(both), where=known)
    p = np.diag(p_both)
    return np.where(known, (1 - np.outer(p, p) / p_both) * both / np.maximum(both - 1, 1), 0.0)
