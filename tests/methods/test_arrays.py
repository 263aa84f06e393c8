"""Sums by group are those of each column by itself, whatever the groups."""

import numpy as np
import pytest

from survey.methods.arrays import ColumnsSummed, Ints, followed, sums_by, taken_together
from survey.methods.errors import OutOfRange


@pytest.mark.parametrize("kind", [np.int16, np.int32, np.int64])
def test_columns_are_added_up_as_each_is_by_itself(kind: type) -> None:
    rng = np.random.default_rng(1)
    group: Ints = rng.integers(0, 7, 500).astype(kind)
    columns = [rng.normal(size=500) for _ in range(3)]
    found = ColumnsSummed.of(columns, 500).by(group, 9)
    assert found.tolist() == np.stack([sums_by(group, one, 9) for one in columns], -1).tolist()


def test_rows_are_added_up_with_a_factor_of_their_own() -> None:
    found = ColumnsSummed.of([np.array([1.0, 2, 3])], 3).by(np.array([0, 1, 1]), 2, times=np.array([5.0, 1, -1]))
    assert found.tolist() == [[5.0], [-1.0]]


@pytest.mark.parametrize("group", [2, -1])
def test_group_that_there_is_not_is_refused(group: int) -> None:
    with pytest.raises(OutOfRange, match="There are 2 groups"):
        ColumnsSummed.of([np.ones(2)], 2).by(np.array([0, group]), 2)


def test_nobody_has_sums_of_nothing() -> None:
    assert ColumnsSummed.of([np.zeros(0)] * 2, 0).by(np.zeros(0, np.int64), 3).tolist() == [[0.0, 0.0]] * 3


def test_groups_crossed_in_many_batches_are_added_up_as_those_counted_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two columns, one of them with -1 for no answer."""
    monkeypatch.setattr("survey.methods.arrays.ROWS_AT_ONCE", 100)
    rng = np.random.default_rng(2)
    code, cell = rng.integers(-1, 3, 1000).astype(np.int16), rng.integers(0, 5, 1000)
    columns = [rng.normal(size=1000) for _ in range(2)]
    found = ColumnsSummed.of(columns, 1000).crossed([(code, 5), (cell, 1)], 5, 20)
    expected = [sums_by((code.astype(int) + 1) * 5 + cell, one, 20) for one in columns]
    assert found == pytest.approx(np.stack(expected, -1))


def test_column_without_further_rows_is_the_same_array() -> None:
    column = np.arange(3, dtype=np.int16)
    assert followed(column, -1, 0) is column
    longer = followed(column, -1, 2)
    assert longer.tolist() == [0, 1, 2, -1, -1]
    assert longer.dtype == column.dtype


def test_columns_share_a_pass_as_far_as_their_crossing_has_fewer_places_than_there_are_rows() -> None:
    """Of 3 cells and columns of 7 codes two have 147 places, in 1,176 rows one in eight."""
    widths = {"a": 7, "b": 7, "c": 7}
    assert taken_together(widths, 3, 1176, 2) == [["a", "b"], ["c"]]
    assert taken_together(widths, 3, 1175, 2) == [["a"], ["b"], ["c"]]
    assert taken_together(widths, 3, 8 * 1029, 2) == [["a", "b", "c"]]


def test_columns_of_one_pass_have_the_sums_of_each_by_itself() -> None:
    rng = np.random.default_rng(3)
    cell = rng.integers(0, 4, 900)
    columns: list[tuple[Ints, int]] = [(rng.integers(-1, width - 1, 900).astype(np.int8), width) for width in (3, 2, 5)]
    sums = ColumnsSummed.of([np.ones(900), rng.normal(size=900)], 900)
    for found, (codes, width) in zip(sums.by_codes(columns, cell, 4), columns, strict=True):
        (alone,) = sums.by_codes([(codes, width)], cell, 4)
        np.testing.assert_allclose(found, alone, rtol=1e-12)
        plain = sums.by(cell * width + codes + 1, 4 * width)
        assert alone.reshape(4 * width, 2).tolist() == plain.tolist()
