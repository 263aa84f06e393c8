from dataclasses import replace

import numpy as np
import pytest

from survey.instrument.plan.plan import IndexPart, Indicator, PlannedBlock, Threshold
from survey.instrument.schema import Text
from survey.methods.certificate.answered import answered_items
from survey.methods.certificate.certificate import Rung
from survey.methods.certificate.certified import clear_certified
from survey.methods.certificate.certify import prove
from survey.methods.certificate.climbing import deriving, items_together
from survey.methods.certificate.from_clearing import view_of
from survey.methods.certificate.item_question import UNBOUNDED
from survey.methods.certificate.item_questions import item_questions, uncovered
from survey.methods.certificate.rungs import tightened
from survey.methods.certificate.together import SeenFigures
from survey.methods.certificate.worlds import Effort, walk_of
from survey.methods.clearing.clearing import Clearing, clear, cleared_cube, clearing_of
from survey.methods.extract import Coded
from survey.methods.production import prepare
from survey.methods.tables.vocabulary import Vocabulary
from survey.terms import IndicatorKind, Presentation
from tests.methods.certificate.wave_and_question import rng
from tests.methods.clearing.surveyed import WORDS, collected

FIRMS = np.full((4, 2), 15)
QUICK = Effort(chains=16, looks=2, returns=1, rounds=20, halves=2, aims=2)
INDEX = "climate:index"


def share(code: str, item: str, *options: str, base: tuple[str, ...] = ()) -> Indicator:
    return Indicator(code=code, text=Text("", code), kind=IndicatorKind.SHARE, item=item, options=options, base=base)


def with_index(*parts: IndexPart) -> Vocabulary:
    """The survey with an index of these parts, and no other table of what is behind the last of them."""
    shares = (
        share("first", "B1", "4", "5"),
        share("first_low", "B1", "1"),
        share("first_of_some", "B1", "4", base=("3", "4", "5")),
        share("second", "B2", "4", "5"),
    )
    climate = Indicator(code="climate", text=Text("", "Climate"), kind=IndicatorKind.INDEX, parts=parts)
    table = PlannedBlock(
        code="climates", text=Text("", "Climate"), presentation=Presentation.HEAT_MAP, statistic=IndicatorKind.INDEX,
        rows=("climate",), split="size",
    )  # fmt: skip
    plan = replace(WORDS.plan, indicators=(*shares, climate), blocks=(*WORDS.plan.blocks, table))
    return replace(WORDS, plan=replace(plan, threshold=Threshold(firms=10)))


OF_TWO = with_index(IndexPart(indicator="first", weight=0.6), IndexPart(indicator="second", weight=0.4, inverted=True))
OF_ONE_ITEM = with_index(
    IndexPart(indicator="first", weight=0.5),
    IndexPart(indicator="first_low", weight=0.3, inverted=True),
    IndexPart(indicator="second", weight=0.2),
)
IN_TWO_BASES = with_index(
    IndexPart(indicator="first", weight=0.5),
    IndexPart(indicator="first_of_some", weight=0.3),
    IndexPart(indicator="second", weight=0.2),
)


def cleared(words: Vocabulary) -> Clearing:
    return clearing_of(prepare(collected(FIRMS), words), words)


@pytest.mark.parametrize("words", [OF_TWO, OF_ONE_ITEM], ids=["of two items", "two parts of one item"])
def test_every_world_of_an_item_gives_the_whole_cube_with_its_index(words: Vocabulary) -> None:
    clearing = cleared(words)
    view = view_of(clearing, cleared_cube(clearing))
    truth = clear(clearing.estimates.prepared, words).to_dict()
    for question in item_questions(view, words, deriving(clearing, words)):
        m = question.names[0].index(INDEX)
        assert (question.low[m] > -UNBOUNDED).any()
        worlds = walk_of(question, QUICK, rng()).first(QUICK)
        changed = worlds[(worlds != question.truth).any(axis=1)]
        assert len(changed) > 10
        for answers in changed[::8]:
            items = {**collected(FIRMS).items}
            items[question.item] = Coded(answers.astype(np.int16), items[question.item].labels)
            wave = prepare(collected(FIRMS, items=items), words)
            assert clear(wave, words).to_dict() == truth


