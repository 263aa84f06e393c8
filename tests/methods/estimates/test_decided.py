import numpy as np
import pytest

from survey.methods.errors import MissingValue
from survey.methods.estimates.decided import decided
from survey.methods.extract import Coded

SCALE = ("1", "2", "3", "4", "5", "na", "dk")
SERIOUS = ("4", "5")


def column(*answers: str) -> Coded:
    return Coded(np.array([SCALE.index(one) if one else -1 for one in answers]), SCALE)


def test_one_mark_decides_whatever_is_missing() -> None:
    assert decided([column("5", "", "1"), column("", "4", "")], SERIOUS).codes.tolist() == [1, 1, -1]


def test_none_is_only_known_where_all_items_are_answered() -> None:
    assert decided([column("1", "1", "na"), column("2", "", "na")], SERIOUS).codes.tolist() == [0, -1, 0]


def test_code_that_leaves_it_open_is_no_answer() -> None:
    assert decided([column("1", "5"), column("dk", "dk")], SERIOUS, leaves_open=["dk"]).codes.tolist() == [-1, 1]


def test_item_that_was_not_asked_leaves_nothing_open() -> None:
    asked = np.array([[True, False], [False, False]])
    assert decided([column("1", ""), column("", "")], SERIOUS, asked=asked).codes.tolist() == [0, -1]


def test_answering_more_items_never_takes_a_firm_out_of_the_base() -> None:
    rng = np.random.default_rng(7)
    full = [Coded(rng.integers(0, 6, 200), SCALE) for _ in range(4)]
    gaps = [Coded(np.where(rng.random(200) < 0.3, -1, one.codes), SCALE) for one in full]
    before, after = decided(gaps, SERIOUS).codes, decided(full, SERIOUS).codes
    assert (after >= 0).all()
    assert (before[before >= 0] == after[before >= 0]).all()


def test_theme_without_items_is_refused() -> None:
    with pytest.raises(MissingValue, match="without items"):
        decided([], SERIOUS)
