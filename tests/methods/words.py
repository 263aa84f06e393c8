"""The vocabulary of a small survey of two severity items, and its planned tables by code."""

from dataclasses import replace
from typing import Any

from survey.instrument.kinds.severity import SEVERITY_TEXTS
from survey.instrument.plan.plan import AnalysisPlan, Group, PlannedBlock, Scale, Step, Theme
from survey.instrument.schema import Item, Page, Questionnaire, Section, Text
from survey.methods.tables.plan import PlannedTable, planned_tables
from survey.methods.tables.vocabulary import Vocabulary, group_headings
from survey.terms import GroupSource, IndicatorKind, ItemType, Missing, Presentation

ROWS = ("B1", "B2")
SHARE = IndicatorKind.SHARE
SCALE = Scale(
    code="severity",
    text=Text("", "Severity"),
    items=ROWS,
    steps=tuple(Step(code=step.value, text=text) for step, text in SEVERITY_TEXTS.items()),
    marked=("4", "5"),
    marked_text=Text("", "find it serious"),
    is_adverse=True,
)


def block(code: str, presentation: Presentation, rows: tuple[str, ...] = ROWS, **more: Any) -> PlannedBlock:
    """A table of marked shares, in the order of the ranking."""
    return PlannedBlock(
        code=code, text=Text("", code), presentation=presentation, statistic=SHARE, rows=rows, scale="severity",
        ordered_by="ranking", **more,
    )  # fmt: skip


PLAN = AnalysisPlan(
    scales=(SCALE,),
    themes=(Theme(code="core_theme", text=Text("", "Theme"), scale="severity", items=ROWS),),
    groups=tuple(
        Group(code=code, text=Text("", code), source=GroupSource.FRAME, variable=code) for code in ("industry", "size")
    ),
    blocks=(
        replace(block("core", Presentation.HEADLINE, ("core_theme",)), scale="", ordered_by=""),
        block("ranking", Presentation.RANKING),
        block("distribution", Presentation.DISTRIBUTION),
        block("not_applicable", Presentation.APART, beside="distribution"),
        block("severity_by_size", Presentation.HEAT_MAP, split="size"),
    ),
)


def asking(*items: Item) -> Questionnaire:
    """A questionnaire of one page."""
    return Questionnaire(
        code="q",
        title=Text("", "Q"),
        sections=(Section(code="s", title=Text(), pages=(Page(code="p", title=Text(), items=items),)),),
    )


def severity(code: str, label: str) -> Item:
    """An item on the five steps that may not apply."""
    return Item(code=code, type=ItemType.SEVERITY, text=Text(label, label), missing=(Missing.NOT_APPLICABLE,))


WORDS = Vocabulary(
    questionnaire=asking(severity("B1", "First"), severity("B2", "Second")),
    plan=PLAN,
    frame={
        "industry": group_headings("industry", {"C": "Manufacturing"}),
        "size": group_headings("size", {"small": "Small", "micro": "Micro"}),
    },
)


def tables(words: Vocabulary, *codes: str) -> list[PlannedTable]:
    """The planned tables with these codes; all without any."""
    return [table for table in planned_tables(words) if not codes or table.code in codes]
