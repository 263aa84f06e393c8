import numpy as np

from survey.methods.certificate.amount_stepping import put_amount, walk_amounts
from tests.methods.certificate.amounts_told import asked_of, wave_of
from tests.methods.certificate.wave_and_question import rng

VALUES = np.round(np.exp(rng().normal(3, 0.5, 120)), 1)


def test_sums_and_orders_that_a_walk_carries_along_are_those_of_its_levels() -> None:
    question = asked_of(wave_of(VALUES))
    worlds = question.worlds(np.ones((2, 120), bool))
    walk_amounts(question.board, worlds, np.arange(120), 9, rng().random((2, 400, 2)), False)
    for w, levels in enumerate(worlds.levels):
        amounts = question.columns[0].levels.values[levels, np.arange(120)]
        board = question.board
        for d in range(len(board.low) - 1):
            rows = worlds.order[w, board.first[d] : board.first[d] + board.rows[d]]
            assert (np.diff(amounts[rows]) >= 0).all()
            inside = np.flatnonzero((board.place == d).any(axis=1))
            assert sorted(rows.tolist()) == inside.tolist()
            above = board.above[inside, levels[inside]].sum(axis=0)
            np.testing.assert_allclose(worlds.above[w, d], above, rtol=1e-9, atol=1e-9)


def test_firms_that_stand_still_stay_where_they_are() -> None:
    question = asked_of(wave_of(VALUES))
    free = np.arange(120)[None, :] % 2 == 0
    worlds = question.worlds(free)
    walk_amounts(question.board, worlds, np.arange(120), 9, rng().random((1, 800, 2)), False)
    assert (worlds.levels[0, 1::2] == 0).all()
    assert (worlds.levels[0, ::2] > 0).any()


def test_walk_leads_back_to_what_is_told_after_one_firm_was_put_elsewhere() -> None:
    question = asked_of(wave_of(VALUES))
    largest = int(VALUES.argmax())
    worlds = question.worlds(np.ones((8, 120), bool))
    for w in range(8):
        put_amount(question.board, worlds, w, largest, 3)
        worlds.free[w, largest] = False
    before = worlds.off.sum(axis=1).copy()
    walk_amounts(question.board, worlds, np.arange(120), 9, rng().random((8, 4000, 2)), True)
    assert (worlds.levels[:, largest] == 3).all()
    assert before.max() > 0
    assert worlds.off.sum(axis=1).min() == 0
