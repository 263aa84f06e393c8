"""Expressions that cannot be read, names that nothing bears, and rules that read forward."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from survey.complaints import Complaint
from survey.instrument.expressions.errors import ExpressionError
from survey.instrument.expressions.evaluation import parse
from survey.instrument.expressions.tree import Name, OwnValue, walk
from survey.instrument.lint.catalogue import EXPRESSION, finding
from survey.instrument.lint.parts import parts_of
from survey.instrument.schema import EditRule, Item, Page, Questionnaire, Section

FACTS = frozenset(
    f"frame_{name}"
    for name in (
        *(
            "name",
            "credit_code",
            "unit_key",
            "district",
            "industry",
            "industry_section",
            "size_class",
            "employees",
            "revenue",
        ),
        *("contact", "email", "phone"),
    )
)
"""What is known of a firm before it answers."""
PREVIOUS_PREFIX = "previous_"
# All others are read before there is an answer that the point could stand for.
WITH_OWN_VALUE = frozenset({"constraint", "condition"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedExpression:
    """One expression of a questionnaire: where it stands, and how many items are answered before it is read."""

    place: tuple[str, str]
    field: str
    expression: str
    items_before: int


def expressions_of(questionnaire: Questionnaire) -> Iterator[PlacedExpression]:
    """Every expression that may be written, in the order of reading; only a constraint knows the answer itself."""
    for read in parts_of(questionnaire):
        for field, expression in _expressions(read.part):
            yield PlacedExpression(
                place=read.place,
                field=field,
                expression=expression,
                # A constraint is read when its item is answered, so that item counts among those before.
                items_before=read.items_before + (field == "constraint"),
            )


def _expressions(part: Section | Page | Item | EditRule) -> Iterator[tuple[str, str]]:
    if isinstance(part, EditRule):
        yield "condition", part.condition
        return
    yield "relevant", part.relevant
    if isinstance(part, Item):
        yield from ((f"options.{option.code}.relevant", option.relevant) for option in part.options)
        yield from (("required", part.required), ("constraint", part.constraint), ("calculation", part.calculation))
        # A bare word in a first value is a fact of the frame, which a rule names as ${...}.
        is_name = part.prefill and not {"{", "("} & set(part.prefill)
        yield "prefill", f"${{{part.prefill}}}" if is_name else part.prefill


def expression_findings(questionnaire: Questionnaire) -> Iterator[Complaint]:
    """Findings about each expression, and about the places of edit rules."""
    position = positions_of(questionnaire)
    for rule in expressions_of(questionnaire):
        yield from _rule_findings(rule, position)
    for edit in questionnaire.edit_rules:
        place = ("rule", edit.code)
        if not edit.condition:
            yield finding("rule_empty", place, "condition")
        if not edit.items:
            yield finding("rule_without_place", place, "items")
        for code in edit.items:
            if code not in position:
                yield finding("unknown_item", place, "items", code)


def _rule_findings(rule: PlacedExpression, position: dict[str, int]) -> Iterator[Complaint]:
    if not rule.expression:
        return
    try:
        tree = parse(rule.expression)
    except ExpressionError as error:
        found = finding(f"{EXPRESSION}{error.code}", rule.place, rule.field, error.value, error.complaint.parameters)
        yield replace(found, place=replace(found.place, character=error.position + 1))
        return
    if rule.field not in WITH_OWN_VALUE and any(isinstance(node, OwnValue) for node in walk(tree)):
        yield finding("own_value", rule.place, rule.field, ".")
    # Once for each name, however often one expression reads it.
    for name in dict.fromkeys(node.name for node in walk(tree) if isinstance(node, Name)):
        yield from name_findings(name, rule.place, rule.field, rule.items_before, position)


def positions_of(questionnaire: Questionnaire) -> dict[str, int]:
    """The place of each item in the order of asking; of items that share a code the first."""
    position: dict[str, int] = {}
    for index, (_, _, item) in enumerate(questionnaire.walk()):
        position.setdefault(item.code, index)
    return position


def name_findings(
    name: str, place: tuple[str, str], field: str, items_before: int, position: dict[str, int]
) -> Iterator[Complaint]:
    """What is wrong with a name that is read after so many items."""
    code = item_of(name, position)
    if code is None and name not in FACTS:
        yield finding("unknown_name", place, field, name)
    # An answer of the wave before is known from the start, wherever its item stands.
    elif code is not None and not name.startswith(PREVIOUS_PREFIX) and position[code] >= items_before:
        yield finding("later_item", place, field, name)


def item_of(name: str, items: dict[str, int]) -> str | None:
    """The item that a name speaks of, itself, a part of it or its previous answer; None where there is none."""
    own = name.removeprefix(PREVIOUS_PREFIX) if name not in items else name
    # A cell of a table is named item__row__column: what stands before the first "__" is the item.
    return own if own in items else next((code for code in (own.partition("__")[0],) if code in items), None)
