"""What the certainty firms that did not respond carry of a group: nobody was drawn who could stand for them."""

import numpy as np

from survey.methods.arrays import Bools, Floats
from survey.methods.weights.fieldwork import Fieldwork
from survey.methods.weights.merging import CERTAIN


def absent_part(fieldwork: Fieldwork, share: Floats, inside: Bools) -> float:
    """The part of a group (m,) that its firms taken with certainty carry which are in scope and did not respond: of
    employees or of revenue by the frame, whichever is larger; of the firms where the frame has neither. 0 of nobody.

    `share` (m,) is the eligible share of every firm. Others of their size answer for these firms, but were not drawn
    to, and amounts of large firms differ: a calibration to the totals of the whole frame mends that for all firms, not
    within a group.
    """
    weight = fieldwork.design_weight * share * inside
    missing = ~fieldwork.responded & (fieldwork.design_weight <= CERTAIN)
    sizes = [np.nan_to_num(one) for one in fieldwork.numbers.values()] or [np.ones(len(weight))]
    parts = [(float(weight[missing] @ one[missing]), float(weight @ one)) for one in sizes]
    return max((lost / whole for lost, whole in parts if whole > 0), default=0.0)
