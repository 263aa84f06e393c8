from typing import Any

import numpy as np
import pytest

from survey.methods.protection import determinacy
from survey.methods.protection.determinacy import free_unknowns, null_space


def entries_of(matrix: Any) -> Any:
    return [(int(r), int(c), float(matrix[r, c])) for r, c in zip(*np.nonzero(matrix), strict=True)]


def test_null_space_of_a_sum() -> None:
    basis = null_space(np.array([[1.0, 1.0, 1.0]]))
    assert basis.shape == (3, 2)
    np.testing.assert_allclose(basis.sum(axis=0), 0, atol=1e-12)


def test_unknown_fixed_by_two_sums() -> None:
    # a + b = 1 and a + b + c = 2 fix c alone
    matrix = np.array([[1.0, 1, 0], [1, 1, 1]])
    assert free_unknowns(entries_of(matrix), matrix.shape).tolist() == [True, True, False]


@pytest.mark.parametrize("seed", range(5))
def test_projection_agrees_with_singular_values(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = np.random.default_rng(seed)
    matrix = (draw.random((60, 130)) < 0.03).astype(float)
    matrix[:20, :20] += np.eye(20)
    matrix[-1] = np.eye(130)[-1]
    by_projection = free_unknowns(entries_of(matrix), matrix.shape)
    monkeypatch.setattr(determinacy, "DENSE_UP_TO", 1000)
    assert by_projection.tolist() == free_unknowns(entries_of(matrix), matrix.shape).tolist()
    assert not by_projection[-1]
