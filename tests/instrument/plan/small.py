"""A small business survey with a plan that has one of everything, and nothing wrong with it."""

from survey.instrument.plan.plan import (
    AnalysisPlan,
    Group,
    GroupClass,
    IndexPart,
    Indicator,
    PlannedBlock,
    Reference,
    Scale,
    Step,
    Theme,
)
from survey.instrument.schema import Text
from survey.terms import GroupSource, IndicatorKind, ItemType, Presentation
from tests.instrument.tiny import item, one_page, options

FRAME = {"industry": ("B", "C"), "size": ("large", "small")}
QUESTIONNAIRE = one_page(
    item("orders", ItemType.SINGLE, options=options("up", "same", "down")),
    item("stocks", ItemType.SINGLE, options=options("up", "same", "down")),
    item("exports", ItemType.YES_NO),
    item("causes", ItemType.MULTIPLE, options=options("demand", "labour")),
    item("staff", ItemType.INTEGER),
    item("turnover", ItemType.MONEY),
    item("remark", ItemType.TEXT),
)
TREND = Scale(
    code="trend",
    text=Text("走势", "Trend"),
    items=("orders", "stocks"),
    steps=tuple(
        Step(code=code, text=Text(code, code), score=score) for code, score in (("up", 1), ("same", 0), ("down", -1))
    ),
    marked=("up",),
    marked_text=Text("上升", "report a rise"),
)
DEMAND = Theme(code="demand", text=Text("需求", "Demand"), scale="trend", items=("orders",))


def indicator(code: str, kind: IndicatorKind, **parts: object) -> Indicator:
    """An indicator with a name."""
    return Indicator(code=code, text=Text(code, code), kind=kind, **parts)  # type: ignore[arg-type]


def table(code: str, statistic: IndicatorKind, presentation: Presentation, **parts: object) -> PlannedBlock:
    """A table with a title."""
    return PlannedBlock(code=code, text=Text(code, code), statistic=statistic, presentation=presentation, **parts)  # type: ignore[arg-type]


INDEX = indicator(
    "pmi",
    IndicatorKind.INDEX,
    parts=(
        IndexPart(indicator="new_orders", weight=0.7),
        IndexPart(indicator="stock_index", weight=0.3, inverted=True),
    ),
    reference=Reference(value=50, text=Text("荣枯线", "No change"), source=Text("编制办法", "The method")),
)
INDICATORS = (
    indicator("new_orders", IndicatorKind.DIFFUSION, item="orders"),
    indicator("stock_index", IndicatorKind.DIFFUSION, item="stocks"),
    indicator("exporting", IndicatorKind.SHARE, item="exports", options=("yes",), base=("yes", "no")),
    indicator("mean_staff", IndicatorKind.MEAN, item="staff"),
    indicator("per_head", IndicatorKind.RATIO, item="turnover", denominator="staff"),
    INDEX,
)
SECTOR = Group(
    code="sector",
    text=Text("产业", "Sector"),
    source=GroupSource.FRAME,
    variable="industry",
    classes=(
        GroupClass(code="mining", text=Text("采矿", "Mining"), values=("B",)),
        GroupClass(code="made", text=Text("制造", "Manufacturing"), values=("C",)),
    ),
)
EXPORTS = Group(code="by_exports", text=Text("出口", "Exports"), source=GroupSource.ITEM, variable="exports")
TABLES = (
    table(
        "ranked", IndicatorKind.SHARE, Presentation.RANKING, rows=("orders", "stocks"), scale="trend", split="sector"
    ),
    table("themes", IndicatorKind.SHARE, Presentation.HEADLINE, rows=("demand",), ordered_by="ranked"),
    table("numbers", IndicatorKind.MEAN, Presentation.INDICATORS, rows=("staff", "mean_staff"), beside="themes"),
    table("chosen", IndicatorKind.SHARE, Presentation.CHOICES, item="causes", ordered_by="chosen"),
)
PLAN = AnalysisPlan(
    scales=(TREND,),
    themes=(DEMAND,),
    indicators=INDICATORS,
    groups=(SECTOR, EXPORTS),
    blocks=TABLES,
    names={"orders": Text("订单", "Orders")},
)
