from dataclasses import replace

import numpy as np

from survey.methods.certificate.answered import Answered
from survey.methods.certificate.certificate import Certificate, Failure, ItemProof, Proof
from survey.methods.certificate.climbing import failing_items, going_along, items_together, joined, telling_of
from survey.methods.certificate.from_clearing import view_of
from survey.methods.certificate.item_questions import column_of
from survey.methods.certificate.worlds import Effort
from survey.methods.clearing.clearing import cleared_cube, clearing_of
from survey.terms import Presentation
from tests.methods.clearing.surveyed import WORDS, prepared
from tests.methods.words import block

PREPARED = prepared(np.full((4, 2), 15))
QUICK = Effort(chains=16, looks=2, returns=1, rounds=20, halves=2, aims=2)


def test_items_that_failed_are_those_that_could_be_proved_if_less_were_told() -> None:
    failures = tuple(Failure(proof=Proof.WORLD, item=item, part=part) for item, part in (("b", "x"), ("b", "y")))
    told = Failure(proof=Proof.COVERED, item="a", number=60)
    made = Certificate(firms=60, cuts=1, seed=1, limit=20.0, effort=QUICK, items=(), failures=(told, *failures))
    assert failing_items(made) == ["b"]


def test_items_that_move_one_column_climb_together_and_others_by_themselves() -> None:
    def moving(item: str, *follow: str) -> Answered:
        nothing = np.zeros((1, 1), np.intp)
        return Answered(item=item, columns=(item,), codes=nothing, truth=nothing[0], follow=frozenset(follow))

    found = items_together([moving("a", "one"), moving("b", "two"), moving("c"), moving("d", "one", "two")])
    assert found == [("c",), ("a", "b", "d")]


def test_what_was_proved_again_takes_the_place_of_what_failed() -> None:
    items = [ItemProof(item=one, answers=9, served=n, assumed=0, worlds=1, withheld=0, kept=0, ratio=1.0)
             for one, n in (("a", 9), ("b", 8), ("b", 9))]  # fmt: skip
    failure = Failure(proof=Proof.WORLD, item="b")
    first, again = (
        Certificate(firms=9, cuts=1, seed=1, limit=20.0, effort=QUICK, items=tuple(one), failures=tuple(failed))
        for one, failed in ((items[:2], [failure]), (items[2:], []))
    )
    found = joined(first, again, {"b"})
    assert found.holds
    assert found.items == (items[0], items[2])


def test_tables_that_tell_of_an_item_are_those_of_its_themes_too() -> None:
    clearing = clearing_of(PREPARED, WORDS)
    told = telling_of(clearing, WORDS, {"B1"})
    view, part = (view_of(each, cleared_cube(each)) for each in (clearing, told))
    about = {one.statistic for one in view.figures if column_of(one.asked) in {"B1", "core_theme", "core_theme#of_all"}}
    assert about
    assert about <= {one.statistic for one in part.figures}
    assert len(told.planned) < len(clearing.planned)


def test_table_of_another_item_tells_of_this_one_where_both_move_a_theme() -> None:
    blocks = (*WORDS.plan.blocks, block("second", Presentation.RANKING, rows=("B2",)))
    of_theme = replace(WORDS, plan=replace(WORDS.plan, blocks=blocks))
    alone = replace(of_theme, plan=replace(of_theme.plan, themes=(), blocks=blocks[1:]))
    for words, tells in ((of_theme, True), (alone, False)):
        clearing = clearing_of(PREPARED, words)
        assert "second" in {plan.code for plan in clearing.planned}
        assert ("second" in {plan.code for plan in telling_of(clearing, words, {"B1"}).planned}) is tells


def test_columns_of_a_ratio_are_told_in_the_same_steps_while_rungs_tell_as_much() -> None:
    assert going_along({"a": 1, "b": 0}, ["a"], {"a", "b"}) == {"a": 1, "b": 1}
    assert going_along({"a": 3, "b": 0}, ["a"], {"a", "b"}) == {}
    # Closed items climb each by itself.
    assert going_along({"x": 1, "y": 0}, ["x"], {"a", "b"}) == {"x": 1, "y": 0}
