"""Counts and rates of cases by group."""

import pandas as pd
import pytest

from survey.methods.active.progress import FLAGS, progress_by, rates_of, speeders

CASES = pd.DataFrame(
    [
        ("n", "complete", 1.0, 500, True),
        ("n", "refusal", 10.0, 5, False),
        ("s", "not_eligible", 10.0, 5, False),
        ("s", "unknown_if_eligible", 10.0, 5, False),
    ],
    columns=["district", "disposition", "weight", "employees", "submitted"],
).assign(**{flag: False for flag in FLAGS if flag not in ("submitted", "sampled")}, sampled=True)


def test_groups_are_counted_and_compared_with_what_was_expected() -> None:
    north, south = progress_by(CASES, "district", expected=0.75)
    assert (north.name, north.sampled, north.submitted, north.planned, north.rr1) == ("n", 2, 1, 1.5, 0.5)
    assert (south.rr1, south.share) == (0.0, 0.0)
    assert north.share == pytest.approx(100 / 1.5)


def test_group_out_of_scope_has_no_rate() -> None:
    assert progress_by(CASES[CASES["disposition"] == "not_eligible"], None, expected=1.0)[0].rr1 is None


def test_rates_are_taken_plain_by_design_and_by_size() -> None:
    found = rates_of(CASES)
    assert found.plain
    assert found.design
    assert found.size
    assert found.plain.rr1 == pytest.approx(1 / 3)
    assert found.design.rr1 == pytest.approx(1 / 21)
    assert found.size.rr1 == pytest.approx(500 / 600)
    assert rates_of(CASES.assign(employees=0)).size is None


def test_fast_ones_took_less_than_a_third_of_the_median() -> None:
    assert speeders(pd.Series([100.0, 600.0, 660.0, 219.0, 900.0])) == 1
    assert speeders(pd.Series([], dtype=float)) == 0
