"""Which figures of two waves measure the same, where a new version gave items other codes."""

from survey.instrument.plan.plan import AnalysisPlan, IndexPart, Indicator, PlannedBlock, Scale, Step
from survey.instrument.schema import Item, Option, Text
from survey.methods.change.compared import compared_tables
from survey.methods.tables.vocabulary import Vocabulary
from survey.terms import IndicatorKind, ItemType, Presentation
from tests.methods.words import WORDS, asking

STEPS = ("up", "same", "down")


def _indicator(code: str, kind: IndicatorKind, item: str = "", **more: object) -> Indicator:
    return Indicator(code=code, text=Text("", code), kind=kind, item=item, **more)  # type: ignore[arg-type]


def _listed(statistic: IndicatorKind, *rows: str) -> PlannedBlock:
    return PlannedBlock(
        code=statistic.value,
        text=Text("", statistic.value),
        presentation=Presentation.INDICATORS,
        statistic=statistic,
        rows=rows,
    )


def _words(orders: str, stocks: str, made: str, could: str) -> Vocabulary:
    """A survey of the tendency of orders and stocks, and of what part of what could be made was made."""
    text = Text("", "text")
    options = tuple(Option(code=code, text=text) for code in STEPS)
    steps = tuple(Step(code=code, text=text, score=score) for code, score in zip(STEPS, (1, 0, -1), strict=True))
    return Vocabulary(
        questionnaire=asking(
            *(Item(code=code, type=ItemType.SINGLE, text=text, options=options) for code in (orders, stocks)),
            *(Item(code=code, type=ItemType.MONEY, text=text) for code in (made, could)),
        ),
        plan=AnalysisPlan(
            scales=(Scale(code="trend", text=text, items=(orders, stocks), steps=steps),),
            indicators=(
                _indicator("d_orders", IndicatorKind.DIFFUSION, orders),
                _indicator("d_stocks", IndicatorKind.DIFFUSION, stocks),
                _indicator(
                    "climate",
                    IndicatorKind.INDEX,
                    parts=(IndexPart(indicator="d_orders", weight=0.7), IndexPart(indicator="d_stocks", weight=0.3)),
                ),
                _indicator("use", IndicatorKind.RATIO, made, denominator=could),
            ),
            blocks=(_listed(IndicatorKind.INDEX, "climate"), _listed(IndicatorKind.RATIO, "use")),
        ),
        frame=WORDS.frame,
    )


NOW, BEFORE = _words("orders", "stocks", "made", "could"), _words("b1", "b2", "c1", "c2")
SAME = {"orders": "b1", "stocks": "b2", "made": "c1", "could": "c2"}


def _rows(same: dict[str, str]) -> dict[str, dict[str, str]]:
    return {one.code: dict(one.rows) for one in compared_tables(NOW, BEFORE, same)}


def test_index_and_ratio_of_items_with_other_codes_are_compared() -> None:
    assert _rows(SAME) == {"index": {"climate": "climate"}, "ratio": {"use": "use"}}


def test_index_or_ratio_of_which_a_part_measures_something_else_is_not() -> None:
    other = {**SAME, "stocks": "b1", "could": "c1"}
    assert _rows(other) == {"index": {}, "ratio": {}}


def test_ratio_whose_denominator_was_not_asked_before_is_not() -> None:
    assert _rows({code: old for code, old in SAME.items() if code != "could"})["ratio"] == {}
