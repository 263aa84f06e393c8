"""Products of the scores of one item in one domain, from its sums by stratum and code: a firm gave one of the codes."""

from collections.abc import Sequence

import numpy as np

from survey.methods.arrays import Floats
from survey.methods.asking import OPEN
from survey.methods.comparison.fits import CodedScored
from survey.methods.estimates.skipping import skipped_factor
from survey.methods.estimates.statistics import CodedStatistic
from survey.methods.moments.sums import Moments


def products_of_item(found: Moments, scores: Sequence[CodedScored], factor: Floats) -> Floats:
    """(k, k) sums of a w^2 z z', a the factor (H,) of the stratum."""
    sums = found.items[scores[0].item]
    return _crossed(scores, factor @ sums.linear["w2"][scores[0].row])


def skipping_of_item(found: Moments, statistics: Sequence[CodedStatistic], scores: Sequence[CodedScored]) -> Floats:
    """(k, k) what skipped questions add (`skipping_covariance`) to statistics that give points to the same codes: the
    same firms answered and skipped them."""
    item, row = scores[0].item, scores[0].row
    count, weight = found.items[item].count[row], found.items[item].linear["w"][row]
    open_ = [k for k, label in enumerate(found.labels[item]) if label in OPEN and label not in statistics[0].points]
    # "Don't know" and a refusal are no answer, unless the statistic itself gives them a point.
    without = count[:, open_].sum(axis=1)
    factor = skipped_factor(count.sum(axis=1) - without, found.skipped[item][row] + without)
    return _crossed(scores, factor @ weight)


def is_of_one_item(statistics: Sequence[CodedStatistic]) -> bool:
    """Whether all give points to the same codes of one item."""
    return len({(one.item, frozenset(one.points)) for one in statistics}) == 1


def _crossed(scores: Sequence[CodedScored], by_code: Floats) -> Floats:
    tables = np.stack([one.table[:-1] for one in scores])
    return np.asarray((tables * by_code) @ tables.T, float)
