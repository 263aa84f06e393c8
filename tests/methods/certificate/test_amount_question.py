import numpy as np
import pytest

from survey.methods.certificate.amount_check import WorldCheck
from survey.methods.certificate.amount_stepping import walk_amounts
from survey.methods.production import Prepared
from tests.methods.certificate.amounts_told import asked_of, wave_of
from tests.methods.certificate.wave_and_question import rng


@pytest.fixture(scope="module")
def wave() -> Prepared:
    return wave_of(np.round(np.exp(rng().normal(3, 0.5, 120)), 1))


def test_truth_is_what_is_told(wave: Prepared) -> None:
    question = asked_of(wave)
    assert question.worlds(np.ones((1, 120), bool)).off.sum() == 0
    truth = question.reported(question.truth[None, :])
    assert WorldCheck(question.amounts, [question.columns[0].told]).alike(truth).tolist() == [True]


def test_most_worlds_of_a_walk_hold_when_they_are_cleared(wave: Prepared) -> None:
    question = asked_of(wave)
    worlds = question.worlds(rng().random((24, 120)) < 0.5)
    walk_amounts(question.board, worlds, np.arange(120), 5, rng().random((24, 600, 2)), False)
    answers = question.answers(worlds)
    assert (answers > 0).mean() > 0.1
    check = WorldCheck(question.amounts, [question.columns[0].told])
    assert check.alike(question.reported(answers)).mean() > 0.5
