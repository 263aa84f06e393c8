"""Whom an item is asked of: the conditions of its route, from section to item, and those of the answers they read."""

from collections.abc import Iterator

from survey.instrument.expressions.evaluation import ExpressionError, parse
from survey.instrument.expressions.tree import Call, Expression, Name, Operation, walk
from survey.instrument.kinds.registry import kind_of
from survey.instrument.schema import Questionnaire


def conditions_of(questionnaire: Questionnaire) -> dict[str, tuple[str, ...]]:
    """By item the conditions under which it is asked, each once, those that others rest on first; () is everybody.

    A condition that can only hold where the item it reads was answered takes over the conditions of that item.
    """
    found: dict[str, tuple[str, ...]] = {}
    for section in questionnaire.sections:
        for page in section.pages:
            for item in page.items:
                own = [text for text in (section.relevant, page.relevant, item.relevant) if text]
                # The conditions of what a condition reads come first, as they do in the route.
                behind = [text for condition in own for text in _inherited(condition, found, questionnaire)]
                found[item.code] = tuple(dict.fromkeys([*behind, *own]))
    return found


def _inherited(condition: str, found: dict[str, tuple[str, ...]], questionnaire: Questionnaire) -> Iterator[str]:
    try:
        tree = parse(condition)
    except ExpressionError:
        return
    for name in sorted(_needed(tree)):
        item = questionnaire.items.get(name)
        if item is not None and not kind_of(item).is_calculated:
            yield from found.get(name, ())


def _needed(tree: Expression) -> set[str]:
    """Items without an answer to which the condition fails."""
    match tree:
        case Operation(operator="and", left=left, right=right):
            return _needed(left) | _needed(right)
        case Operation(operator="or", left=left, right=right):
            # Either side may be the one that holds, so only what both need is needed.
            return _needed(left) & _needed(right)
        # A comparison without an answer is false, `!=` too (see `expressions.evaluation`).
        case Operation(operator="=" | "!=" | "<" | ">" | "<=" | ">="):
            return {node.name for node in walk(tree) if isinstance(node, Name)}
        case Call(function="selected"):
            return {node.name for node in walk(tree) if isinstance(node, Name)}
    return set()
