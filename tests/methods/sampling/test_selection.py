import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.methods.errors import (
    DuplicateUnit,
    EmptyStratum,
    MissingValue,
    OutOfRange,
    PopulationTooSmall,
    UnknownStatus,
    WrongShape,
)
from survey.methods.sampling.selection import (
    Direction,
    draw_random_numbers,
    next_start,
    probabilities_by_size,
    select_by_random_number,
    select_by_size,
    select_systematically,
)

STRATUM = np.array(["a", "b"] * 10)
SIZES = {"a": 3, "b": 4}


def generator(seed=7):
    return np.random.default_rng(seed)


def test_random_numbers_choose_the_first_from_the_start():
    chosen = select_by_random_number(["a"] * 4, [0.1, 0.4, 0.6, 0.9], {"a": 2}, start=0.5).chosen
    assert chosen.tolist() == [False, False, True, True]


def test_random_numbers_go_round_the_circle():
    chosen = select_by_random_number(["a"] * 4, [0.1, 0.4, 0.6, 0.9], {"a": 2}, start=0.7).chosen
    assert chosen.tolist() == [True, False, False, True]


def test_random_numbers_can_be_walked_downwards():
    chosen = select_by_random_number(["a"] * 4, [0.1, 0.4, 0.6, 0.9], {"a": 2}, start=0.5, direction=Direction.DOWN)
    assert chosen.chosen.tolist() == [True, True, False, False]


def test_start_can_differ_by_stratum():
    chosen = select_by_random_number(list("aabb"), [0.1, 0.6] * 2, {"a": 1, "b": 1}, start={"a": 0.0, "b": 0.5}).chosen
    assert chosen.tolist() == [True, False, False, True]


def test_probability_is_sampled_over_population():
    selection = select_by_random_number(STRATUM, draw_random_numbers(20, generator()), SIZES)
    assert selection.probability.tolist() == [0.3, 0.4] * 10
    assert [selection.chosen[code == STRATUM].sum() for code in "ab"] == [3, 4]


def test_larger_sample_from_the_same_start_contains_the_smaller():
    numbers = draw_random_numbers(20, generator())
    small, large = (select_by_random_number(STRATUM, numbers, {"a": n, "b": n}).chosen for n in (3, 6))
    assert (large >= small).all()


@pytest.mark.parametrize("direction", Direction)
@given(seed=st.integers(0, 10_000), start=st.floats(0, 0.999))
def test_next_start_avoids_the_first_survey(direction, seed, start):
    numbers = draw_random_numbers(20, generator(seed))
    first = select_by_random_number(STRATUM, numbers, SIZES, start=start, direction=direction)
    after = next_start(first, STRATUM, numbers, start=start, direction=direction)
    second = select_by_random_number(STRATUM, numbers, {"a": 7, "b": 6}, start=after, direction=direction)
    assert (first.chosen != second.chosen).all()


def test_next_start_stays_where_nothing_was_chosen():
    numbers = [0.1, 0.6, 0.2, 0.3]
    first = select_by_random_number(list("aabb"), numbers, {"a": 0, "b": 1}, start=0.25)
    assert next_start(first, list("aabb"), numbers, start=0.25) == {"a": 0.25, "b": np.nextafter(0.3, 1)}


def test_random_number_selection_does_not_depend_on_row_order():
    numbers, rows = draw_random_numbers(20, generator()), generator(3).permutation(20)
    chosen = select_by_random_number(STRATUM, numbers, SIZES).chosen
    assert (select_by_random_number(STRATUM[rows], numbers[rows], SIZES).chosen == chosen[rows]).all()


def test_equal_random_numbers_are_put_in_order_by_unit():
    chosen = select_by_random_number(["a"] * 3, [0.5] * 3, {"a": 1}, unit=["z", "x", "y"]).chosen
    assert chosen.tolist() == [False, True, False]


def test_systematic_takes_every_interval_in_order():
    order = np.array([3, 1, 0, 2, 5, 4])
    chosen = select_systematically(["a"] * 6, order, {"a": 3}, generator()).chosen
    assert sorted(order[chosen].tolist()) in ([0, 2, 4], [1, 3, 5])


