"""Colours of ordered answers go from cold to warm, with letters that can be read on them."""

import pytest

from survey.exchange.figures.step_colours import DARK, LIGHT, STOPS, ink_on, step_colours


def test_five_steps_are_the_stops_themselves() -> None:
    assert step_colours(5) == STOPS


def test_fewer_or_more_steps_keep_both_ends_and_the_middle() -> None:
    assert step_colours(2) == (STOPS[0], STOPS[-1])
    assert step_colours(3) == (STOPS[0], STOPS[2], STOPS[-1])
    assert (step_colours(9)[0], step_colours(9)[4], step_colours(9)[8]) == (STOPS[0], STOPS[2], STOPS[-1])


def test_step_between_two_stops_is_halfway() -> None:
    assert step_colours(9)[1] == "#6496ba"


def test_single_step_is_the_middle() -> None:
    assert step_colours(1) == (STOPS[2],)


def test_worst_answer_is_warm_wherever_it_stands() -> None:
    assert step_colours(4, is_adverse=False) == step_colours(4)[::-1]


@pytest.mark.parametrize(
    ("colour", "ink"), [("#ffffff", DARK), ("#000000", LIGHT), (STOPS[0], LIGHT), (STOPS[2], DARK)]
)
def test_ink_is_the_one_that_is_read_best(colour: str, ink: str) -> None:
    assert ink_on(colour) == ink
