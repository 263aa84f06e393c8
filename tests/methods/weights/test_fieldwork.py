from dataclasses import replace

import numpy as np
import pytest

from survey.methods.errors import BadWeight, DuplicateUnit, UnknownStatus, WrongShape
from tests.methods.weights.fieldworks import fieldwork

FIRMS = fieldwork({"A1": "Rn", "B1": "RR"}, {"A1": 2.0, "B1": 3.0})


def test_firms_that_responded_are_flagged_in_the_order_of_the_sample() -> None:
    assert (FIRMS.sampled, FIRMS.responded.tolist()) == (4, [True, False, True, True])


@pytest.mark.parametrize("field", ["stratum", "design_weight", "disposition"])
def test_columns_of_different_length_are_refused(field: str) -> None:
    with pytest.raises(WrongShape, match="differ in length"):
        replace(FIRMS, **{field: getattr(FIRMS, field)[:3]})


@pytest.mark.parametrize("weight", [0.0, -1.0, np.nan, np.inf])
def test_first_bad_weight_is_named_with_its_row(weight: float) -> None:
    with pytest.raises(BadWeight, match=f"row 1 has the design weight {weight}"):
        replace(FIRMS, design_weight=np.array([2.0, weight, 3.0, 3.0]))


def test_unknown_outcome_is_named_with_its_row() -> None:
    with pytest.raises(UnknownStatus, match="'vanished' of row 2"):
        replace(FIRMS, disposition=np.array(["complete", "refusal", "vanished", "complete"]))


def test_firm_that_responded_twice_is_refused() -> None:
    with pytest.raises(DuplicateUnit, match="row 2 responded twice"):
        replace(FIRMS, respondents=np.array([0, 2, 2]))


@pytest.mark.parametrize(
    ("outcomes", "can"),
    [
        ({"A1": "RR", "B1": "n"}, True),
        ({"A1": "Rn", "B1": "n"}, False),
        ({"A1": "nn", "B1": "R"}, False),
        # Firms of a stratum taken whole, of which nobody is missing, stand for nobody else.
        ({"A1": "n", "B1": "RR"}, False),
        ({"A1": "x", "B1": "RR"}, True),
    ],
)
def test_two_answers_can_be_weighed_where_one_can_stand_for_who_is_missing(outcomes: dict[str, str], can: bool) -> None:
    assert fieldwork(outcomes, {"A1": 2.0, "B1": 1.0}).can_be_weighed is can
