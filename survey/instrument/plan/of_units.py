"""A plan whose texts follow from the questionnaire, in the words of a survey that asks local units."""

from collections.abc import Mapping
from dataclasses import replace

from survey.instrument.plan.default import FRAME_GROUPS
from survey.instrument.plan.default_blocks import KIND_TEXTS, default_blocks, share_order
from survey.instrument.plan.plan import AnalysisPlan
from survey.instrument.schema import Questionnaire, Text
from survey.terms import AskedUnit, IndicatorKind

SIZE = next(group.text for group in FRAME_GROUPS if group.code == "size")
ALWAYS = {
    SIZE: Text("产业活动单位规模", "Size of the local unit"),
    KIND_TEXTS[IndicatorKind.SHARE]: Text("产业活动单位占比", "Shares of local units"),
}
"""Texts about firms that every plan may have, with those about local units."""


def plan_in_words(questionnaire: Questionnaire, plan: AnalysisPlan, asks: AskedUnit) -> AnalysisPlan:
    """The complete plan as its tables are told of these; what a designer wrote stays as it is."""
    if asks is AskedUnit.FIRM:
        return plan
    groups = tuple(replace(group, text=ALWAYS.get(group.text, group.text)) for group in plan.groups)
    orders = {
        share_order(scale.marked_text): share_order(scale.marked_text, AskedUnit.LOCAL_UNIT) for scale in plan.scales
    }
    # Titles of tables by group have the name of the group in them.
    pairs = zip(
        default_blocks(questionnaire, plan),
        default_blocks(questionnaire, replace(plan, groups=groups)),
        strict=True,
    )
    words: Mapping[Text, Text] = {**{of_firms.text: ours.text for of_firms, ours in pairs}, **ALWAYS, **orders}
    blocks = tuple(replace(block, text=words.get(block.text, block.text)) for block in plan.blocks)
    return replace(plan, groups=groups, blocks=blocks)