@given(seed=st.integers(0, 10_000), population=st.integers(1, 60), data=st.data())
def test_systematic_sample_has_the_wanted_size_and_even_gaps(seed, population, data):
    size = data.draw(st.integers(1, population))
    chosen = select_systematically(["a"] * population, np.arange(population), {"a": size}, generator(seed)).chosen
    gaps = np.diff(np.flatnonzero(chosen))
    assert chosen.sum() == size
    assert set(gaps) <= {population // size, -(-population // size)}


def test_systematic_selects_every_unit_equally_often():
    draw = generator()
    counts = sum(select_systematically(["a"] * 7, np.arange(7), {"a": 3}, draw).chosen for _ in range(7000))
    assert np.abs(counts / 7000 - 3 / 7).max() < 0.025


def test_probabilities_by_size_take_certainty_units_out():
    assert probabilities_by_size([100.0, 10, 10, 20], 3).tolist() == [1, 0.5, 0.5, 1]


@given(st.lists(st.floats(0.01, 1e6), min_size=2, max_size=30), st.data())
def test_size_sample_has_the_wanted_size_and_all_certain_units(sizes, data):
    count = data.draw(st.integers(1, len(sizes)))
    selection = select_by_size(sizes, count, generator(data.draw(st.integers(0, 99))), shuffle=True)
    assert selection.probability.sum() == pytest.approx(count)
    assert selection.chosen.sum() == count
    assert selection.chosen[selection.probability >= 1].all()


def test_size_sample_selects_in_proportion_to_size():
    draw, sizes = generator(), np.array([1.0, 2, 3, 4])
    counts = sum(select_by_size(sizes, 2, draw).chosen for _ in range(10_000))
    assert np.abs(counts / 10_000 - sizes / 5).max() < 0.02


@pytest.mark.parametrize(
    "draw",
    [
        lambda rng: select_by_size(np.arange(1, 21), 5, rng, shuffle=True),
        lambda rng: select_systematically(STRATUM, np.arange(20), SIZES, rng),
        lambda rng: select_by_random_number(STRATUM, draw_random_numbers(20, rng), SIZES),
    ],
)
def test_same_seed_gives_the_same_sample(draw):
    assert draw(generator()).chosen.tolist() == draw(generator()).chosen.tolist()


@pytest.mark.parametrize(
    ("error", "call"),
    [
        (DuplicateUnit, lambda: select_by_random_number(["a"] * 2, [0.5, 0.5], {"a": 1})),
        (EmptyStratum, lambda: select_by_random_number(["a"], [0.5], {"a": 1, "b": 1})),
        (UnknownStatus, lambda: select_by_random_number(["a", "b"], [0.5, 0.6], {"a": 1})),
        (PopulationTooSmall, lambda: select_by_random_number(["a"], [0.5], {"a": 2})),
        (OutOfRange, lambda: select_by_random_number(["a"], [1.0], {"a": 1})),
        (OutOfRange, lambda: select_by_random_number(["a"], [np.nan], {"a": 1})),
        (WrongShape, lambda: select_by_random_number(["a"], [0.1, 0.2], {"a": 1})),
        (OutOfRange, lambda: select_by_random_number(["a"], [0.1], {"a": 0.5})),
        (OutOfRange, lambda: select_by_random_number(["a"], [0.1], {"a": 1}, start=np.nan)),
        (OutOfRange, lambda: select_by_random_number(["a"], [0.1], {"a": 1}, start=1.5)),
        (UnknownStatus, lambda: select_by_random_number(["a"], [0.1], {"a": 1}, start={"b": 0.5})),
        (UnknownStatus, lambda: select_by_random_number(["a"], [0.1], {"a": 1}, direction="sideways")),
        (MissingValue, lambda: select_by_random_number(["a", None], [0.1, 0.2], {"a": 1})),
        (MissingValue, lambda: select_systematically(["a"] * 2, [1, np.nan], {"a": 1}, generator())),
        (WrongShape, lambda: select_systematically(["a"] * 2, [1], {"a": 1}, generator())),
        (OutOfRange, lambda: probabilities_by_size([1.0, 2.0], 1.5)),
        (OutOfRange, lambda: probabilities_by_size([1.0, 0.0], 1)),
        (PopulationTooSmall, lambda: probabilities_by_size([1.0, 2.0], 3)),
    ],
)
def test_selection_names_what_is_wrong(error, call):
    with pytest.raises(error):
        call()
