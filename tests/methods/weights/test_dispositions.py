"""Outcomes as numbers say what their texts say."""

import numpy as np
import pytest

from survey.methods.errors import UnknownStatus
from survey.methods.weights.dispositions import PLACE, is_unknown, outcome_numbers
from survey.terms import Disposition


def test_each_disposition_has_its_place_and_a_place_stays() -> None:
    texts = np.array([kind.value for kind in reversed(Disposition)])
    places = outcome_numbers(texts)
    assert places.tolist() == [7, 6, 5, 4, 3, 2, 1, 0] == [int(PLACE[kind]) for kind in reversed(Disposition)]
    assert outcome_numbers(places) is places


def test_those_of_unknown_eligibility_are_told() -> None:
    texts = ["complete", "unknown_other", "refusal", "unknown_if_eligible"]
    assert is_unknown(outcome_numbers(texts)).tolist() == [False, True, False, True]


def test_code_that_is_no_disposition_is_refused_with_its_row() -> None:
    with pytest.raises(UnknownStatus, match="'lost' of row 1"):
        outcome_numbers(["complete", "lost"])
