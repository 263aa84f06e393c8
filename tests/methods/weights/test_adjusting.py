"""Classes of nonresponse by a response model: of variables that the frame has."""

import numpy as np
import pytest

from survey.methods.errors import UnknownColumn
from survey.methods.weights.plan import WeightingPlan
from survey.methods.weights.spine import weigh_as
from survey.weighting_terms import Nonresponse
from tests.methods.weights.fieldworks import fieldwork

EMPLOYEES = np.array([1.0, 2, 3, 4, 9, 8, 7, 6, 5, 5])
FIELD = fieldwork({"A1": "RRRnn", "B1": "RRRRn"}, {"A1": 5, "B1": 5}, employees=EMPLOYEES)


def _plan(*names: str) -> WeightingPlan:
    return WeightingPlan(nonresponse=Nonresponse.PROPENSITY, propensity=names, propensity_classes=2, calibration=None)


def test_model_takes_categories_and_numbers_of_the_frame() -> None:
    for names in (("industry",), ("employees",), ("industry", "employees")):
        assert weigh_as(FIELD, _plan(*names)).weight.sum() == pytest.approx(50)


def test_variable_that_the_frame_lacks_is_named() -> None:
    with pytest.raises(UnknownColumn, match="no variable 'revenue'"):
        weigh_as(FIELD, _plan("industry", "revenue", "employees"))
