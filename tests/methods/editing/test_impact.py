import numpy as np
import pytest

from survey.methods.editing.impact import Anticipated, anticipate, score_answers, suspicious
from survey.methods.errors import WrongShape

NAN = np.nan


def floats(*values: float) -> np.ndarray:
    return np.array(values, float)


def told(values: np.ndarray, *, is_from_last: bool = True) -> Anticipated:
    return Anticipated(value=values, is_from_last=np.full(len(values), is_from_last))


def test_last_answer_is_carried_on_with_the_median_change() -> None:
    found = anticipate(floats(20, 44, 60, 5), floats(10, 20, 30, NAN), np.array([0, 0, 0, 0]))
    # Ratios 2, 2.2 and 2: the median change is 2.
    assert found.value[:3].tolist() == [20.0, 40.0, 60.0]
    assert found.is_from_last.tolist() == [True, True, True, False]


def test_new_firm_is_expected_at_the_median_of_its_class_or_of_all() -> None:
    values, nothing = floats(1, 2, 9, 100, 200, NAN), np.full(6, NAN)
    found = anticipate(values, nothing, np.array([0, 0, 0, 1, 1, 1]))
    # Class 1 has two answers, too few: the median of all five is 9.
    assert found.value.tolist() == [2.0, 2.0, 2.0, 9.0, 9.0, 9.0]


def test_score_is_the_part_of_the_total_at_stake() -> None:
    values, weight = floats(10, 30, NAN), floats(2, 1, 5)
    scored = score_answers(values, weight, anticipate(values, floats(10, 20, 7), np.array([0, 0, 0])))
    # T = 2 x 10 + 30 = 50; the second is 10 away from what was anticipated, with weight 1.
    assert scored.score.tolist() == [0.0, 10 / 50, 0.0]


def test_answer_a_thousand_times_too_large_is_suspicious() -> None:
    last = floats(*range(10, 31))
    values = last * np.linspace(0.9, 1.1, len(last))
    values[4] *= 1000
    assert np.flatnonzero(suspicious(values, told(last))).tolist() == [4]


def test_what_came_or_went_since_the_last_wave_is_suspicious() -> None:
    assert suspicious(floats(0, 5, 0), told(floats(3, 0, 0))).tolist() == [True, True, False]


def test_nothing_is_not_suspicious_because_others_of_the_class_have_something() -> None:
    assert not suspicious(floats(0, 5, 0), told(floats(3, 3, 3), is_from_last=False)).any()


def test_where_all_agree_nothing_is_suspicious() -> None:
    assert not suspicious(floats(1, 2, 3, 4), told(floats(2, 4, 6, 8))).any()


def test_score_does_not_depend_on_the_unit() -> None:
    values, weight, last = floats(10, 30, 7), floats(2, 1, 5), floats(9, 20, NAN)
    group = np.array([0, 0, 0])
    one, other = (score_answers(f * values, weight, anticipate(f * values, f * last, group)) for f in (1, 1000))
    assert np.allclose(one.score, other.score)


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(WrongShape):
        anticipate(floats(1, 2), floats(1), np.array([0, 0]))
