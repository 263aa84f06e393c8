"""Small faults that a test should notice: each is the source of a module with one place changed."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
}
SHAPES = ("property", "cached_property", "classmethod", "staticmethod", "abstractmethod", "contextmanager", "overload")
"""Decorators that say what a function is; without them nothing runs at all, which says nothing about the tests."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one fault: in ``line`` the text ``before`` became ``after``; ``source`` is the whole module."""

    line: int
    before: str
    after: str
    source: str

    def __str__(self) -> str:
        return f"{self.line}: {' '.join(self.before.split())[:70]}  ->  {' '.join(self.after.split())[:70]}"


def mutants_of(source: str) -> list[Mutant]:
    """Every single fault that can be put into the functions and classes of a module, by line."""
    tree = ast.parse(source)
    skipped = {id(part) for node in ast.walk(tree) for hint in hints_of(node) for part in ast.walk(hint)}
    nodes = (node for node in ast.walk(tree) if id(node) not in skipped)
    found = [put_in(source, place, after) for node in nodes for place, after in faults_of(node)]
    found += [put_in(source, mark, "", start=1) for node in ast.walk(tree) for mark in guards_of(node)]
    return sorted(found, key=lambda mutant: (mutant.line, mutant.after))


def hints_of(node: ast.AST) -> Iterator[ast.AST]:
    """Types, which say nothing when the module runs, and decorators, which are taken away whole."""
    for name in ("annotation", "returns"):
        if (hint := getattr(node, name, None)) is not None:
            yield hint
    yield from getattr(node, "decorator_list", ())


def put_in(source: str, node: ast.expr | ast.stmt, after: str, start: int = 0) -> Mutant:
    """The source with ``after`` where the node stands, from ``start`` characters before it."""
    lines = source.encode().splitlines(keepends=True)
    first = sum(map(len, lines[: node.lineno - 1])) + node.col_offset - start
    last = sum(map(len, lines[: (node.end_lineno or node.lineno) - 1])) + (node.end_col_offset or 0)
    content = source.encode()
    changed = content[:first] + after.encode() + content[last:]
    return Mutant(node.lineno, content[first:last].decode(), after, changed.decode())


def faults_of(node: ast.AST) -> list[tuple[ast.expr | ast.stmt, str]]:
    """(place, what may stand there instead) in a node."""
    if isinstance(node, ast.If | ast.IfExp):
        return [(node.test, "False")]
    if isinstance(node, ast.comprehension):
        return [(condition, "True") for condition in node.ifs]
    make = FAULTS.get(type(node))
    return [(node, after) for after in make(node)] if make and isinstance(node, ast.expr | ast.stmt) else []


def guards_of(node: ast.AST) -> list[ast.expr]:
    """The decorators that a function could lose unnoticed, such as the permission that a page asks for."""
    marks = node.decorator_list if isinstance(node, ast.FunctionDef) else []
    return [mark for mark in marks if not any(shape in ast.unparse(mark) for shape in SHAPES)]


def _compare(node: ast.Compare) -> list[str]:
    changed = OPPOSITE[type(node.ops[0])]()
    return [f"({ast.unparse(ast.Compare(node.left, [changed, *node.ops[1:]], node.comparators))})"]


def _both_or_one(node: ast.BoolOp) -> list[str]:
    other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    return [f"({ast.unparse(ast.BoolOp(other, node.values))})"]


def _without_not(node: ast.UnaryOp) -> list[str]:
    return [f"({ast.unparse(node.operand)})"] if isinstance(node.op, ast.Not) else []


def _constant(node: ast.Constant) -> list[str]:
    if isinstance(node.value, bool):
        return [str(not node.value)]
    return [repr(node.value + 1)] if isinstance(node.value, int | float) else []


def _arithmetic(node: ast.BinOp) -> list[str]:
    other = ARITHMETIC.get(type(node.op))
    return [f"({ast.unparse(ast.BinOp(node.left, other(), node.right))})"] if other else []


def _not_done(node: ast.Expr) -> list[str]:
    return ["pass"] if isinstance(node.value, ast.Call | ast.Await) else []


FAULTS: dict[type[ast.AST], Callable[..., list[str]]] = {
    ast.Compare: _compare,
    ast.BoolOp: _both_or_one,
    ast.UnaryOp: _without_not,
    ast.Constant: _constant,
    ast.BinOp: _arithmetic,
    ast.Expr: _not_done,
    ast.Raise: lambda node: ["pass"],
}
