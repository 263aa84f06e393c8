"""Expressions in the XLSForm language: parsed once into a closed tree, evaluated in Python, never by ``eval``.

The one rule for unanswered operands. An operand is *unanswered* (blank) when there is no answer, when the answer is
empty, and when it is a Missing code ("does not apply", "don't know", "prefer not to say"). Then:

1. a comparison with it is false, ``!=`` too;
2. arithmetic with it, and any function of it, is unanswered;
3. as a condition it is false (so ``not()`` of it is true);
4. functions made for unanswered operands pass it over: ``coalesce``, ``if``, ``selected`` (false),
   ``count-selected`` (0), ``sum``, ``min``, ``max``, ``count``, ``concat``, ``join``, ``string-length`` (0);
5. ``${x} = ''`` asks whether it is unanswered, ``${x} != ''`` whether it is answered;
6. a Missing code can be asked for by its name: ``${x} = 'refused'``, ``selected(${x}, 'dont_know')``.

Division by zero and results beyond floats are unanswered too. Dates are ISO texts; as numbers they count days from
1970-01-01.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from survey.instrument.expressions.chance import FIRM_FACT, UNIT, drawn_number, drawn_uuid
from survey.instrument.expressions.errors import ExpressionError
from survey.instrument.expressions.functions import FUNCTIONS, OPERATORS
from survey.instrument.expressions.parser import parse_tokens
from survey.instrument.expressions.tree import (
    Call,
    Expression,
    Literal,
    Name,
    Negation,
    Operation,
    OwnValue,
    walk,
)
from survey.instrument.expressions.values import Value, from_answer, is_blank, to_bool, to_number, to_text
from survey.register_terms import identity_of

__all__ = [
    "Expression",
    "ExpressionError",
    "Scope",
    "evaluate",
    "holds",
    "names_in",
    "parse",
    "usable_names_in",
    "value_of",
]


# Trees are frozen, so that one serves all firms: every page reads the rules of the whole questionnaire.
@lru_cache(maxsize=8192)
def parse(text: str) -> Expression:
    """The tree of an expression. Raises ExpressionError with code, place and repair."""
    return parse_tokens(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What names mean: answers first, then facts (``frame_...``, ``previous_...``), and the date of "today".

    ``own`` is the stored answer that ``.`` stands for. ``choice_name`` gives the label of an item's code. ``place`` is
    the code of the item, page or section whose rule is read; chance is drawn for it.
    """

    answers: Mapping[str, Any]
    facts: Mapping[str, Any]
    today: date
    own: Any = None
    choice_name: Callable[[str, str], str] | None = field(default=None, compare=False)
    place: str = ""

    @property
    def firm(self) -> str:
        """What tells firms apart, "" where nothing is known."""
        return identity_of(to_text(self.facts.get(FIRM_FACT)), to_text(self.facts.get(UNIT)))

    def at(self, place: str) -> "Scope":
        """The same at another place."""
        return Scope(
            answers=self.answers,
            facts=self.facts,
            today=self.today,
            own=self.own,
            choice_name=self.choice_name,
            place=place,
        )

    def value(self, name: str) -> Value:
        """The value of a name; ``item__row`` and ``item__row__column`` are parts, ``item__column`` is a column."""
        # An item may be called frame_... only by mistake (lint refuses it), so answers come first without harm.
        for source in (self.answers, self.facts):
            if name in source:
                return from_answer(source[name])
        # Codes of loaded forms may hold the separator themselves: any beginning of the name may be the item.
        base, separator, path = name.partition("__")
        while separator:
            for source in (self.answers, self.facts):
                if isinstance(source.get(base), Mapping):
                    return _part(source[base], path)
            following, separator, path = path.partition("__")
            base = f"{base}__{following}"
        return None


def _part(cells: Mapping[str, Any], path: str) -> Value:
    row, separator, column = path.partition("__")
    if not separator:
        if row in cells:
            return from_answer(cells[row])
        found = {key: part[row] for key, part in cells.items() if isinstance(part, Mapping) and row in part}
        return found or None
    part = cells.get(row)
    return from_answer(part.get(column)) if isinstance(part, Mapping) else None


