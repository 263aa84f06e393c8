"""What certainty firms carry that did not respond, in the cells of amounts: six firms in two industries, by hand."""

from dataclasses import replace

import numpy as np
import pytest

from survey.instrument.plan.plan import AnalysisPlan, PlannedBlock
from survey.instrument.plan.weighting import Weighting
from survey.instrument.schema import Item, Text
from survey.methods.collected import Collected, weigh
from survey.methods.extract import Coded
from survey.methods.tables.absent_firms import with_absent_firms
from survey.methods.tables.domain import ALL_FIRMS, Domain, domain_of
from survey.methods.tables.filtering import Filter
from survey.methods.tables.making import make_tables
from survey.methods.tables.plan import planned_tables
from survey.methods.tables.table import Cell
from survey.methods.tables.vocabulary import Vocabulary
from survey.methods.weights.fieldwork import FrameTotals
from survey.methods.weights.merging import Places
from survey.terms import IndicatorKind, ItemType, Presentation
from survey.weighting_terms import CalibrationMethod, FrameMargin, FrameTotal
from tests.methods.words import asking

BLOCKS = tuple(
    PlannedBlock(
        code=kind.value, text=Text("", "x"), presentation=Presentation.INDICATORS, statistic=kind, rows=("cost",)
    )
    for kind in (IndicatorKind.TOTAL, IndicatorKind.MEDIAN)
)
WORDS = Vocabulary(
    questionnaire=asking(Item(code="cost", type=ItemType.MONEY, text=Text("", "Cost"))),
    plan=AnalysisPlan(blocks=BLOCKS),
    frame={},
)
PLAIN = Weighting(calibration=CalibrationMethod.NONE)
COLLECTED = Collected(
    strata=("C-large", "C-small", "G-small"),
    places=Places(np.array([0, 0, 1]), np.array([1, 0, 0])),
    stratum=np.array([0, 0, 0, 1, 1, 2, 2]),
    design_weight=np.array([1.0, 1, 1, 5, 5, 5, 5]),
    disposition=np.array(["complete", "complete", "refusal", *["complete"] * 4]),
    domains={"industry": Coded(np.array([0, 0, 0, 0, 0, 1, 1]), ("C", "G"))},
    respondents=np.array([0, 1, 3, 4, 5, 6]),
    values={"cost": np.array([9.0, 7, 1, 2, 3, 4])},
    numbers={"employees": np.array([50.0, 30, 20, 1, 3, 2, 4])},
)


def cells(domain: Domain, collected: Collected = COLLECTED, weighting: Weighting = PLAIN) -> dict[str, Cell]:
    weighted, planned = weigh(collected, weighting), planned_tables(WORDS)
    made = with_absent_firms(
        make_tables(Filter(extract=weighted.extract, domain=domain), planned), planned, collected, weighted
    )
    return {table.spec.code: table.cells[0][0] for table in made}


def test_total_knows_what_its_absent_certainty_firms_carry() -> None:
    assert cells(ALL_FIRMS)["total"].absent == pytest.approx(20 / (100 + 20 + 30))
    assert cells(domain_of(industry="C"))["total"].absent == pytest.approx(20 / (100 + 20))
    assert cells(domain_of(industry="G"))["total"].absent == 0


def test_answers_that_chance_drew_are_counted() -> None:
    assert cells(ALL_FIRMS)["total"].n_chance == 6  # the large ones lost a firm, so that they are no census
    whole = replace(
        COLLECTED,
        disposition=np.array(["complete"] * 7),
        respondents=np.arange(7),
        values={"cost": np.array([9.0, 7, 5, 1, 2, 3, 4])},
    )
    assert cells(ALL_FIRMS, whole)["total"].n_chance == 4


def test_median_counts_firms_and_lacks_no_amount() -> None:
    assert (cells(ALL_FIRMS)["median"].absent, cells(ALL_FIRMS)["median"].n_chance) == (None, None)


def test_totals_of_the_frame_make_up_for_absent_firms_in_figures_of_all() -> None:
    frame = FrameTotals(counts={"industry": {"C": 13.0, "G": 10.0}}, totals={"employees": 152.0})
    plan = Weighting(margins=(FrameMargin.INDUSTRY,), numbers=(FrameTotal.EMPLOYEES,))
    framed = replace(COLLECTED, frame=frame)
    assert weigh(framed, plan).weights.calibration is not None
    assert cells(ALL_FIRMS, framed, plan)["total"].absent is None
    assert cells(domain_of(industry="C"), framed, plan)["total"].absent == pytest.approx(20 / 120)
