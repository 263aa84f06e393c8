"""Weights of a random follow-up sample of the silent: by hand, what is kept, and no bias where silence is selective."""

import numpy as np
import pytest

from survey.methods.weights.fieldwork import Fieldwork
from survey.methods.weights.follow_up import DRAWN, LEFT, follow_up_factors
from survey.methods.weights.merging import Places
from survey.methods.weights.plan import WeightingPlan
from survey.methods.weights.spine import weigh_as

# Ten firms of weight 4: four answered, one refused, five were silent; of these two were drawn and one of them answered.
PART = np.array([0, 0, 0, 0, 0, DRAWN, DRAWN, LEFT, LEFT, LEFT])
ANSWERS = np.array([True] * 4 + [False, True] + [False] * 4)
ONE_CLASS, WEIGHT, ALL = np.zeros(10, int), np.full(10, 4.0), np.ones(10)


def _factors(part: np.ndarray = PART, answers: np.ndarray = ANSWERS) -> np.ndarray:
    return follow_up_factors(WEIGHT, ALL, answers, part, ONE_CLASS, np.full(10, 2.0))


def test_answer_of_a_drawn_firm_stands_for_all_that_were_silent() -> None:
    # The refusal is shared: 10 firms over the 9 that answered or were silent.
    assert _factors()[ANSWERS] == pytest.approx([10 / 9] * 4 + [5 * 10 / 9])


def test_weights_add_up_to_the_class() -> None:
    unasked = ANSWERS | (np.arange(10) == 9)
    assert (WEIGHT * _factors(answers=unasked))[unasked].sum() == pytest.approx(40)


def test_firm_that_answers_unasked_counts_once() -> None:
    unasked = ANSWERS | (np.arange(10) == 9)
    factor = _factors(answers=unasked)
    assert factor[[0, 5, 9]] == pytest.approx([10 / 9, 4 * 10 / 9, 10 / 9])


def test_class_without_an_answer_of_a_drawn_firm_is_as_without_a_follow_up() -> None:
    assert _factors(answers=ANSWERS & (PART == 0))[0] == 2.0


def test_follow_up_takes_the_bias_of_selective_silence_away() -> None:
    """Firms with the mark answer in 80 %, the others in 40 %; all that are followed up answer. 400 samples."""
    rng = np.random.default_rng(3)
    population = np.arange(2000) < 800
    plain, followed = [], []
    for _ in range(400):
        firms = rng.choice(2000, 200, replace=False)
        marked = population[firms]
        early = rng.random(200) < np.where(marked, 0.8, 0.4)
        silent = np.flatnonzero(~early)
        part = np.where(early, 0, LEFT)
        part[rng.choice(silent, len(silent) // 3, replace=False)] = DRAWN
        plain.append(marked[early].mean())
        answers = early | (part == DRAWN)
        fieldwork = Fieldwork(
            strata=("one",),
            places=Places(np.array([0]), np.array([0])),
            stratum=np.zeros(200, int),
            design_weight=np.full(200, 10.0),
            disposition=np.where(answers, "complete", "non_contact"),
            respondents=np.flatnonzero(answers),
            second_phase=part,
        )
        weights = weigh_as(fieldwork, WeightingPlan(calibration=None))
        assert weights.weight.sum() == pytest.approx(2000)
        followed.append(float(weights.weight @ marked[answers]) / 2000)
    assert np.mean(plain) == pytest.approx(0.57, abs=0.01)
    assert np.mean(followed) == pytest.approx(0.4, abs=0.005)
    # Hansen and Hurwitz (1946): S2/n (1 - f) + W2 (k - 1)/n S2 of the silent.
    silent_share, of_silent = 0.44, 0.08 / 0.44
    by_formula = 0.24 / 200 * 0.9 + silent_share * 2 / 200 * of_silent * (1 - of_silent)
    assert np.std(followed) == pytest.approx(np.sqrt(by_formula), rel=0.1)
