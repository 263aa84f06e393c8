"""Strata are summed up from a frame, and allocation from there equals the reference."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from survey.methods.errors import EmptyStratum, MissingValue, PopulationVaries, UnknownColumn, UnknownStatus
from survey.methods.sampling.allocation import allocate
from survey.methods.sampling.strata import summarise_strata

FRAME = Path(__file__).parents[2] / "reference" / "golden" / "apipop_frame.csv"
FIRMS = pd.DataFrame({"h": list("aaab"), "x": [1.0, 3.0, np.nan, 7.0], "N": [9.5, 9.5, np.nan, 4], "t": list("1-34")})


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("proportional", [142.751049402648, 24.3784307394253, 32.870519857927]),
        ("neyman", [89.1814948562754, 59.6056682618616, 51.212836881863]),
        ("power", [82.1349266203215, 60.3582353249854, 57.5068380546931]),
    ],
)
def test_allocation_equals_the_reference(method: str, expected: list[float]) -> None:
    frame = pd.read_csv(FRAME, dtype=str).assign(enroll=lambda rows: pd.to_numeric(rows["enroll"]))
    schools = summarise_strata(frame, "stype", size_variable="enroll", codes=["E", "H", "M"])
    np.testing.assert_allclose(allocate(schools, method, 200), expected, rtol=1e-10)


def test_summary_counts_drops_missing_sizes_and_marks_take_all() -> None:
    frame = pd.DataFrame({"h": ["a", "a", "a", "b"], "x": [1.0, 3.0, np.nan, 7.0]})
    summary = summarise_strata(frame, "h", size_variable="x", take_all=["b"])
    assert summary.population.tolist() == [3, 1]
    assert summary.deviation.tolist() == [2**0.5, 0]  # type: ignore[union-attr]
    assert summary.size_total.tolist() == [4, 7]  # type: ignore[union-attr]
    assert summary.complete.tolist() == [False, True]


def test_population_may_be_stated_and_numbers_may_be_text() -> None:
    summary = summarise_strata(FIRMS.assign(x=["1", "3", None, "7"]), "h", size_variable="x", population="N")
    assert summary.population.tolist() == [9.5, 4]
    assert summary.size_total.tolist() == [4, 7]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("error", "message", "call"),
    [
        (EmptyStratum, "'c' has no unit", lambda: summarise_strata(FIRMS, "h", codes=["a", "b", "c"])),
        (UnknownStatus, "'b' is not in the list", lambda: summarise_strata(FIRMS, "h", codes=["a"])),
        (MissingValue, "2 units", lambda: summarise_strata(FIRMS.assign(h=["a", "", None, "b"]), "h")),
        (UnknownColumn, "'size'", lambda: summarise_strata(FIRMS, "size")),
        (UnknownColumn, "'staff'", lambda: summarise_strata(FIRMS, "h", size_variable="staff")),
        (MissingValue, "'t' is not a number", lambda: summarise_strata(FIRMS, "h", size_variable="t")),
        (PopulationVaries, "'a' state 2", lambda: summarise_strata(FIRMS, "h", population="x")),
    ],
)
def test_frame_that_cannot_be_summed_up_is_named(error: type[Any], message: str, call: Callable[..., Any]) -> None:
    with pytest.raises(error, match=message):
        call()


def test_frame_without_a_size_says_how_many_firms_there_are_and_no_more() -> None:
    summary = summarise_strata(FIRMS, "h")
    assert (summary.population.tolist(), summary.deviation, summary.size_total) == ([3, 1], None, None)
