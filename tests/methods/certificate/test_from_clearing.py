"""What a cut tells where figures stayed as they were in an earlier one."""

from dataclasses import replace

import numpy as np

from survey.methods.certificate.certificate import Rung
from survey.methods.certificate.from_clearing import figures_shown_otherwise, view_of
from survey.methods.certificate.item_questions import item_questions
from survey.methods.certificate.known_figures import KnownFigure, View
from survey.methods.certificate.rungs import ALONE, tightened
from survey.methods.clearing.clearing import cleared_cube, clearing_of
from survey.methods.clearing.differences import EarlierCut
from survey.methods.collected import Collected
from survey.methods.production import prepare
from tests.methods.certificate.wave_and_question import derive
from tests.methods.clearing.surveyed import WORDS
from tests.methods.clearing.test_differences import FIRST, LOW, answering


def view(wave: Collected, *before: EarlierCut) -> View:
    clearing = clearing_of(prepare(wave, WORDS), WORDS, before)
    return view_of(clearing, cleared_cube(clearing))


def bounds(held: View) -> list[tuple[str, float, float]]:
    def bounds_of(one: KnownFigure) -> tuple[str, float, float]:
        return f"{one.statistic} {one.domain}", one.low, one.high

    return sorted(map(bounds_of, held.figures))


def test_figures_that_stayed_and_are_the_same_are_told_of_the_answers_of_now() -> None:
    again = view(LOW, FIRST)
    assert again.left == 0
    assert bounds(again) == bounds(view(LOW))


def test_figures_that_stayed_and_would_be_others_are_left_to_the_earlier_cut() -> None:
    """Nine firms changed: 5.6 % would be told as 6 %, and the figures of before stay."""
    changed = answering(np.arange(9), 4, LOW)
    second = view(changed, FIRST)
    assert second.left > 0
    assert len(second.figures) < len(view(changed).figures)


def test_share_that_two_tables_tell_is_told_in_its_step() -> None:
    """Of all 144 firms by the ranking and by the table by size."""
    told = next(one for one in view(LOW).figures if one.statistic == "B1:share:4+5" and not one.domain)
    assert (told.tables, told.step, told.edge) == (("ranking", "severity_by_size"), 0.02, 0.03)


def test_question_knows_which_firms_are_one_enterprise_group() -> None:
    group = np.full(LOW.sampled, -1)
    group[[3, 70]] = 0
    question = next(item_questions(view(replace(LOW, enterprise=group)), WORDS, derive))
    assert np.flatnonzero(question.knowing.same(np.array([70]))[0]).tolist() == [3, 70]
    assert question.knowing.same(np.array([4])).sum() == 1


def test_figures_that_an_earlier_cut_showed_and_this_one_does_not_are_told_otherwise() -> None:
    clearing = clearing_of(prepare(LOW, WORDS), WORDS)
    fine, coarse = cleared_cube(clearing), cleared_cube(tightened(clearing, WORDS, {"B1": Rung(steps=ALONE)}))
    gone = {
        (domain, code, row.code, column.code)
        for domain, tables in fine.tables.items()
        for code, table in tables.items()
        for row, column, cell in table.walk()
        if cell.estimate is not None and coarse.tables[domain][code].cell(row.code, column.code).estimate is None
    }
    assert {code for _domain, code, _row, _column in gone} >= {"ranking", "distribution"}
    assert figures_shown_otherwise(coarse, [fine]) >= len(gone)
    assert figures_shown_otherwise(coarse, [fine, fine]) == figures_shown_otherwise(coarse, [fine])


def test_figures_that_are_told_as_before_are_not_counted() -> None:
    clearing = clearing_of(prepare(LOW, WORDS), WORDS)
    assert figures_shown_otherwise(cleared_cube(clearing), [cleared_cube(clearing)]) == 0
    assert figures_shown_otherwise(cleared_cube(clearing), []) == 0
