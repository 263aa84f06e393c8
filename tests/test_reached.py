"""What nothing in the product reaches is a method that docs/methods.md offers to whoever works with data, or it goes."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OFFERED = {
    "make_design": "estimates from rows of data rather than from the answers of a wave",
    "tabulate": "tables of such estimates",
    "add_up": "moments of parts that were computed apart",
    "top2": "the share of the two highest steps",
    "likert_mean": "the mean along a scale",
    "eu_balance": "balance of five steps",
    "oecd_balance": "balance of three steps",
    "diffusion_index": "diffusion index of three steps",
    "complete_total": "a total that refuses to leave a firm out",
    "filled_total": "a total with the error of what was filled in",
    "filled_mean": "a mean with the error of what was filled in",
    "two_way": "weighted shares of two answers",
    "rao_scott": "whether two answers go together",
    "interaction_contrasts": "which cells make them go together",
    "domain_difference": "two groups of firms",
    "item_difference": "two items of the same firms",
    "joint_covariance": "many shares with their covariance",
    "with_holm": "many comparisons at once",
    "paired_change": "change of firms that answered twice",
    "overlapping_change": "change of two waves that share firms",
    "independent_change": "change of two waves that share none",
    "independent_difference": "the same from linearised estimates",
    "unit_response_rate": "URR",
    "unit_response_rate_by_class": "URR of each class",
    "quantity_response_rates": "QRR and TQRR of an item",
    "trim_weights": "weights cut off at limits",
    "next_start": "where another survey begins that avoids this one",
    "STANDARDS": "marks of quality of other offices",
    "determined_figures": "withheld figures that follow from shown ones",
}
"""Names of methods that no page, file or command asks for, and what each gives."""
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


def test_whatever_the_product_does_not_reach_is_an_offered_method() -> None:
    names = names_of_product()
    assert set(names.read_by) - names.reached(names.roots | OFFERED.keys()) == set()


def test_offered_method_is_one_that_nothing_reaches() -> None:
    names = names_of_product()
    assert OFFERED.keys() & names.reached(names.roots) == set()


def test_definition_that_only_an_unreached_one_reads_is_not_reached() -> None:
    names = Names()
    for statement in ast.parse("def a(): b()\ndef b(): pass\ndef c(): d()\ndef d(): pass\na()").body:
        names.add(statement)
    assert set(names.read_by) - names.reached(names.roots) == {"c", "d"}
