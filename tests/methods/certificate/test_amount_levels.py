from dataclasses import replace

import numpy as np

from survey.instrument.plan.plan import AnalysisPlan
from survey.instrument.schema import EditRule, Item, Page, Questionnaire, Section, Text
from survey.methods.certificate.amount_levels import MULTIPLES, bounds_of, grain, levels_of
from survey.methods.tables.vocabulary import Vocabulary
from survey.terms import EditLevel, ItemType
from tests.methods.certificate.amounts_told import PART, wave_of
from tests.methods.clearing.surveyed import WORDS

MORE, LESS = MULTIPLES.index(1), MULTIPLES.index(-1)


def levels(values: list[float], words: Vocabulary = WORDS) -> tuple[list[float], list[float], list[bool], list[bool]]:
    """More and less of each of these amounts, and whether they could be."""
    wave = wave_of(np.resize(values, 120))
    found = levels_of(wave.extract, words, "revenue", words.item("revenue"), PART)
    few = len(values)
    more, less = (found.values[k, :few].tolist() for k in (MORE, LESS))
    return more, less, *(found.possible[:few, k].tolist() for k in (MORE, LESS))


def test_an_amount_is_another_where_it_is_as_far_away_as_its_protection_asks() -> None:
    assert levels([100.0, 25.0]) == ([110.0, 28.0], [90.0, 22.0], [True, True], [True, True])


def test_beside_nothing_an_amount_is_a_part_of_what_others_have() -> None:
    more, less, can_more, can_less = levels([0.0, 40.0, 60.0])
    assert (more[0], can_more[0], less[0], can_less[0]) == (5.0, True, -5.0, False)


def test_answers_keep_the_digits_that_firms_gave() -> None:
    assert [grain(np.array(values)) for values in ([3.0, 120.0], [0.5, 2.0], [0.25])] == [1.0, 0.1, 0.01]


def test_an_amount_stays_within_what_its_question_takes() -> None:
    item = Item(code="x", type=ItemType.PERCENTAGE, text=Text(), minimum=5)
    assert bounds_of(item, np.array([50.0])) == (5, 100.0)
    money = Item(code="x", type=ItemType.MONEY, text=Text())
    assert [bounds_of(money, np.array([value]))[0] for value in (1.0, -1.0)] == [0.0, -np.inf]


def test_an_amount_that_decides_who_is_asked_next_stays_on_its_side() -> None:
    revenue = Item(code="revenue", type=ItemType.MONEY, text=Text())
    follows = Item(code="next", type=ItemType.MONEY, text=Text(), relevant="${revenue} > 21")
    assert levels([20.0, 22.0, 50.0], asking(revenue, follows))[2:] == ([False, True, True], [True, False, True])


def test_no_rule_is_broken_that_was_met() -> None:
    revenue = Item(code="revenue", type=ItemType.MONEY, text=Text())
    rule = EditRule(code="r", level=EditLevel.HARD, items=("revenue",), condition="${revenue} <= 52", message=Text())
    # What broke it may do so still, or meet it.
    assert levels([50.0, 55.0], asking(revenue, rules=(rule,)))[2:] == ([False, True], [True, True])


def asking(*items: Item, rules: tuple[EditRule, ...] = ()) -> Vocabulary:
    sections = (Section(code="s", title=Text(), pages=(Page(code="p", title=Text(), items=items),)),)
    asked = Questionnaire(code="q", title=Text(), sections=sections, edit_rules=rules)
    return replace(WORDS, questionnaire=asked, plan=AnalysisPlan())
