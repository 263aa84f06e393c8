"""Balances, diffusion and composite indices of a tendency survey: worked by hand, errors by brute force."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from survey.exchange.figures.shown import shown_estimate
from survey.instrument.plan.plan import AnalysisPlan, IndexPart, Indicator, PlannedBlock, Scale, Step
from survey.instrument.schema import Item, Option, Text
from survey.methods.change.tables import Pairing, Results, change_tables
from survey.methods.change.wave import Overlap
from survey.methods.collected import Collected
from survey.methods.extract import Coded
from survey.methods.production import Parameters, Prepared, prepare, produce
from survey.methods.protection.disclosure import DisclosureRule
from survey.methods.protection.wave import ALL_ITEMS
from survey.methods.tables.plan import planned_tables
from survey.methods.tables.table import ProtectedTable, Statistic
from survey.methods.tables.vocabulary import Vocabulary
from survey.terms import CellStatus, IndicatorKind, ItemType, Presentation
from tests.methods.test_production import EVERYTHING_SHOWN, seven_firms
from tests.methods.words import PLAN, WORDS, asking

TRENDS = ("up", "same", "down")
OPTIONS = tuple(Option(code=code, text=Text("", code)) for code in TRENDS)
POINTS = {"up": 100.0, "same": 50.0, "down": 0.0}
ORDERS = ["up", "down", "up", "same", "down"]
STOCKS = ["same", "up", "down", "up", ""]
WEIGHTS = np.array([4.0, 4.0, 2.0, 2.0, 2.0])
STRATUM = np.array([0, 0, 1, 1, 1])


def indicator(code: str, kind: IndicatorKind, item: str, **more: Any) -> Indicator:
    return Indicator(code=code, text=Text("", code), kind=kind, item=item, **more)


def listed(code: str, statistic: IndicatorKind, *rows: str, scale: str = "") -> PlannedBlock:
    return PlannedBlock(
        code=code,
        text=Text("", code),
        presentation=Presentation.INDICATORS,
        statistic=statistic,
        rows=rows,
        scale=scale,
    )


TREND = Scale(
    code="trend",
    text=Text("", "Trend"),
    items=("orders", "stocks"),
    steps=tuple(
        Step(code=code, text=Text("", code), score=score) for code, score in zip(TRENDS, (1, 0, -1), strict=True)
    ),
)
INDEX = indicator(
    "pmi",
    IndicatorKind.INDEX,
    "",
    parts=(IndexPart(indicator="d_orders", weight=0.7), IndexPart(indicator="d_stocks", weight=0.3, inverted=True)),
)
TENDENCY = AnalysisPlan(
    scales=(TREND,),
    groups=PLAN.groups,
    indicators=(
        indicator("d_orders", IndicatorKind.DIFFUSION, "orders"),
        indicator("d_stocks", IndicatorKind.DIFFUSION, "stocks"),
        INDEX,
        indicator("rise", IndicatorKind.SHARE, "orders", options=("up",), base=("up", "down")),
        indicator("use", IndicatorKind.RATIO, "made", denominator="could", decimals=3),
        indicator("all_made", IndicatorKind.TOTAL, "made"),
    ),
    blocks=(
        listed("balances", IndicatorKind.BALANCE, "orders", "stocks", scale="trend"),
        listed("diffusion", IndicatorKind.DIFFUSION, "d_orders", "d_stocks"),
        replace(listed("index", IndicatorKind.INDEX, "pmi"), presentation=Presentation.HEADLINE),
        listed("shares", IndicatorKind.SHARE, "rise"),
        listed("ratio", IndicatorKind.RATIO, "use"),
        listed("totals", IndicatorKind.TOTAL, "all_made"),
        replace(listed("by_size", IndicatorKind.INDEX, "pmi"), split="size", presentation=Presentation.HEAT_MAP),
    ),
)
WORDS_OF_TRENDS = Vocabulary(
    questionnaire=asking(
        *(Item(code=code, type=ItemType.SINGLE, text=Text("", code), options=OPTIONS) for code in ("orders", "stocks")),
        *(Item(code=code, type=ItemType.MONEY, text=Text("", code)) for code in ("made", "could")),
    ),
    plan=TENDENCY,
    frame=WORDS.frame,
)


def coded(answers: list[str]) -> Coded:
    return Coded(np.array([TRENDS.index(code) if code else -1 for code in answers]), TRENDS)


def five_answers(orders: list[str] = ORDERS, stocks: list[str] = STOCKS) -> Collected:
    values = {"made": np.array([10.0, 20.0, 5.0, 5.0, np.nan]), "could": np.array([20.0, 20.0, 10.0, 10.0, 10.0])}
    return replace(seven_firms(), items={"orders": coded(orders), "stocks": coded(stocks)}, values=values)


def made() -> tuple[Prepared, dict[str, ProtectedTable]]:
    prepared = prepare(five_answers(), WORDS_OF_TRENDS, EVERYTHING_SHOWN)
    return prepared, produce(prepared, WORDS_OF_TRENDS, planned_tables(WORDS_OF_TRENDS))


@pytest.fixture(scope="module")
def shown() -> dict[str, ProtectedTable]:
    return made()[1]


def scores(answers: list[str]) -> tuple[float, np.ndarray]:
    """The diffusion index and its linearised scores, from the definition."""
    points = np.array([POINTS.get(code, np.nan) for code in answers])
    inside = ~np.isnan(points)
    size = WEIGHTS[inside].sum()
    estimate = float((WEIGHTS * np.nan_to_num(points))[inside].sum() / size)
    return estimate, np.where(inside, np.nan_to_num(points) - estimate, 0.0) / size


def brute_force_error(z: np.ndarray) -> float:
    """V = sum_h (1 - f_h) n_h / (n_h - 1) sum_i (u_i - mean u)^2, u = w z."""
    u, variance = WEIGHTS * z, 0.0
    sampled = {0: 0.25, 1: 0.5}  # 2 of 8 and 3 of 6 firms answered
    for stratum, part in sampled.items():
        own = u[stratum == STRATUM]
        variance += (1 - part) * len(own) / (len(own) - 1) * ((own - own.mean()) ** 2).sum()
    return float(np.sqrt(variance))


def skipped_stocks() -> float:
    """Of an index with the weight 0.3: one of three firms in the second stratum left it open, (1/3) 2/(2 - 1) sum w z2."""
    gap = 0.3 * scores(STOCKS)[1][STRATUM == 1]
    return float(1 / 3 * 2 * (2.0 * gap**2).sum())


def test_balance_is_up_less_down(shown: dict[str, ProtectedTable]) -> None:
    """Up: weights 4 + 2 of 14; down: 4 + 2."""
    assert shown["balances"].cell("orders", "all").estimate == pytest.approx(0)
    assert shown["balances"].cell("stocks", "all").estimate == pytest.approx(100 * ((4 + 2) - 2) / 12)


def test_diffusion_is_up_and_half_of_same(shown: dict[str, ProtectedTable]) -> None:
    assert shown["diffusion"].cell("d_orders", "all").estimate == pytest.approx(100 * (6 + 2 / 2) / 14)
    assert shown["diffusion"].cell("d_stocks", "all").estimate == pytest.approx(100 * (6 + 4 / 2) / 12)


def test_error_of_a_diffusion_index_is_that_of_its_scores(shown: dict[str, ProtectedTable]) -> None:
    assert shown["diffusion"].cell("d_orders", "all").se == pytest.approx(brute_force_error(scores(ORDERS)[1]))


def test_index_weighs_its_parts_and_turns_inverted_ones(shown: dict[str, ProtectedTable]) -> None:
    assert shown["index"].cell("pmi", "all").estimate == pytest.approx(0.7 * 50 + 0.3 * (100 - 100 * 8 / 12))


def test_error_of_an_index_takes_account_of_the_same_firms(shown: dict[str, ProtectedTable]) -> None:
    z = 0.7 * scores(ORDERS)[1] - 0.3 * scores(STOCKS)[1]
    error = np.sqrt(brute_force_error(z) ** 2 + skipped_stocks())
    assert shown["index"].cell("pmi", "all").se == pytest.approx(error)


def test_index_rests_on_the_fewest_answers_of_a_part(shown: dict[str, ProtectedTable]) -> None:
    assert shown["index"].cell("pmi", "all").n == 4


def test_index_by_group_is_that_of_its_firms(shown: dict[str, ProtectedTable]) -> None:
    """Small: orders 50, stocks 75; micro: orders (2 + 1) / 6, stocks 2 / 4."""
    table = shown["by_size"]
    assert table.cell("pmi", "small").estimate == pytest.approx(0.7 * 50 + 0.3 * 25)
    assert table.cell("pmi", "micro").estimate == pytest.approx(0.7 * 50 + 0.3 * 50)


def test_share_has_the_base_of_its_options(shown: dict[str, ProtectedTable]) -> None:
    cell = shown["shares"].cell("rise", "all")
    assert (cell.estimate, cell.n) == (pytest.approx(6 / 12), 4)  # type: ignore[comparison-overlap]


def test_ratio_and_total_are_weighted(shown: dict[str, ProtectedTable]) -> None:
    assert shown["ratio"].cell("use", "all").estimate == pytest.approx((40 + 80 + 10 + 10) / (80 + 80 + 20 + 20))
    assert shown["totals"].cell("all_made", "all").estimate == pytest.approx(140)


def test_indicator_says_how_many_decimals_are_written(shown: dict[str, ProtectedTable]) -> None:
    cell = shown["ratio"].cell("use", "all")
    assert shown_estimate(cell, Statistic.RATIO).text == "0.700"


def test_index_is_withheld_where_a_part_is() -> None:
    """Four firms tell of stocks, five of orders: with a threshold of five the stocks go, and the index with them."""
    blocks = tuple(block for block in TENDENCY.blocks if block.code in {"diffusion", "index"})
    words = replace(WORDS_OF_TRENDS, plan=replace(TENDENCY, blocks=blocks))
    prepared = prepare(five_answers(), words, Parameters(DisclosureRule(threshold=5, show_unreliable=True)))
    tables = produce(prepared, words, planned_tables(words))
    assert () not in prepared.known[ALL_ITEMS]
    assert prepared.known["pmi"][()] is CellStatus.PRIMARY
    assert [cell.is_withheld for _, _, cell in tables["diffusion"].walk()] == [False, True]
    assert tables["index"].cell("pmi", "all").is_withheld


def test_balance_at_its_end_is_withheld_where_every_firm_answered() -> None:
    """All three micro firms of three would be known to report a rise."""
    everybody = replace(five_answers(["up"] * 5), design_weight=np.array([2.0, 2.0, 2.0, 2.0, 1.0, 1.0, 1.0]))
    words = replace(
        WORDS_OF_TRENDS,
        plan=replace(
            TENDENCY,
            blocks=(replace(listed("b", IndicatorKind.BALANCE, "orders", scale="trend"), split="size"),),
        ),
    )
    table = produce(prepare(everybody, words, EVERYTHING_SHOWN), words, planned_tables(words))["b"]
    assert table.cell("orders", "micro").is_withheld


def test_change_of_an_index_is_that_of_both_waves() -> None:
    later = Results(prepared=made()[0], words=WORDS_OF_TRENDS, tables=made()[1])
    prepared = prepare(five_answers(["down"] * 5, STOCKS), WORDS_OF_TRENDS, EVERYTHING_SHOWN)
    earlier = Results(
        prepared=prepared,
        words=WORDS_OF_TRENDS,
        tables=produce(prepared, WORDS_OF_TRENDS, planned_tables(WORDS_OF_TRENDS)),
    )
    overlap = Overlap(np.arange(5), np.arange(5))
    found = change_tables(
        later, earlier, Pairing(overlap=overlap, items={code: code for code in ("orders", "stocks", "made", "could")})
    )
    assert list(found) == [f"change_{code}" for code in ("balances", "diffusion", "index", "shares", "ratio", "totals")]
    assert found["change_index"].cell("pmi", "change").estimate == pytest.approx(0.7 * 50)
    # Both waves have the gap, and that the same firm left it is not taken off.
    error = np.sqrt((0.7 * brute_force_error(scores(ORDERS)[1])) ** 2 + 2 * skipped_stocks())
    assert found["change_index"].cell("pmi", "change").se == pytest.approx(error)
    assert found["change_totals"].cell("all_made", "change").estimate == pytest.approx(0)


def test_index_of_which_a_part_is_not_asked_has_no_table() -> None:
    asked = tuple(WORDS_OF_TRENDS.questionnaire.items.values())
    words = replace(WORDS_OF_TRENDS, questionnaire=asking(asked[0]))
    codes = [table.code for table in planned_tables(words)]
    assert codes == ["balances", "diffusion", "shares"]
