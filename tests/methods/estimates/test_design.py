"""Units, fractions and degrees of freedom of a design."""

import numpy as np
import pytest

from survey.methods.errors import (
    DuplicateUnit,
    EmptyStratum,
    PopulationTooSmall,
)
from survey.methods.estimates.design import sampled_fractions_left
from tests.methods.made_design import make_design


def test_design_counts_units_and_degrees_of_freedom() -> None:
    design = make_design([1, 2, 3, 4, 5], list("BABAB"), population={"A": 4, "B": 12})
    assert design.strata == ("A", "B")
    assert design.units.tolist() == [2, 3]
    assert design.left_out.tolist() == [0.5, 0.75]
    assert design.degrees_of_freedom == 3


def test_population_may_be_fractional() -> None:
    assert make_design([1.25, 1.25], population=[2.5, 2.5]).left_out.tolist() == [pytest.approx(0.2)]


def test_population_smaller_than_the_sample_is_refused() -> None:
    with pytest.raises(PopulationTooSmall, match=r"'A' has 2 units but N_h = 1\.0"):
        _ = make_design([1, 1, 1], list("AAB"), population={"A": 1, "B": 5}).left_out


def test_error_says_what_and_how_to_mend() -> None:
    error = DuplicateUnit("x", "The unit 'x' occurs more than once.")
    assert (error.code, error.value) == ("duplicate_unit", "x")
    assert str(error) == (
        "[duplicate_unit] The unit 'x' occurs more than once. "
        "Keep one row per unit, or name the unit column of a design with repeated units."
    )


def test_stratum_without_a_firm_lacks_nobody() -> None:
    left = sampled_fractions_left(np.array([0, 2]), np.array([0.0, 4.0]), ("A", "B"))
    assert left[1] == 0.5
    with pytest.raises(EmptyStratum, match="'A' has 3 units in the population, none here"):
        sampled_fractions_left(np.array([0, 2]), np.array([3.0, 4.0]), ("A", "B"))
