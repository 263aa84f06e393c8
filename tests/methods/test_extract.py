"""The extract refuses what would be wrong in silence."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from survey.methods.errors import BadWeight, DuplicateUnit, MissingValue, UnknownColumn, UnknownStatus, WrongShape
from survey.methods.extract import Coded
from tests.methods.surveys import random_extract

EXTRACT = random_extract(rows=40)


@pytest.mark.parametrize(
    ("error", "message", "change"),
    [
        (WrongShape, "'q'", {"items": {"q": Coded(np.zeros(3, np.int8), ("a",))}}),
        (UnknownStatus, "code 2", {"items": {"q": Coded(np.full(40, 2, np.int8), ("a", "b"))}}),
        (UnknownStatus, "code -3", {"domains": {"d": Coded(np.full(40, -3, np.int8), ("a", "b"))}}),
        (WrongShape, "'v'", {"values": {"v": np.zeros(3)}}),
        (UnknownStatus, "'q' holds float64", {"items": {"q": Coded(np.zeros(40), ("a",))}}),  # type: ignore[arg-type]
        (DuplicateUnit, "'q' has a label twice", {"items": {"q": Coded(np.zeros(40, np.int8), ("a", "a"))}}),
        (UnknownStatus, "'v' holds object", {"values": {"v": np.full(40, None)}}),
        (BadWeight, "Row 0", {"weight": np.zeros(40)}),
        (WrongShape, "strata for 39", {"weight": np.ones(39)}),
        (WrongShape, "sizes for 6", {"population": np.ones(5)}),
        (MissingValue, "Row 0 has no stratum", {"stratum": np.full(40, -1)}),
        (UnknownStatus, "skip", {"lonely": "skip"}),
    ],
)
def test_bad_extracts_are_refused(error: type[Any], message: str, change: dict[str, Any]) -> None:
    with pytest.raises(error, match=message):
        replace(EXTRACT, **change)


def test_unknown_item_is_named() -> None:
    with pytest.raises(UnknownColumn, match="'q7'"):
        EXTRACT.item("q7")


def test_unknown_and_infinite_numbers_are_named() -> None:
    with pytest.raises(UnknownColumn, match="'profit'"):
        EXTRACT.value("profit")
    with pytest.raises(UnknownStatus, match="Row 3 of 'v' is infinite"):
        replace(EXTRACT, values={"v": np.where(np.arange(40) == 3, np.inf, 1.0)}).value("v")


def test_strata_of_nobody_take_no_degrees_of_freedom() -> None:
    wider = replace(EXTRACT, strata=(*EXTRACT.strata, "empty"), population=None)
    assert wider.design.degrees_of_freedom == EXTRACT.design.degrees_of_freedom


def test_weights_are_those_of_the_calibration() -> None:
    calibrated = random_extract(rows=40, calibrated="raking")
    with pytest.raises(BadWeight, match=r"Row 0 has the weight 1\.0"):
        replace(calibrated, weight=np.ones(40))
    with pytest.raises(WrongShape, match="39 units for 40 rows"):
        replace(calibrated, calibration=calibrated.calibration.part(slice(39)))  # type: ignore[union-attr]


def test_part_keeps_rows_together() -> None:
    part = EXTRACT.part(slice(5, 9))
    assert part.rows == 4
    assert part.items["q0"].codes.tolist() == EXTRACT.items["q0"].codes[5:9].tolist()
    assert part.weight.tolist() == EXTRACT.weight[5:9].tolist()


def test_design_of_an_extract_has_its_rules() -> None:
    design = replace(EXTRACT, lonely="average").design
    assert design.lonely == "average"
    assert design.degrees_of_freedom == 34
