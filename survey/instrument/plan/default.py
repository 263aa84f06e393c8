"""The plan of a questionnaire without a word of configuration: what it asks gives scales, groups and tables.

A designer's plan names what matters; each part that it leaves empty is filled in here, always in the same order, so
that equal questionnaires have equal results.
"""

from collections.abc import Iterator
from dataclasses import replace

from survey.instrument.kinds.choices import options_of
from survey.instrument.kinds.registry import kind_of
from survey.instrument.kinds.severity import SEVERITY
from survey.instrument.plan.crossings import default_crossings
from survey.instrument.plan.default_blocks import default_blocks
from survey.instrument.plan.plan import NO_PLAN, AnalysisPlan, Group, Scale, Step
from survey.instrument.schema import Item, Option, Questionnaire, Text
from survey.terms import GroupSource, ItemType, Severity

FRAME_GROUPS = (
    Group(code="industry", text=Text("行业", "Industry"), source=GroupSource.FRAME, variable="industry"),
    Group(code="size", text=Text("企业规模", "Size of the firm"), source=GroupSource.FRAME, variable="size"),
    Group(code="district", text=Text("地区", "District"), source=GroupSource.FRAME, variable="district"),
)
"""The variables that every frame has, in the order in which results are split by them."""
SEVERITY_SCALE = "severity"
LEAST_STEPS = 3
"""Two answers have no middle: they are shown as shares."""


def completed_plan(questionnaire: Questionnaire, plan: AnalysisPlan = NO_PLAN) -> AnalysisPlan:
    """The plan with every empty part filled in from the questionnaire; its digest is that of all that is shown."""
    # Scales and groups first: the tables that follow are made from them.
    scaled = replace(plan, scales=plan.scales or default_scales(questionnaire), groups=plan.groups or FRAME_GROUPS)
    return replace(
        scaled,
        crossings=plan.crossings or default_crossings(scaled.groups),
        blocks=plan.blocks or default_blocks(questionnaire, scaled),
    )


def default_scales(questionnaire: Questionnaire) -> tuple[Scale, ...]:
    """Severity items, and single choices that share their options, make a scale each, in the order of asking."""
    answered_alike: dict[tuple[ItemType, tuple[str, ...]], list[Item]] = {}
    for item in questionnaire.items.values():
        if kind_of(item).can_be_scale:
            # Codes, not wordings: the same scale may be worded for its question.
            codes = tuple(option.code for option in options_of(item))
            answered_alike.setdefault((item.type, codes), []).append(item)
    return tuple(_scales(list(answered_alike.values())))


def _scales(answered_alike: list[list[Item]]) -> Iterator[Scale]:
    for items in answered_alike:
        options = options_of(items[0])
        # By the options and not the type: a single choice that was given the same five steps reads the same way.
        if options == SEVERITY.options:
            yield _severity(items)
        # One item alone with its options is a choice; a scale is what several share.
        elif len(options) >= LEAST_STEPS and len(items) > 1:
            yield _scale(f"scale_{items[0].code}", items, options)


def _severity(items: list[Item]) -> Scale:
    """The five-step scale of the item kind, on which the two worst steps count."""
    return replace(
        _scale(SEVERITY_SCALE, items, SEVERITY.options),
        text=Text("严重程度", "Severity"),
        marked=(Severity.SERIOUS.value, Severity.VERY_SERIOUS.value),
        marked_text=Text("认为严重或非常严重", "find it serious or very serious"),
        is_adverse=True,
    )


def _scale(code: str, items: list[Item], options: tuple[Option, ...]) -> Scale:
    first, last = options[0].text, options[-1].text
    return Scale(
        code=code,
        text=Text(f"{first.of('zh')}—{last.of('zh')}", f"{first.of('en')} – {last.of('en')}"),
        items=tuple(item.code for item in items),
        steps=tuple(Step(code=option.code, text=option.text) for option in options),
    )