@pytest.mark.parametrize("words", [OF_TWO, OF_ONE_ITEM], ids=["of two items", "two parts of one item"])
def test_an_index_in_a_question_is_what_production_makes_of_it(words: Vocabulary) -> None:
    clearing = cleared(words)
    view = view_of(clearing, cleared_cube(clearing))
    found = clearing.estimates.found
    for question in item_questions(view, words, deriving(clearing, words)):
        m = question.names[0].index(INDEX)
        above, below = (each[0, m] for each in question.sums(question.truth[None, :]))
        everybody = found[("climate", "index", ""), "cube", str(clearing.cube.number[()])]
        assert above[question.names[1].index("all")] / below[question.names[1].index("all")] == pytest.approx(
            everybody.estimate
        )


def test_a_world_in_which_the_index_would_be_another_is_none() -> None:
    clearing = cleared(OF_TWO)
    [question, _second] = item_questions(view_of(clearing, cleared_cube(clearing)), OF_TWO, deriving(clearing, OF_TWO))
    m = question.names[0].index(INDEX)
    alone = replace(question, low=np.full_like(question.low, -UNBOUNDED), high=np.full_like(question.high, UNBOUNDED))
    alone.low[m], alone.high[m] = question.low[m], question.high[m]
    some_more = question.truth.copy()
    some_more[np.flatnonzero((question.truth >= 0) & (question.truth < 3))[:20]] = 4
    worlds = np.stack([question.truth, some_more])
    assert alone.holds(worlds).tolist() == [True, False]


def test_items_of_one_index_climb_together() -> None:
    without_theme = replace(OF_TWO, plan=replace(OF_TWO.plan, themes=(), blocks=OF_TWO.plan.blocks[1:]))
    extract = cleared(OF_TWO).estimates.prepared.extract
    assert items_together(answered_items(extract, without_theme)) == [("B1", "B2")]


def test_no_index_is_left_out_but_one_of_an_item_in_two_bases() -> None:
    for words, left in ((OF_TWO, set()), (OF_ONE_ITEM, set()), (IN_TWO_BASES, {INDEX})):
        clearing = cleared(words)
        told = uncovered(view_of(clearing, cleared_cube(clearing)), words, deriving(clearing, words))
        assert {one.statistic for one in told} - {f"revenue:{one}" for one in ("mean", "median:0.5", "total")} == left


def test_an_index_is_told_no_finer_than_any_of_its_parts() -> None:
    told = tightened(cleared(OF_TWO), OF_TWO, {"B2": Rung(steps=1)})
    everybody = told.cube.number[()]
    assert [told.decisions[code].steps[everybody] for code in ("B1", "B2", "climate")] == [0.02, 0.05, 0.05]


def test_an_index_goes_where_a_part_of_it_goes() -> None:
    before = cleared(OF_TWO)
    told = tightened(before, OF_TWO, {"B2": Rung(apart=0.3)})
    gone = told.decisions["B2"].withheld - before.decisions["B2"].withheld
    assert gone
    assert told.decisions["climate"].withheld >= gone
    # Such groups could be shown by themselves, and have nothing to keep.
    assert {told.decisions["climate"].keeps(one) for one in gone} == {0.0}


def test_withheld_figures_of_an_index_are_opened_by_worlds_of_all_its_items() -> None:
    thin = np.array([[25, 4], [25, 3], [25, 25], [25, 25]])
    clearing = clearing_of(prepare(collected(thin), OF_TWO), OF_TWO)
    view = view_of(clearing, cleared_cube(clearing))
    together = SeenFigures(view, OF_TWO, deriving(clearing, OF_TWO))
    assert together.items[INDEX] == ("B1", "B2")
    assert any(one.statistic == INDEX and one.keeps > 0 for one in view.withheld())
    question = next(item_questions(view, OF_TWO, deriving(clearing, OF_TWO)))
    found = prove(question, QUICK, rng(), together=together)
    assert (found.proof.withheld, found.proof.kept) == (found.proof.kept, found.proof.withheld)


def test_a_certificate_of_an_index_leaves_nothing_out() -> None:
    made = clear_certified(prepare(collected(FIRMS), OF_TWO), OF_TWO, rng(), seed=7, effort=QUICK, rounds=0)
    assert made.certificate.outside == ()
    assert [one.item for one in made.certificate.items] == ["B1", "B2", "revenue"]
