"""What a cut tells beside shares: how many firms answered, and means of points."""

from dataclasses import replace

import numpy as np

from survey.instrument.plan.frame_numbers import EMPLOYEES
from survey.instrument.plan.plan import PlannedBlock
from survey.instrument.schema import Text
from survey.methods.clearing.clearing import clear, clearing_of
from survey.methods.clearing.steps import two_digits
from survey.methods.extract import Coded
from survey.methods.production import prepare
from survey.methods.tables.domain import ALL_FIRMS, domain_of
from survey.terms import IndicatorKind, Presentation
from tests.methods.clearing.surveyed import WORDS, collected, prepared
from tests.methods.words import ROWS, SCALE

FIRMS = [[20, 20], [20, 20], [20, 20], [20, 4]]
SCORED = replace(
    SCALE, steps=tuple(replace(step, score=one) for step, one in zip(SCALE.steps, (1, 0.5, 0, -0.5, -1), strict=True))
)
BALANCES = PlannedBlock(
    code="balances", text=Text("", "Balances"), presentation=Presentation.INDICATORS, statistic=IndicatorKind.BALANCE,
    rows=ROWS, scale="severity",
)  # fmt: skip
EMPLOYED = PlannedBlock(
    code="employed", text=Text("", "Employed"), presentation=Presentation.INDICATORS,
    statistic=IndicatorKind.EMPLOYEE_SHARE, rows=ROWS, scale="severity",
)  # fmt: skip


def test_firms_that_answered_are_told_to_base_five_in_every_group() -> None:
    cube = clear(prepared(FIRMS), WORDS)
    groups = (ALL_FIRMS, domain_of(size="large"), domain_of(industry="H"), domain_of(sector="goods", size="small"))
    assert [cube.n[group] for group in groups] == [140, 60, 20, 40]


def test_balance_is_told_in_steps_of_its_reach_with_the_spread_of_the_shown_shares() -> None:
    """Of -100 to 100 on 144 firms of very many: steps of 2 % of 200."""
    plan = replace(WORDS.plan, scales=(SCORED,), blocks=(*WORDS.plan.blocks, BALANCES))
    clearing = clearing_of(prepared(FIRMS, weight=1000.0), replace(WORDS, plan=plan))
    tables = clearing.tables(ALL_FIRMS)
    told, shares = tables["balances"].cell("B1", "all"), tables["distribution"]
    shown = np.array([shares.cell("B1", code).estimate for code in "12345"], float)
    points = np.array([100, 50, 0, -50, -100])
    spread = float(shown @ (points - shown @ points / shown.sum()) ** 2 / shown.sum())
    exact = float(points[clearing.estimates.prepared.extract.items["B1"].codes].mean())
    assert told.estimate == 4 * round(exact / 4)
    assert (told.decimals, told.se) == (0, two_digits(np.sqrt(spread / 145)))


def test_few_by_employees_are_told_as_a_band_as_few_firms_are() -> None:
    """Two of 144 firms of 7 employees find it serious: told is 0 to 3 %, by their employees and by their number."""
    words = replace(WORDS, plan=replace(WORDS.plan, blocks=(*WORDS.plan.blocks, EMPLOYED)))
    wave = collected(FIRMS, weight=1000.0)
    two = Coded(np.repeat([4, 1], [2, 142]), wave.items["B1"].labels)
    wave = replace(wave, items={**wave.items, "B1": two}, values={**wave.values, EMPLOYEES: np.full(144, 7.0)})
    tables = clear(prepare(wave, words), words).tables[ALL_FIRMS]
    told = [tables[code].cell("B1", "4+5") for code in ("employed", "ranking")]
    assert [(cell.estimate, cell.band) for cell in told] == 2 * [(0.015, (0.0, 0.03))]
