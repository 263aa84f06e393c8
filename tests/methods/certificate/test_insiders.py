from dataclasses import replace

import numpy as np
import pytest

from survey.methods.arrays import Ints
from survey.methods.certificate import insiders
from survey.methods.certificate.insiders import against_insiders
from survey.methods.certificate.served import Unserved, served
from survey.methods.certificate.worlds import Effort
from tests.methods.certificate.wave_and_question import rng, yes_or_no

HALF = yes_or_no([0, 1] * 6, [0.5], [0.5])
TRUTH = HALF.truth[None, :]
EFFORT = Effort(rounds=40, halves=6, aims=8)


def test_halves_that_stand_still_serve_every_firm_against_every_insider() -> None:
    worlds = against_insiders(HALF, TRUTH, replace(EFFORT, aims=0, halves=20), rng())
    assert served(HALF, worlds).all()
    assert HALF.holds(worlds).all()


def test_firms_that_are_aimed_at_one_by_one_are_served_against_every_insider() -> None:
    worlds = against_insiders(HALF, TRUTH, replace(EFFORT, halves=0), rng())
    assert served(HALF, worlds).all()
    assert HALF.holds(worlds).all()


def test_every_firm_is_served_against_groups_that_know_the_answers_of_all_their_firms() -> None:
    groups = replace(HALF, unit=np.array([0, 0, 0, 3, 3, 5, 6, 7, 8, 9, 10, 11]))
    for effort in (replace(EFFORT, aims=0, halves=20), replace(EFFORT, halves=0)):
        worlds = against_insiders(groups, TRUTH, effort, rng())
        assert served(groups, worlds).all()


def test_every_option_of_an_answer_is_served() -> None:
    both = replace(HALF, parts=("q__a", "q__b"), codes=np.array([[0, 1], [1, 0]]))
    assert served(both, against_insiders(both, TRUTH, EFFORT, rng())).all()


def test_no_world_is_claimed_where_none_can_be() -> None:
    everybody = yes_or_no([1] * 12, [0.95], [1.0])
    assert against_insiders(everybody, everybody.truth[None, :], EFFORT, rng()).shape == (0, 12)


def test_nothing_is_looked_for_where_everybody_is_served() -> None:
    others = np.array([np.roll(HALF.truth, turn) for turn in range(1, 12)])
    # One firm at a time answers otherwise, and one beside it makes up for it: another pair in another world.
    pairs = [(a, b) for a in range(12) for b in range(12) if HALF.truth[a] < HALF.truth[b]]
    worlds = np.repeat(TRUTH, len(pairs), axis=0)
    for world, pair in zip(worlds, pairs, strict=True):
        world[list(pair)] = world[list(pair)][::-1]
    assert served(HALF, worlds).all()
    assert against_insiders(HALF, np.concatenate([worlds, others]), EFFORT, rng()).shape == (0, 12)


def test_only_worlds_that_serve_somebody_are_kept() -> None:
    assert len(against_insiders(HALF, TRUTH, EFFORT, rng())) < 12 * 12


def test_search_ends_at_the_first_answer_that_cannot_be_served_where_this_is_enough_to_know() -> None:
    """A firm of weight 10 cannot answer otherwise; of the others each is served."""
    heavy = yes_or_no([1, *[0, 1] * 5], [0.7], [0.8], weight=[10.0, *[1.0] * 10])
    few = replace(EFFORT, halves=0)
    whole, quick = (against_insiders(heavy, heavy.truth[None, :], few, rng(), quick=one) for one in (False, True))
    assert len(quick) <= len(whole)
    assert not served(heavy, whole)[0, 0]
    assert served(heavy, whole)[0, 1:].all()


def test_half_of_the_firms_stand_still_in_a_world_that_serves_against_them() -> None:
    """Of 60 firms, where all could move, about half would answer otherwise in a world; here it is about a quarter."""
    many = yes_or_no([0, 1] * 30, [0.4], [0.6])
    worlds = against_insiders(many, many.truth[None, :], replace(EFFORT, aims=0, halves=3), rng())
    assert len(worlds) > 20
    assert float((worlds != many.truth).mean()) < 0.35


def test_answers_are_not_looked_for_one_by_one_after_so_many_could_not_be_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    everybody, aimed = yes_or_no([1] * 40, [0.95], [1.0], weight=[2.0] * 40), []
    take = Unserved.take

    def counted(unserved: Unserved, worlds: Ints) -> Ints:
        aimed.append(len(worlds))
        return take(unserved, worlds)

    monkeypatch.setattr(Unserved, "take", counted)
    effort = Effort(rounds=10, halves=0, aims=3)
    told_exactly = replace(everybody, low=np.full((1, 2), 1.0), high=np.full((1, 2), 1.0))
    for quick, firms in ((False, insiders.MOST_LOST), (True, 1)):
        aimed.clear()
        against_insiders(told_exactly, everybody.truth[None, :], effort, rng(), quick=quick)
        assert aimed == [0] * 3 * firms


def test_walks_of_halves_end_where_few_are_left_that_are_aimed_at_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    for few in (0, 12):
        monkeypatch.setattr(insiders, "ONE_BY_ONE", few)
        unserved = Unserved(HALF, TRUTH)
        list(insiders._halved(HALF, unserved, EFFORT, rng()))
        made.append(len(unserved.part))
    assert made == [0, 12]
