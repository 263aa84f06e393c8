from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from survey.methods.protection.suppression import Relation, complete_suppression, determined


def enough(firms: Any, threshold: Any) -> Any:
    return lambda relation, parts: not relation.of_firms or sum(firms[part] for part in parts) >= threshold


def complete(firms: Any, primary: Any, relations: Any, threshold: int = 10) -> Any:
    return complete_suppression(firms, primary, relations, enough(firms, threshold))


def test_single_withheld_part_takes_the_smallest_other_part_along() -> None:
    assert complete([62, 4, 40, 18], {1}, [Relation(whole=0, parts=(1, 2, 3))]) == {3}


def test_thin_remainder_takes_a_further_part_along() -> None:
    assert complete([65, 2, 3, 40, 20], {1, 2}, [Relation(whole=0, parts=(1, 2, 3, 4))]) == {4}


def test_thick_remainder_needs_nothing_more() -> None:
    assert complete([52, 6, 6, 40], {1, 2}, [Relation(whole=0, parts=(1, 2, 3))]) == set()


def test_whole_is_withheld_when_its_only_live_part_is() -> None:
    assert complete([12, 12, 0, 50, 38], {1}, [Relation(whole=0, parts=(1, 2)), Relation(whole=3, parts=(0, 4))]) == {
        0,
        4,
    }


def test_withheld_group_takes_all_its_parts_along() -> None:
    assert complete([39, 20, 19], {0}, [Relation(whole=0, parts=(1, 2))]) == {1, 2}


def test_withheld_sum_of_options_takes_its_smallest_part_along() -> None:
    assert complete([39, 20, 19], {0}, [Relation(whole=0, parts=(1, 2), of_firms=False)]) == {2}


def test_options_adding_to_one_need_two_withheld() -> None:
    assert complete([50, 50, 50], {2}, [Relation(whole=None, parts=(0, 1, 2), of_firms=False)]) == {0}


def test_equal_sizes_are_withheld_in_order() -> None:
    assert complete([44, 4, 20, 20], {1}, [Relation(whole=0, parts=(1, 2, 3))]) == {2}


def square(rows: Any, columns: Any) -> Any:
    cell = {(r, c): r * columns + c for r in range(rows) for c in range(columns)}
    by_row = [Relation(whole=None, parts=tuple(cell[r, c] for c in range(columns))) for r in range(rows)]
    by_column = [Relation(whole=None, parts=tuple(cell[r, c] for r in range(rows))) for c in range(columns)]
    return cell, by_row + by_column


def test_square_of_withheld_cells_is_not_determined() -> None:
    cell, relations = square(3, 3)
    assert determined(relations, [cell[0, 0], cell[0, 1], cell[1, 0], cell[1, 1]]) == []


def test_bridge_between_two_squares_is_determined_and_gets_a_companion() -> None:
    cell, relations = square(5, 5)
    corners = [cell[r, c] for r, c in [(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3)]]
    bridge = cell[1, 2]
    assert determined(relations, [*corners, bridge]) == [bridge]
    hidden = {*corners, bridge} | complete([50] * 25, [*corners, bridge], relations)
    assert determined(relations, hidden) == []


@given(st.integers(2, 5), st.integers(2, 5), st.data())
def test_completed_two_way_tables_determine_nothing(rows: Any, columns: Any, data: Any) -> None:
    counts = data.draw(st.lists(st.integers(0, 30), min_size=rows * columns, max_size=rows * columns))
    grid = np.array(counts).reshape(rows, columns)
    padded = np.zeros((rows + 1, columns + 1), int)
    padded[1:, 1:], padded[1:, 0], padded[0, 1:], padded[0, 0] = grid, grid.sum(1), grid.sum(0), grid.sum()
    at = np.arange(padded.size).reshape(padded.shape)
    relations = [Relation(whole=int(line[0]), parts=tuple(line[1:].tolist())) for line in [*at, *at.T]]
    firms = padded.ravel().tolist()
    primary = {k for k, n in enumerate(firms) if 0 < n < 10}
    hidden = primary | complete(firms, primary, relations)
    assert determined(relations, hidden) == []
    assert all(firms[k] > 0 for k in hidden)
    assert hidden == primary | complete(firms, primary, relations)
