"""Required intervals: shown shares must not close in on withheld ones, even where they do not fix them."""

from collections.abc import Collection, Sequence

import numpy as np

from survey.methods.arrays import Floats
from survey.methods.clearing.behind import Behind
from survey.methods.clearing.steps import coarser_step, share_step
from survey.methods.protection.suppression import Relation


def required_steps(
    relations: Sequence[Relation], withheld: Collection[int], answers: Floats, counting: Behind
) -> Floats:
    """(D,) steps of shares: by the number of equal answers, and coarser where a shown whole would tell too much of its
    withheld parts.

    A whole less its shown parts is what the withheld parts have together, known to the sum of all their steps in
    weights. That has to be as wide as the two heaviest units of the withheld parts are heavy: then two of them may have
    answered otherwise, whatever is shown.
    """
    steps = np.array([share_step(number) for number in answers.tolist()])
    # Short sums first, since their wholes are parts of longer ones and then add their own width.
    for relation in relations:
        whole = relation.whole
        hidden = [part for part in relation.parts if part in withheld and answers[part]]
        if whole is None or whole in withheld or not hidden:
            continue
        shown = [part for part in relation.parts if part not in withheld and answers[part]]
        # Shown parts are known to their own steps alone, so that these leave so much open already.
        lacking = two_heaviest(counting, hidden) - float((steps[shown] * counting.total[shown]).sum())
        if counting.total[whole] > 0:
            steps[whole] = coarser_step(steps[whole], lacking / counting.total[whole])
    return steps


def two_heaviest(counting: Behind, domains: Sequence[int]) -> float:
    """What the two heaviest units of these domains carry."""
    return float(np.sort(counting.largest[domains].ravel())[-2:].sum())
