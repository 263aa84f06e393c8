"""A design is checked when it is made, and errors name the row or stratum."""

from typing import Any

import numpy as np
import pytest

from survey.methods.errors import (
    BadWeight,
    DuplicateUnit,
    EmptyStratum,
    MissingValue,
    PopulationTooSmall,
    PopulationVaries,
    UnknownStatus,
    WrongShape,
)
from survey.methods.estimates.design import make_design, sampled_fractions_left


def test_design_counts_units_and_degrees_of_freedom() -> None:
    design = make_design([1, 2, 3, 4, 5], list("BABAB"), population={"A": 4, "B": 12})
    assert design.strata == ("A", "B")
    assert design.units.tolist() == [2, 3]
    assert design.left_out.tolist() == [0.5, 0.75]
    assert design.degrees_of_freedom == 3


def test_population_may_be_fractional() -> None:
    assert make_design([1.25, 1.25], population=[2.5, 2.5]).left_out.tolist() == [pytest.approx(0.2)]


@pytest.mark.parametrize(
    ("error", "message", "arguments"),
    [
        (BadWeight, r"Row 1 \(stratum 'A'\) has the weight 0.0", {"weight": [1, 0], "stratum": ["A", "A"]}),
        (BadWeight, "nan", {"weight": [1, np.nan]}),
        (BadWeight, "not a number", {"weight": [1, "x"]}),
        (BadWeight, "-2.0", {"weight": [1, -2]}),
        (MissingValue, "Row 0 has no stratum", {"weight": [1, 1], "stratum": [None, "A"]}),
        (MissingValue, "Row 1 has no stratum", {"weight": [1, 1], "stratum": ["A", None]}),
        (MissingValue, "Row 1 has no population", {"weight": [1, 1], "population": [3, np.nan]}),
        (MissingValue, "'B' has no population", {"weight": [1, 1], "stratum": list("AB"), "population": {"A": 2}}),
        (EmptyStratum, "'C' has nobody", {"weight": [1], "stratum": ["A"], "population": {"A": 2, "C": 1}}),
        (PopulationVaries, "more than one", {"weight": [1, 1], "population": [3, 4]}),
        (DuplicateUnit, "'x'", {"weight": [1, 1], "identifier": ["x", "x"]}),
        (WrongShape, "1 identifiers for 2", {"weight": [1, 1], "identifier": ["x"]}),
        (WrongShape, "3 values of stratum", {"weight": [1, 1], "stratum": list("ABC")}),
        (WrongShape, "population sizes for 2", {"weight": [1, 1], "population": [3]}),
        (UnknownStatus, "ignore", {"weight": [1, 1], "lonely": "ignore"}),
    ],
)
def test_bad_designs_are_refused(error: type[Any], message: str, arguments: dict[str, Any]) -> None:
    with pytest.raises(error, match=message):
        make_design(**arguments)


def test_population_smaller_than_the_sample_is_refused() -> None:
    with pytest.raises(PopulationTooSmall, match=r"'A' has 2 units but N_h = 1\.0"):
        _ = make_design([1, 1, 1], list("AAB"), population={"A": 1, "B": 5}).left_out


def test_error_says_what_and_how_to_mend() -> None:
    with pytest.raises(DuplicateUnit) as caught:
        make_design([1, 1], identifier=["x", "x"])
    assert caught.value.code == "duplicate_unit"
    assert caught.value.value == "x"
    assert str(caught.value) == (
        "[duplicate_unit] The unit 'x' occurs more than once. "
        "Keep one row per unit, or name the unit column of a design with repeated units."
    )


def test_stratum_without_a_firm_lacks_nobody() -> None:
    left = sampled_fractions_left(np.array([0, 2]), np.array([0.0, 4.0]), ("A", "B"))
    assert left[1] == 0.5
    with pytest.raises(EmptyStratum, match="'A' has 3 units in the population, none here"):
        sampled_fractions_left(np.array([0, 2]), np.array([3.0, 4.0]), ("A", "B"))
