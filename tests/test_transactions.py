"""What the staff do is written down in the transaction that does it, whoever writes the next service."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOMS = [Path(__file__).resolve().parent.parent / "survey" / room for room in ("services", "jobs")]
WRITES_DOWN = "record_action"
ALONE = {
    "record_reading": "a reading has no other row",
    "apply_rules": "its portions are transactions, which submissions wait for; the entry comes after the last",
    "register_frame": "the same, of 100,000 firms",
}
"""Functions whose entry stands in no transaction with what it tells, and why."""


def calls(node: ast.AST, held: bool = False) -> Iterator[tuple[str, bool]]:
    """The names that are called within a function, each with whether a transaction is open there."""
    if isinstance(node, ast.FunctionDef):
        held = any("transaction.atomic" in ast.unparse(one) for one in node.decorator_list)
    elif isinstance(node, ast.With):
        held = held or any("transaction.atomic" in ast.unparse(one) for one in node.items)
    elif isinstance(node, ast.Call):
        yield getattr(node.func, "id", ""), held
    for child in ast.iter_child_nodes(node):
        yield from calls(child, held)


def outside_of_transactions() -> set[str]:
    """The functions that write an entry while no transaction is open, neither theirs nor one of all who call them."""
    functions = {
        node.name: node
        for room in ROOMS
        for path in room.rglob("*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
    callers: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for name, function in functions.items():
        for called, held in calls(function):
            callers[called].append((name, held))

    def is_held(name: str) -> bool:
        # A helper is where all who call it are; what nobody here calls is begun by a page.
        return bool(callers[name]) and all(held or is_held(caller) for caller, held in callers[name])

    return {name for name, held in callers[WRITES_DOWN] if not (held or is_held(name))}


def test_entry_of_the_history_is_written_in_the_transaction_of_what_it_tells() -> None:
    assert outside_of_transactions() == ALONE.keys()
