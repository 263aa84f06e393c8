"""Whether conditions can hold together for any answers: exact for comparisons of a name with a fixed value, else "yes".

Every condition is split at its ``and``; parts that compare two names or compute are left out, so that "cannot hold" is
certain. For the rest each name only needs the fixed values, the points between and beside them, and no answer at all.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations, pairwise, product
from math import prod
from typing import Any, TypeAlias

from survey.instrument.edits.item_edits import range_of
from survey.instrument.expressions.evaluation import Scope, evaluate
from survey.instrument.expressions.tree import Call, Expression, Literal, Name, Operation, OwnValue, walk
from survey.instrument.expressions.values import to_bool, to_number, to_text
from survey.instrument.kinds.choices import options_of
from survey.instrument.kinds.registry import kind_of
from survey.instrument.schema import Item

COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
# Beyond these nothing is claimed: a designer waits for the answer, and "cannot hold" has to be certain.
MOST_COMBINATIONS = 20_000
MOST_SUBSET_CODES = 10
# Plain conditions call no function of the day.
ANY_DAY = date(2000, 1, 1)
# A text that nobody writes into a rule: it stands for all that a rule does not name.
OTHER_TEXT = "\N{REPLACEMENT CHARACTER}"

Values: TypeAlias = list[Any] | None
"""The values to try for a name; None where they are too many."""


def can_hold(conditions: Iterable[Expression], domains: Mapping[str, Values]) -> bool:
    """Whether some combination of the names' possible values makes every condition true, as far as can be told."""
    parts = [part for condition in conditions for part in conjuncts(condition) if is_plain(part)]
    names = sorted({node.name for part in parts for node in walk(part) if isinstance(node, Name)})
    values = [domains[name] for name in names]
    known = [tried for tried in values if tried is not None]
    # "Can hold" is the answer that accuses nobody where too much would have to be tried.
    if len(known) < len(values) or prod(len(tried) for tried in known) > MOST_COMBINATIONS:
        return True
    return any(
        all(
            to_bool(evaluate(part, Scope(answers=dict(zip(names, answers, strict=True)), facts={}, today=ANY_DAY)))
            for part in parts
        )
        for answers in product(*known)
    )


def conjuncts(condition: Expression) -> list[Expression]:
    """The parts that must all hold."""
    if isinstance(condition, Operation) and condition.operator == "and":
        return conjuncts(condition.left) + conjuncts(condition.right)
    return [condition]


def is_plain(node: Expression) -> bool:
    """Whether a condition only compares names with fixed values."""
    if isinstance(node, Operation) and node.operator in ("and", "or"):
        return is_plain(node.left) and is_plain(node.right)
    if isinstance(node, Operation) and node.operator in COMPARISONS:
        return _is_compared_with_literal(node.left, node.right) or _is_compared_with_literal(node.right, node.left)
    if isinstance(node, Call) and node.function == "not":
        return is_plain(node.arguments[0])
    if isinstance(node, Call) and node.function == "selected":
        return _is_compared_with_literal(*node.arguments)
    return isinstance(node, Name) or (isinstance(node, Call) and node.function in ("true", "false"))


def _is_compared_with_literal(one: Expression, other: Expression) -> bool:
    return isinstance(one, Name | Literal) and isinstance(other, Literal)


def about_item(condition: Expression, name: str) -> Expression:
    """The condition with ``.`` read as the item of this name."""
    if isinstance(condition, OwnValue):
        return Name(name)
    if isinstance(condition, Operation):
        return Operation(condition.operator, about_item(condition.left, name), about_item(condition.right, name))
    if isinstance(condition, Call):
        return Call(condition.function, tuple(about_item(part, name) for part in condition.arguments))
    return condition


def literals_in(conditions: Iterable[Expression]) -> list[float | str]:
    """The fixed values in conditions, each once."""
    found = [node.value for condition in conditions for node in walk(condition) if isinstance(node, Literal)]
    return list(dict.fromkeys(found))


def usable_values(item: Item | None, literals: Sequence[float | str]) -> Values:
    """The answers of an item (None: of a fact or a part) that conditions with these fixed values can tell apart."""
    if item is None:
        return _points(literals) + [value for value in literals if isinstance(value, str) and value] + [OTHER_TEXT]
    kind = kind_of(item)
    if kind.takes_several:
        return _selections(item, {code for value in literals for code in to_text(value).split()})
    if kind.is_closed and options_of(item):
        return [option.code for option in options_of(item)]
    low, high = range_of(item)
    points = [
        point for point in _points(literals, low, high)
        if (low is None or point >= low) and (high is None or point <= high)
        and (not kind.is_whole or point.is_integer())
    ]  # fmt: skip
    return points + [value for value in literals if isinstance(value, str) and value] + [OTHER_TEXT]


def _points(literals: Sequence[float | str], *bounds: float | None) -> list[float]:
    """The numbers among the values, those beside them and those between them."""
    numbers = {number for value in (*literals, *bounds) if (number := to_number(value)) is not None}
    # No comparison changes its answer between two neighbouring marks: one point in each gap stands for all of it.
    marks = sorted(numbers | {number + step for number in numbers for step in (-1.0, 1.0)} | {0.0})
    return [*marks, *((left + right) / 2 for left, right in pairwise(marks))]


def _selections(item: Item, codes: set[str]) -> Values:
    """Lists of the codes that are asked about, in every combination that the item allows, and one without them."""
    asked = [option for option in options_of(item) if option.code in codes]
    if len(asked) > MOST_SUBSET_CODES:
        return None
    # One of the others stands for all: no condition tells them apart.
    rest = [[option.code] for option in options_of(item) if option.code not in codes][:1]
    most = min(item.max_choices or len(asked), len(asked))
    chosen = [list(part) for size in range(1, most + 1) for part in combinations(asked, size)]
    # An exclusive option is chosen alone or not at all.
    allowed = [part for part in chosen if len(part) == 1 or not any(option.exclusive for option in part)]
    return rest + [[option.code for option in part] for part in allowed]
