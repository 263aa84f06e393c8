"""The analysis plan as a value."""

import json

import pytest

from survey.instrument.plan.plan import (
    NO_PLAN,
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
    Threshold,
)
from survey.instrument.schema import Text
from survey.terms import GroupSource, IndicatorKind, Presentation

PLAN = AnalysisPlan(
    scales=(
        Scale(
            code="trend",
            text=Text("走势", "Trend"),
            items=("orders",),
            steps=(
                Step(code="down", text=Text("下降", "Down"), score=-1),
                Step(code="up", text=Text("上升", "Up"), score=1),
            ),
            marked=("up",),
            marked_text=Text("认为上升", "report a rise"),
        ),
    ),
    themes=(Theme(code="demand", text=Text("需求", "Demand"), scale="trend", items=("orders",)),),
    indicators=(
        Indicator(
            code="pmi",
            text=Text("指数", "Index", (("fr", "Indice"),)),
            kind=IndicatorKind.INDEX,
            parts=(IndexPart(indicator="orders_diffusion", weight=0.3, inverted=True),),
            reference=Reference(value=50, text=Text("荣枯线", "No change")),
        ),
    ),
    groups=(
        Group(
            code="sector",
            text=Text("产业", "Sector"),
            source=GroupSource.FRAME,
            variable="industry",
            classes=(GroupClass(code="2", text=Text("第二产业", "Secondary"), values=("B", "C")),),
        ),
    ),
    blocks=(
        PlannedBlock(
            code="b",
            text=Text("订单", "Orders"),
            presentation=Presentation.RANKING,
            statistic=IndicatorKind.SHARE,
            rows=("orders",),
        ),
    ),
    names={"orders": Text("订单", "Orders")},
    threshold=Threshold(firms=5),
)


def test_plan_survives_json() -> None:
    assert AnalysisPlan.from_dict(json.loads(json.dumps(PLAN.to_dict()))) == PLAN


def test_plan_without_content_is_no_content() -> None:
    assert NO_PLAN.to_dict() == {}
    assert AnalysisPlan.from_dict({}) == NO_PLAN


def test_digest_follows_the_content() -> None:
    assert AnalysisPlan.from_dict(PLAN.to_dict()).digest == PLAN.digest
    assert NO_PLAN.digest != PLAN.digest


def test_unknown_field_is_refused() -> None:
    with pytest.raises(TypeError):
        AnalysisPlan.from_dict({"themes": [{"code": "a", "colour": "red"}]})
