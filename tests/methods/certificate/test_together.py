from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from survey.instrument.plan.plan import PlannedBlock, Threshold
from survey.instrument.schema import Item, Option, Text
from survey.methods.arrays import Bools
from survey.methods.certificate.from_clearing import view_of
from survey.methods.certificate.item_question import ItemQuestion
from survey.methods.certificate.item_questions import item_questions
from survey.methods.certificate.known_figures import View
from survey.methods.certificate.tempered import NO_FIRM, TemperedWalk
from survey.methods.certificate.together import SeenFigures
from survey.methods.clearing.clearing import cleared_cube, clearing_of
from survey.methods.coding import CHOSEN, NOT_CHOSEN, part_name
from survey.methods.collected import Collected
from survey.methods.extract import Coded, Extract
from survey.methods.production import prepare
from survey.methods.tables.derived import with_derived
from survey.methods.tables.narrowed import with_shares_of_all
from survey.methods.tables.vocabulary import Vocabulary
from survey.terms import IndicatorKind, ItemType, Presentation
from tests.methods.certificate.wave_and_question import cleared_view, derive, rng
from tests.methods.clearing.surveyed import WORDS, collected, prepared
from tests.methods.words import asking

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
    together.take(second, TemperedWalk(second, rng()).run(200, NO_FIRM))
    assert not together.still_tight(first, theme).any()


def test_figures_of_one_item_alone_are_opened_by_its_own_worlds() -> None:
    together, first = SeenFigures(view(), WORDS, derive), question("B1")
    own = tight(first, "B1:share:4+5")
    together.take(question("B2"), TemperedWalk(question("B2"), rng()).run(20, NO_FIRM))
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
        [now] = item_questions(replace(view(), extract=extract), WORDS, derive, only=[item])
        m, d = now.names[0].index(place[0]), now.names[1].index(place[1])
        above, below = (each[0, m, d] for each in now.sums(now.truth[None, :]))
        assert above / below == together.seen[place][0]
        assert (extract.items[item].codes != before.items[item].codes).any()
        for one in item_questions(replace(view(), extract=extract), WORDS, derive):
            assert one.holds(one.truth[None, :]).all()
    low, _high = together.seen[place]
    assert low < 5 / 7


def test_answers_of_several_options_keep_all_that_is_told_from_turn_to_turn() -> None:
    """Which sets of options there are depends on what firms said, so that they are numbered anew at each turn."""
    wave, words = of_options()
    clearing = clearing_of(prepare(wave, words), words)
    held = view_of(clearing, cleared_cube(clearing))

    def derived(extract: Extract) -> Extract:
        return with_shares_of_all(with_derived(extract, words), clearing.planned, words)

    [first] = item_questions(held, words, derived, only=["c"])
    m, d = np.argwhere(first.to_keep)[0].tolist()
    place, extract, sets = (first.names[0][m], first.names[1][d]), held.extract, []
    together = SeenFigures(held, words, derived)
    for turn in range(8):
        extract = together.nearer("c", extract, place, -1.0, -5.0, np.random.default_rng(turn))
        [now] = item_questions(replace(held, extract=extract), words, derived, only=["c"])
        sets.append(now.codes.tolist())
        assert now.holds(now.truth[None, :]).all()
        assert now.sums(now.truth[None, :])[1].tolist() == first.sums(first.truth[None, :])[1].tolist()
        assert extract.domains == held.extract.domains
    assert any(one != first.codes.tolist() for one in sets)


def of_options() -> tuple[Collected, Vocabulary]:
    """The wave with an item of five options, some of them rare."""
    options = tuple(Option(code=f"o{k}", text=Text("", f"Option {k}")) for k in range(5))
    item = Item(code="c", type=ItemType.MULTIPLE, text=Text("", "Choice"), options=options)
    table = PlannedBlock(
        code="chosen", text=Text("", "Chosen"), presentation=Presentation.CHOICES, statistic=IndicatorKind.SHARE,
        item="c",
    )  # fmt: skip
    plan = replace(WORDS.plan, blocks=(*WORDS.plan.blocks, table), threshold=Threshold(firms=10))
    words = replace(WORDS, questionnaire=asking(*WORDS.questionnaire.items.values(), item), plan=plan)
    chance, rows = np.random.default_rng(5), int(FIRMS.sum())
    chosen = {
        part_name("c", f"o{k}"): Coded((chance.random(rows) < share).astype(np.int16), (NOT_CHOSEN, CHOSEN))
        for k, share in enumerate((0.5, 0.3, 0.04, 0.02, 0.02))
    }
    return collected(FIRMS, items={**collected(FIRMS).items, **chosen}), words
