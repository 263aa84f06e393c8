"""Constraints and hard edits that no answer meets, alone or two together."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from survey.complaints import Complaint
from survey.instrument.edits.item_edits import range_of
from survey.instrument.expressions.evaluation import parse
from survey.instrument.expressions.tree import Expression, Name, walk
from survey.instrument.lint.catalogue import finding
from survey.instrument.lint.satisfiability import about_item, can_hold, literals_in, usable_values
from survey.instrument.schema import Item, Questionnaire
from survey.terms import EditLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edit:
    place: tuple[str, str]
    field: str
    condition: Expression
    names: frozenset[str]


def edit_findings(questionnaire: Questionnaire) -> Iterator[Complaint]:
    """Edits that cannot hold for any usable answers, and pairs about the same item that cannot hold together."""
    items = questionnaire.items
    possible = []
    for edit in _edits(questionnaire):
        if _can_be_met((edit.condition,), items):
            possible.append(edit)
        else:
            yield finding("edit_impossible", edit.place, edit.field, edit.place[1])
    for one, other in combinations(possible, 2):
        # Edits about different items cannot contradict each other, and most pairs are such.
        if one.names & other.names and not _can_be_met((one.condition, other.condition), items):
            yield finding("contradictory_edits", one.place, one.field, other.place[1])


def _edits(questionnaire: Questionnaire) -> Iterator[_Edit]:
    for item in questionnaire.items.values():
        if item.constraint:
            yield _edit(("item", item.code), "constraint", about_item(parse(item.constraint), item.code))
    for rule in questionnaire.edit_rules:
        if rule.level is EditLevel.HARD and rule.condition:
            own = about_item(parse(rule.condition), rule.items[0]) if rule.items else parse(rule.condition)
            yield _edit(("rule", rule.code), "condition", own)


def _edit(place: tuple[str, str], field: str, condition: Expression) -> _Edit:
    return _Edit(place=place, field=field, condition=condition, names=_names(condition))


def _names(condition: Expression) -> frozenset[str]:
    return frozenset(node.name for node in walk(condition) if isinstance(node, Name))


def _can_be_met(conditions: tuple[Expression, ...], items: dict[str, Item]) -> bool:
    literals = literals_in(conditions)
    names = frozenset().union(*(_names(condition) for condition in conditions))
    # Every edit about such an item would be impossible; the finding about the item itself is the one to mend.
    if any(_has_no_usable_value(items.get(name)) for name in names):
        return True
    return can_hold(conditions, {name: usable_values(items.get(name), literals) for name in names})


def _has_no_usable_value(item: Item | None) -> bool:
    """Whether the item itself is at fault (an empty range, no options), which has a finding of its own."""
    if item is None:
        return False
    low, high = range_of(item)
    return (low is not None and high is not None and low > high) or usable_values(item, []) == []