def evaluate(expression: Expression, scope: Scope) -> Value:
    """The value of an expression: None, bool, int, float, str, Missing, a tuple of codes or a mapping of cells."""
    return _EVALUATORS[type(expression)](expression, scope)


def value_of(text: str, scope: Scope) -> Value:
    """The value of an expression given as text."""
    return evaluate(parse(text), scope)


def holds(text: str, scope: Scope) -> bool:
    """Whether a condition given as text holds; an empty one does."""
    return not text or to_bool(evaluate(parse(text), scope))


@lru_cache(maxsize=8192)
def names_in(text: str) -> frozenset[str]:
    """Every name in an expression; none in an empty one."""
    return frozenset(node.name for node in walk(parse(text)) if isinstance(node, Name)) if text else frozenset()


@lru_cache(maxsize=8192)
def usable_names_in(text: str) -> frozenset[str]:
    """The names that must have a usable answer before an edit is checked: all but those inside ``coalesce()``."""
    if not text:
        return frozenset()
    return frozenset(node.name for node in walk(parse(text), outside="coalesce") if isinstance(node, Name))


def _operation(node: Operation, scope: Scope) -> Value:
    left = evaluate(node.left, scope)
    # Not in the table: the right side is not read where the left decides, as in XPath.
    if node.operator == "and":
        return to_bool(left) and to_bool(evaluate(node.right, scope))
    if node.operator == "or":
        return to_bool(left) or to_bool(evaluate(node.right, scope))
    return OPERATORS[node.operator](left, evaluate(node.right, scope))


def _negation(node: Negation, scope: Scope) -> Value:
    number = to_number(evaluate(node.operand, scope))
    return None if number is None else -number


def _call(node: Call, scope: Scope) -> Value:
    special = _IN_SCOPE.get(node.function)
    if special:
        return special(node, scope)
    function = FUNCTIONS[node.function]
    values = [evaluate(argument, scope) for argument in node.arguments]
    # Rule 2 in one place, so that no function has to know of unanswered operands.
    if not function.takes_blank and any(value is None or is_blank(value) for value in values):
        return None
    return function.apply(*values)


def _chosen_branch(node: Call, scope: Scope) -> Value:
    condition, then, otherwise = node.arguments
    return evaluate(then if to_bool(evaluate(condition, scope)) else otherwise, scope)


def _choice_name(node: Call, scope: Scope) -> Value:
    code, item = (to_text(evaluate(argument, scope)) for argument in node.arguments)
    name = item.strip().removeprefix("${").removesuffix("}").strip()
    # Without somebody to ask the code stands for its label, which is better in a text than nothing.
    return scope.choice_name(name, code) if scope.choice_name and code else code


def _uuid(node: Call, scope: Scope) -> Value:
    """A UUID, or as many of its characters as asked for."""
    drawn = drawn_uuid(scope.firm, scope.place)
    length = to_number(evaluate(node.arguments[0], scope)) if node.arguments else None
    return drawn if length is None else drawn.replace("-", "")[: max(int(length), 0)]


_IN_SCOPE: dict[str, Callable[[Call, Scope], Value]] = {
    "if": _chosen_branch,
    "jr:choice-name": _choice_name,
    "today": lambda node, scope: scope.today.isoformat(),
    # The day, not the moment: within a day the same answers give the same route.
    "now": lambda node, scope: scope.today.isoformat(),
    "random": lambda node, scope: drawn_number(scope.firm, scope.place),
    "uuid": _uuid,
}

_EVALUATORS: dict[type, Callable[[Any, Scope], Value]] = {
    Literal: lambda node, scope: node.value,
    Name: lambda node, scope: scope.value(node.name),
    OwnValue: lambda node, scope: from_answer(scope.own),
    Negation: _negation,
    Operation: _operation,
    Call: _call,
}
