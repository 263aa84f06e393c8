"""Calculations that hold the labels of choices, which differ from language to language."""

from survey.instrument.expressions.errors import ExpressionError
from survey.instrument.expressions.evaluation import parse
from survey.instrument.expressions.tree import Call, Name, walk
from survey.instrument.schema import Questionnaire

CHOICE_NAME = "jr:choice-name"
OF_THE_MOMENT = frozenset({"today", "now", "once"})
"""Functions whose value is that of the day on which it was stored."""


def speaks(questionnaire: Questionnaire, name: str, seen: frozenset[str] = frozenset()) -> bool:
    """Whether an item is calculated with labels of choices, itself or by others, and from answers alone."""
    item = questionnaire.items.get(name)
    # Calculations that name one another in a circle would never end.
    if item is None or not item.calculation or name in seen:
        return False
    try:
        nodes = list(walk(parse(item.calculation)))
    except ExpressionError:
        return False
    called = {node.function for node in nodes if isinstance(node, Call)}
    if called & OF_THE_MOMENT:
        return False
    if CHOICE_NAME in called:
        return True
    return any(speaks(questionnaire, node.name, seen | {name}) for node in nodes if isinstance(node, Name))
