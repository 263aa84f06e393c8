"""What answers are worth by their weights, worked by hand."""

from dataclasses import replace
from math import inf

import numpy as np
import pytest

from survey.methods.clearing.clearing import clearing_of
from survey.methods.clearing.worth import worth_of
from survey.methods.production import prepare
from survey.methods.tables.domain import domain_of
from tests.methods.clearing.surveyed import WORDS, collected


def test_answers_of_equal_weight_are_worth_more_by_the_part_that_was_drawn() -> None:
    """160 firms of weight 2: half of the frame was drawn, so they are worth 160 / (1 - 1/2)."""
    found = clearing_of(prepare(collected([[20, 20]] * 4), WORDS), WORDS).decisions["B1"].worth
    assert (found.answers[0], found.kish[0], found.df[0]) == pytest.approx((320, 160, 152))


def test_answers_of_unequal_weight_are_worth_less() -> None:
    """Twenty firms of 1 and twenty of 4 in B: 100^2 / (20 + 320) by weights; the first are no chance, so 10,000 / 240."""
    wave = collected([[20, 20]] * 4)
    weight = np.where(wave.domains["size"].codes == 0, 1.0, 4.0)
    found = clearing_of(prepare(replace(wave, design_weight=weight), WORDS), WORDS)
    place = found.cube.number[domain_of(industry="B")]
    worth = found.decisions["B1"].worth
    assert (worth.kish[place], worth.answers[place]) == pytest.approx((10_000 / 340, 10_000 / 240))
    assert worth.answers[found.cube.number[domain_of(size="small")]] == inf


def test_firms_that_stand_for_less_than_themselves_are_no_chance() -> None:
    """Calibration left .5 to the firms of a size; the 80 others, of 2, are half of theirs: 200^2 / (80 x 4 / 2)."""
    prepared = prepare(collected([[20, 20]] * 4), WORDS)
    firms = prepared.extract.responding
    weight = np.where(firms.domains["size"].codes == 0, 0.5, 2.0)
    cube = clearing_of(prepared, WORDS).cube
    found = worth_of(replace(firms, weight=weight), cube, np.ones(len(weight), dtype=bool), weight)
    assert found.answers[0] == pytest.approx(200**2 / 160)
