"""What figures of two waves take from sums by cell."""

import numpy as np

from survey.methods.change.from_cells import SummedScore, explained_levels, places_by_name
from survey.methods.moments.passing import moments
from tests.methods.surveys import random_extract


def test_figures_stand_by_what_they_are_of_in_their_order() -> None:
    assert places_by_name(["q1", "q0", "q1"]) == {"q1": [0, 2], "q0": [1]}


def test_without_calibration_nothing_is_taken_off_scores_but_means() -> None:
    extract = random_extract()
    found = moments(extract, ["q0"], domains=["size"])
    table = np.append(np.ones(len(extract.items["q0"].labels)), 0.0)
    score = SummedScore(item="q0", table=table, counts=table > 0, row=found.domain_values.index(("size", "s")))
    level, slope = explained_levels(found, [score, score])
    assert (level.tolist(), slope.shape) == ([[0.0], [0.0]], (2, 0))
