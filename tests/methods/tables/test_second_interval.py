"""A bootstrap interval stands beside the first one of amounts over all firms, the same for the same data."""

from dataclasses import replace

import numpy as np
import pytest

from survey.instrument.plan.plan import AnalysisPlan, PlannedBlock
from survey.instrument.schema import Item, Text
from survey.methods.extract import Extract
from survey.methods.replication.replicates import ReplicateDesign
from survey.methods.tables.filtering import Filter
from survey.methods.tables.making import make_tables
from survey.methods.tables.plan import planned_tables
from survey.methods.tables.second_interval import second_limits, with_second_intervals
from survey.methods.tables.table import Cell
from survey.methods.tables.vocabulary import Vocabulary
from survey.terms import IndicatorKind, ItemType, Presentation
from tests.methods.surveys import random_extract
from tests.methods.words import asking

KINDS = (IndicatorKind.MEAN, IndicatorKind.TOTAL, IndicatorKind.MEDIAN)
BLOCKS = tuple(
    PlannedBlock(
        code=kind.value, text=Text("", "x"), presentation=Presentation.INDICATORS, statistic=kind,
        rows=("revenue", "part"),
    )
    for kind in KINDS
)  # fmt: skip
ITEMS = (
    Item(code="revenue", type=ItemType.MONEY, text=Text("", "R")),
    Item(code="part", type=ItemType.PERCENTAGE, text=Text("", "P")),
)
WORDS = Vocabulary(questionnaire=asking(*ITEMS), plan=AnalysisPlan(blocks=BLOCKS), frame={})


def cells(extract: Extract, row: str = "revenue") -> dict[str, Cell]:
    design = ReplicateDesign(stratum=extract.stratum, population=extract.population, weight=extract.weight)
    planned = planned_tables(WORDS)
    limits = second_limits(planned, extract, design, WORDS)
    made = with_second_intervals(make_tables(Filter(extract=extract, domain=()), planned), planned, limits)
    return {table.spec.code: table.cell(row, "all") for table in made}


@pytest.fixture
def extract() -> Extract:
    made = random_extract()
    return replace(made, values={**made.values, "part": np.linspace(0, 100, made.rows)})


def test_means_and_totals_of_amounts_have_a_second_interval_that_leans_to_the_long_side(extract: Extract) -> None:
    found = cells(extract)
    for code in ("mean", "total"):
        cell = found[code]
        assert cell.second is not None
        assert cell.estimate is not None
        assert cell.second[1] - cell.estimate > cell.estimate - cell.second[0] > 0
    assert found["median"].second is None


def test_percentages_keep_to_the_first_interval(extract: Extract) -> None:
    assert cells(extract, "part")["mean"].second is None


def test_same_answers_give_the_same_interval(extract: Extract) -> None:
    assert cells(extract)["mean"].second == cells(extract)["mean"].second
