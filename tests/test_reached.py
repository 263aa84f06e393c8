"""What nothing in the product reaches goes; what tests alone need is theirs."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REGISTERS = re.compile("register|receiver|simple_tag|filter|inclusion")
"""Decorators by which Django or a template finds what no code names."""


@dataclass
class Names:
    """By the name of a definition at the top of a module the names that it reads; and the names read by nobody's."""

    read_by: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    roots: set[str] = field(default_factory=set)

    def add(self, statement: ast.stmt) -> None:
        read = names_read(statement)
        defined = names_defined(statement)
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            marks = [ast.unparse(one) for one in statement.decorator_list]
            self.roots |= {name for one in statement.decorator_list for name in names_read(one)}
            self.roots |= defined if any(map(REGISTERS.search, marks)) else set()
        if not defined and not isinstance(statement, ast.Import | ast.ImportFrom):
            self.roots |= read
        for name in defined:
            self.read_by[name] |= read - {name}

    def reached(self, roots: Iterable[str]) -> set[str]:
        found: set[str] = set()
        waiting = [name for name in roots if name in self.read_by]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += [read for read in self.read_by[name] if read in self.read_by]
        return found


def names_read(node: ast.AST) -> set[str]:
    """Every name, attribute and dotted text below a node: a text may name a view or a middleware."""
    return set(_names_read(node))


def _names_read(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            yield part.id
        elif isinstance(part, ast.Attribute):
            yield part.attr
        elif isinstance(part, ast.Constant) and isinstance(part.value, str) and re.fullmatch(r"[\w.]+", part.value):
            yield from part.value.split(".")


def names_defined(statement: ast.stmt) -> set[str]:
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return {statement.name}
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    if not isinstance(statement, ast.Assign | ast.AnnAssign):
        return set()
    return {part.id for target in targets if target for part in ast.walk(target) if isinstance(part, ast.Name)}


def names_of_product() -> Names:
    names = Names(roots={"Command"})
    for path in (ROOT / "survey").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        if "migrations" in path.parts:
            names.roots |= names_read(tree)
        else:
            for statement in tree.body:
                names.add(statement)
    for path in [ROOT / "manage.py", *(ROOT / "config").rglob("*.py")]:
        names.roots |= names_read(ast.parse(path.read_text("utf-8")))
    for path in (ROOT / "templates").rglob("*.*"):
        names.roots |= set(re.findall(r"\w+", path.read_text("utf-8")))
    return names


def test_product_reaches_whatever_it_defines() -> None:
    names = names_of_product()
    assert set(names.read_by) - names.reached(names.roots) == set()


def test_definition_that_only_an_unreached_one_reads_is_not_reached() -> None:
    names = Names()
    for statement in ast.parse("def a(): b()\ndef b(): pass\ndef c(): d()\ndef d(): pass\na()").body:
        names.add(statement)
    assert set(names.read_by) - names.reached(names.roots) == {"c", "d"}
