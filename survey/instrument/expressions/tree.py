"""The closed tree that an expression is parsed into."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Literal:
    """A number or a text written in the expression."""

    value: float | str


@dataclass(frozen=True, slots=True)
class Name:
    """``${name}``: an earlier answer, a part of one, a frame fact, or an answer of the previous wave."""

    name: str


@dataclass(frozen=True, slots=True)
class OwnValue:
    """``.``: the answer that a constraint judges."""


@dataclass(frozen=True, slots=True)
class Negation:
    """Unary minus."""

    operand: "Expression"


@dataclass(frozen=True, slots=True)
class Operation:
    """Two operands and one of the operators of ``functions.OPERATORS``, or ``and``, ``or``."""

    operator: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Call:
    """A function of ``functions.FUNCTIONS`` and its arguments."""

    function: str
    arguments: tuple["Expression", ...]


Expression: TypeAlias = Literal | Name | OwnValue | Negation | Operation | Call


def parts_of(expression: Expression) -> tuple[Expression, ...]:
    """The operands or arguments directly below a node."""
    if isinstance(expression, Negation):
        return (expression.operand,)
    if isinstance(expression, Operation):
        return (expression.left, expression.right)
    return expression.arguments if isinstance(expression, Call) else ()


def walk(expression: Expression, *, outside: str = "") -> Iterator[Expression]:
    """Every node from the top down; what stands inside calls of the function ``outside`` is left out."""
    yield expression
    # After the call itself, which whoever looks for functions has to see.
    if outside and isinstance(expression, Call) and expression.function == outside:
        return
    for part in parts_of(expression):
        yield from walk(part, outside=outside)
