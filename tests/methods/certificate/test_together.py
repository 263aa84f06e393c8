from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from survey.methods.arrays import Bools
from survey.methods.certificate.item_question import ItemQuestion
from survey.methods.certificate.item_questions import item_questions
from survey.methods.certificate.known_figures import View
from survey.methods.certificate.tempered import NOBODY, TemperedWalk
from survey.methods.certificate.together import SeenFigures
from tests.methods.certificate.wave_and_question import cleared_view, derive, rng
from tests.methods.clearing.surveyed import WORDS, prepared

FIRMS = np.array([[25, 4], [25, 3], [25, 25], [25, 25]])
"""The seven large firms of one sector are withheld, and other groups with them."""
THEME = "core_theme:share:1"


@cache
def view() -> View:
    return cleared_view(prepared(FIRMS))


def question(item: str) -> ItemQuestion:
    [found] = item_questions(view(), WORDS, derive, only=[item])
    return found


def tight(asked: ItemQuestion, statistic: str) -> Bools:
    """Every withheld figure of a statistic."""
    row = np.array([name == statistic for name in asked.names[0]])
    found: Bools = asked.to_keep & row[:, None]
    assert found.any()
    return found


def test_figures_of_several_items_are_known_by_these() -> None:
    items = SeenFigures(view(), WORDS, derive).items
    assert items[THEME] == ("B1", "B2")
    assert "B1:share:4+5" not in items


def test_worlds_of_one_item_count_for_the_theme_as_another_moves_it() -> None:
    together, first, second = SeenFigures(view(), WORDS, derive), question("B1"), question("B2")
    theme = tight(first, THEME)
    together.take(first, first.truth[None, :])
    assert (together.still_tight(first, theme) == theme).all()
    together.take(second, TemperedWalk(second, rng()).run(200, NOBODY))
    assert not together.still_tight(first, theme).any()


def test_figures_of_one_item_alone_are_opened_by_its_own_worlds() -> None:
    together, first = SeenFigures(view(), WORDS, derive), question("B1")
    own = tight(first, "B1:share:4+5")
    together.take(question("B2"), TemperedWalk(question("B2"), rng()).run(20, NOBODY))
    assert (together.still_tight(first, own) == own).all()
    assert not together.opened(first, own, rng()).any()


def test_items_of_a_theme_that_change_in_turn_keep_it_open() -> None:
    first = question("B1")
    assert not SeenFigures(view(), WORDS, derive).opened(first, tight(first, THEME), rng()).any()


def test_figure_that_follows_from_others_is_led_to_what_it_is_to_keep() -> None:
    together, place = SeenFigures(view(), WORDS, derive), (THEME, "sector=goods,size=large")
    together.take(question("B1"), question("B1").truth[None, :])
    assert together.width(place) == 0
    assert together.led(place, 2 / 7, ["B1", "B2"], rng())
    assert together.width(place) == pytest.approx(2 / 7)


def test_figure_is_not_led_past_what_all_that_is_told_leaves_open() -> None:
    together, place = SeenFigures(view(), WORDS, derive), (THEME, "sector=services,size=large")
    together.take(question("B1"), question("B1").truth[None, :])
    assert not together.led(place, 0.5, ["B1", "B2"], rng())


def test_all_that_is_told_stays_while_items_change_in_turn() -> None:
    together, place = SeenFigures(view(), WORDS, derive), (THEME, "sector=goods,size=large")
    extract = view().extract
    for item in ("B1", "B2"):
        before = extract
        extract = together.nearer(item, before, place, -1.0, 0.0, rng())
        assert (extract.items[item].codes != before.items[item].codes).any()
        for one in item_questions(replace(view(), extract=extract), WORDS, derive):
            assert one.holds(one.truth[None, :]).all()
    low, _high = together.seen[place]
    assert low < 5 / 7
