"""What a total lacks and what was filled, worked by hand for four firms."""

import numpy as np

from survey.instrument.plan.plan import AnalysisPlan, PlannedBlock
from survey.instrument.schema import Item, Text
from survey.methods.asking import STATES, state_name
from survey.methods.extract import Coded, Extract
from survey.methods.tables.filtering import Filter
from survey.methods.tables.making import make_tables
from survey.methods.tables.missing_values import with_missing_values
from survey.methods.tables.plan import planned_tables
from survey.methods.tables.table import Cell
from survey.methods.tables.vocabulary import Vocabulary
from survey.terms import IndicatorKind, ItemType, Presentation
from tests.methods.words import asking

BLOCKS = tuple(
    PlannedBlock(
        code=kind.value, text=Text("", "x"), presentation=Presentation.INDICATORS, statistic=kind, rows=("cost",)
    )
    for kind in (IndicatorKind.TOTAL, IndicatorKind.MEAN, IndicatorKind.MEDIAN)
)
WORDS = Vocabulary(
    questionnaire=asking(Item(code="cost", type=ItemType.MONEY, text=Text("", "Cost"))),
    plan=AnalysisPlan(blocks=BLOCKS),
    frame={},
)


def cells(values: list[float], states: list[str], filled: list[bool] | None = None) -> dict[str, Cell]:
    """The cells of total, mean and median of firms with weights 4, 1, 2 and 3."""
    column = Coded(np.array([STATES.index(one) for one in states]), STATES)
    weight = np.array([4.0, 1, 2, 3])
    extract = Extract(
        stratum=np.zeros(4, int),
        strata=("h",),
        weight=weight,
        items={state_name("cost"): column},
        values={"cost": np.array(values)},
    )
    planned = planned_tables(WORDS)
    made = make_tables(Filter(extract=extract, domain=()), planned)
    told = with_missing_values(made, planned, extract, {"cost": np.array(filled)} if filled else {})
    return {table.spec.code: table.cells[0][0] for table in told}


def test_total_says_what_weight_of_those_asked_gave_no_answer() -> None:
    """2 of 4 + 1 + 2; the firm of weight 3 has no cost to give."""
    found = cells([10, 20, np.nan, np.nan], ["answered", "answered", "refused", "not_asked"])
    assert found["total"].lacking == 2 / 7
    assert found["mean"].lacking is None


def test_total_of_all_that_were_asked_lacks_nothing() -> None:
    found = cells([10, 20, 5, np.nan], ["answered", "answered", "answered", "not_applicable"])
    assert (found["total"].lacking, found["total"].filled) == (None, None)


def test_filled_values_are_told_by_their_weight_and_lack_no_longer() -> None:
    states = ["answered", "answered", "dont_know", "not_asked"]
    found = cells([10, 20, 15, np.nan], states, [False, False, True, False])
    assert [found[code].filled for code in ("total", "mean", "median")] == [2 / 7] * 3
    assert found["total"].lacking is None


def test_total_that_nobody_gave_says_nothing() -> None:
    """Without a figure there is none that could lack something."""
    found = cells([np.nan] * 4, ["refused", "refused", "not_asked", "dont_know"])
    assert found == {code: Cell(n=0) for code in ("total", "mean", "median")}
