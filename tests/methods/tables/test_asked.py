"""What a row estimates: shares of what an item offers, also where scale or plan name more than that."""

from dataclasses import replace

import pytest

from survey.instrument.plan.plan import IndexPart, Indicator
from survey.instrument.schema import Item, Option, Text
from survey.methods.estimates.statistics import CodedStatistic, IndexStatistic
from survey.methods.tables.asked import indicator_statistic, marked_share
from survey.methods.tables.vocabulary import Vocabulary
from survey.terms import IndicatorKind, ItemType
from tests.methods.words import PLAN, WORDS, asking, severity

SHARE = IndicatorKind.SHARE
COLOUR = Item(
    code="colour",
    type=ItemType.SINGLE,
    text=Text("", "Colour"),
    options=tuple(Option(code=code, text=Text("", code)) for code in ("red", "blue", "green")),
)
SHORT = Item(
    code="B1",
    type=ItemType.SINGLE,
    text=Text("", "First"),
    options=tuple(Option(code=code, text=Text("", code)) for code in "1234"),
)


def words(*items: Item, indicators: tuple[Indicator, ...] = ()) -> Vocabulary:
    return Vocabulary(
        questionnaire=asking(*items, COLOUR), plan=replace(PLAN, indicators=indicators), frame=WORDS.frame
    )


def share(item: str, **more: tuple[str, ...]) -> Indicator:
    return Indicator(code=f"share_{item}", text=Text("", "Share"), kind=SHARE, item=item, **more)  # type: ignore[arg-type]


def points_of(found: object) -> dict[str, float]:
    assert isinstance(found, CodedStatistic)
    return dict(found.points)


def test_marked_step_that_an_item_does_not_offer_is_not_in_its_share() -> None:
    assert points_of(marked_share(words(SHORT), "B1")) == {"1": 0, "2": 0, "3": 0, "4": 1}


def test_item_that_is_not_asked_or_on_no_scale_has_no_marked_share() -> None:
    assert [marked_share(words(SHORT), item) for item in ("B2", "colour")] == [None, None]


def test_share_without_options_is_that_of_the_marked_steps() -> None:
    found = indicator_statistic(words(severity("B2", "Second")), share("B2"))
    assert points_of(found) == {"1": 0, "2": 0, "3": 0, "4": 1, "5": 1}


def test_share_of_an_item_that_is_not_asked_is_none() -> None:
    assert indicator_statistic(words(), share("gone", options=("red",))) is None


@pytest.mark.parametrize(
    ("base", "points"),
    [
        ((), {"red": 1, "blue": 0, "green": 0}),
        (("red", "blue"), {"red": 1, "blue": 0}),
        (("red", "blue", "gone"), {"red": 1, "blue": 0}),
    ],
)
def test_base_is_what_the_plan_names_of_what_is_offered(base: tuple[str, ...], points: dict[str, float]) -> None:
    assert points_of(indicator_statistic(words(), share("colour", options=("red", "gone"), base=base))) == points


def test_index_is_linear_in_its_parts_and_none_where_one_is_not_asked() -> None:
    parts = (
        IndexPart(indicator="share_colour", weight=0.75),
        IndexPart(indicator="share_B2", weight=0.25, inverted=True),
    )
    index = Indicator(code="all", text=Text("", "All"), kind=IndicatorKind.INDEX, parts=parts)
    shares = (share("colour", options=("red",)), share("B2"))
    found = indicator_statistic(words(severity("B2", "Second"), indicators=shares), index)
    assert isinstance(found, IndexStatistic)
    assert ([weight for _part, weight in found.parts], found.constant) == ([75, -25], 25)
    assert indicator_statistic(words(indicators=shares), index) is None
