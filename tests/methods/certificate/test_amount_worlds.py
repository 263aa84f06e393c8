from dataclasses import replace

import numpy as np

from survey.methods.certificate.amount_check import WorldCheck
from survey.methods.certificate.amount_levels import MULTIPLES
from survey.methods.certificate.amount_worlds import AmountEffort, AmountsFound, Unproved, amount_worlds, take_serving
from survey.methods.certificate.worlds import Effort
from survey.methods.clearing.clearing import clear
from survey.methods.production import prepare
from tests.methods.certificate.amounts_told import asked_of, wave_of
from tests.methods.certificate.wave_and_question import rng
from tests.methods.clearing.surveyed import WORDS

MORE, LESS = MULTIPLES.index(1), MULTIPLES.index(-1)
QUICK = AmountEffort(chains=16, looks=1, rounds=2)


def test_a_firm_is_served_against_those_alone_that_stand_still() -> None:
    unproved = Unproved(asked_of(wave_of(50.0)))
    world = np.zeros(120, np.intp)
    world[0], world[1] = MORE, LESS
    unproved.take(world[None, :])
    left = unproved.left[0, 0]
    # The second knows its own amount, which is another in this world.
    assert np.flatnonzero(left).tolist() == [1]
    world[1] = 0
    unproved.take(world[None, :])
    assert not unproved.left[0, 0].any()
    assert unproved.left[1, 0].any()


def test_a_firm_is_served_against_a_group_where_none_of_its_firms_answered_otherwise() -> None:
    wave = wave_of(50.0)
    group = np.full(wave.collected.sampled, -1)
    group[wave.collected.respondents[[1, 2]]] = 4
    unproved = Unproved(asked_of(replace(wave, collected=replace(wave.collected, enterprise=group))))
    assert not unproved.left[0, 1, 2]
    world = np.zeros(120, np.intp)
    world[0], world[1] = MORE, LESS
    unproved.take(world[None, :])
    assert np.flatnonzero(unproved.left[0, 0]).tolist() == [1, 2]


def test_worlds_that_serve_nobody_who_is_left_are_passed_over() -> None:
    unproved = Unproved(asked_of(wave_of(50.0)))
    world = np.zeros((2, 120), np.intp)
    world[:, 0] = MORE
    assert unproved.helping(world).tolist() == [0]


def test_every_world_gives_the_whole_cube_when_it_is_cleared() -> None:
    wave = wave_of(np.round(np.exp(rng().normal(3, 0.5, 120)), 1))
    question = asked_of(wave)
    worlds = np.concatenate(amount_worlds(question, QUICK, rng()).worlds)
    words = replace(WORDS, plan=replace(WORDS.plan, threshold=replace(WORDS.plan.threshold, firms=10)))
    truth = clear(wave, words).to_dict()
    assert len(worlds) > 20
    for values in question.reported(worlds[::5])["revenue"]:
        again = prepare(replace(wave.collected, values={"revenue": values}), words)
        assert clear(again, words).to_dict() == truth


def test_effort_follows_that_of_answers() -> None:
    assert AmountEffort.of(Effort()) == AmountEffort(chains=64, looks=1, rounds=32)


def test_the_world_that_serves_most_is_taken_first() -> None:
    unproved = Unproved(asked_of(wave_of(50.0)))
    worlds = np.zeros((3, 120), np.intp)
    worlds[0, 0] = worlds[1, :40] = worlds[2, 1:3] = MORE
    # By the second all 40 are left against one another: the third serves two of them against 38, the first one.
    assert unproved.helping(worlds).tolist() == [1, 2, 0]
    assert unproved.helping(worlds, 50).tolist() == [1, 2]


def test_a_world_of_before_is_found_again_by_whose_amount_it_changes() -> None:
    question = asked_of(wave_of(np.round(np.exp(rng().normal(3, 0.5, 120)), 1)))
    found = amount_worlds(question, QUICK, rng())
    world = found.like(1, 7)
    assert world is not None
    assert np.sign(MULTIPLES[world[7]]) == -1
    assert found.number == sum(len(worlds) for worlds in found.worlds)


def test_where_a_world_falls_others_that_serve_the_same_firms_are_looked_at() -> None:
    question = asked_of(wave_of(np.round(np.exp(rng().normal(3, 0.5, 120)), 1)))
    found = AmountsFound(
        worlds=[], unproved=Unproved(question), check=WorldCheck(question.amounts, [question.columns[0].told])
    )
    fine = amount_worlds(question, replace(QUICK, rounds=0), rng()).worlds[0][0]
    # Who answered more answers very much more: the same firms are served, but other totals come of it.
    falls = np.where(np.sign(np.array([*MULTIPLES, 0]))[fine] > 0, MULTIPLES.index(8), fine)
    take_serving(question, found, np.stack([falls, fine]), 1)
    assert np.concatenate(found.worlds).tolist() == [fine.tolist()]
    assert found.unproved.serve(np.stack([falls, fine])).tolist() == [0, 0]
