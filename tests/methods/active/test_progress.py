"""Counts and rates of cases by group."""

import pandas as pd
import pytest

from survey.methods.active.progress import FLAGS, progress_by, rates_of, speeders

CASES = pd.DataFrame(
    [
        ("n", "complete", 1, 1.0, 500.0, True),
        ("n", "refusal", 1, 10.0, 50.0, False),
        ("s", "not_eligible", 1, 10.0, 50.0, False),
        ("s", "unknown_if_eligible", 2, 20.0, 100.0, False),
    ],
    columns=["district", "disposition", "count", "weight", "size", "submitted"],
).assign(**{flag: False for flag in FLAGS if flag != "submitted"})
"""Five cases, of which the last two stand alike."""


def test_groups_are_counted_and_compared_with_what_was_expected() -> None:
    north, south = progress_by(CASES, "district", expected=0.75)
    assert (north.name, north.sampled, north.submitted, north.planned, north.rr1) == ("n", 2, 1, 1.5, 0.5)
    assert (south.sampled, south.planned, south.rr1, south.share) == (3, 2.25, 0.0, 0.0)
    assert north.share == pytest.approx(100 / 1.5)


def test_bar_of_more_answers_than_expected_ends_at_its_frame() -> None:
    assert progress_by(CASES, "district", expected=0.25)[0].share == 100


def test_flag_of_a_row_counts_all_its_cases() -> None:
    whole = progress_by(CASES.assign(written_to=True), None, expected=1.0)[0]
    assert (whole.sampled, whole.written_to, whole.submitted) == (5, 5, 1)


def test_no_case_is_no_group_and_an_empty_whole() -> None:
    nobody = CASES.iloc[:0]
    assert progress_by(nobody, "district", expected=1.0) == []
    assert (progress_by(nobody, None, expected=1.0)[0].sampled, rates_of(nobody).plain) == (0, None)


def test_group_out_of_scope_has_no_rate() -> None:
    assert progress_by(CASES[CASES["disposition"] == "not_eligible"], None, expected=1.0)[0].rr1 is None


def test_rates_are_taken_plain_by_design_and_by_size() -> None:
    found = rates_of(CASES)
    assert found.plain
    assert found.design
    assert found.size
    assert found.plain.rr1 == pytest.approx(1 / 4)
    assert found.design.rr1 == pytest.approx(1 / 31)
    assert found.size.rr1 == pytest.approx(500 / 650)
    assert rates_of(CASES.assign(size=0.0)).size is None


def test_fast_ones_took_less_than_a_third_of_the_median() -> None:
    assert speeders(pd.Series([199.0, 600.0, 660.0, 200.0, 900.0])) == 1
    assert speeders(pd.Series([], dtype=float)) == 0
