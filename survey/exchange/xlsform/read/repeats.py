"""Repeats that are no table: each entry is a group of its own, as often as the form asks for one.

An entry keeps the types, conditions and rules of its questions, which differ from entry to entry and so have no place
in the cells of one table. A form with an open number asks before each entry whether there is one more, and for what
does not fit in words, so that nothing a firm can say is cut off.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from survey.exchange.xlsform.dialect.entries import Series, in_entry
from survey.exchange.xlsform.dialect.expressions import names_written
from survey.exchange.xlsform.findings import Findings
from survey.exchange.xlsform.form_rows import (
    CALCULATE,
    CONSTRAINT,
    COUNT,
    LABEL,
    READ_ONLY,
    RELEVANT,
    REQUIRED,
    FormColumn,
    XlsformRow,
)
from survey.exchange.xlsform.read.form_tree import REPEATS, Asking, Node
from survey.exchange.xlsform.read.pyxform_rules import row_type
from survey.exchange.xlsform.read.tables import stays_table

ENTRIES = (10, 8, 6, 5, 4, 3)
"""How many entries an open repeat may have; the first number that keeps the form below ``MOST_QUESTIONS`` counts."""
# Each entry is a copy of its questions: pages, codebook and file of answers grow with every one.
MOST_QUESTIONS, MOST_FIXED = 1000, 50
LONGEST_NAME = 26
_NUMBER = re.compile(r"[1-9][0-9]?")
_PLACEHOLDER = re.compile(r"%\((label|name)\)s")
RULES = frozenset(
    {RELEVANT, REQUIRED, CONSTRAINT, CALCULATE, READ_ONLY, COUNT, ("default",), ("choice_filter",), ("trigger",)}
)
"""The columns that hold expressions."""
Choices = Mapping[str, Sequence[XlsformRow]]


def with_entries(root: Node, choices: Choices, findings: Findings) -> Node:
    """The tree with the entries of its repeats; repeats that are tables, or that are too long, stay as they are.

    ``choices`` are the rows of each list, over which loops go.
    """
    open_number = next((number for number in ENTRIES if _size(root, number, choices) <= MOST_QUESTIONS), None)
    # Too long even with three entries: the repeat then is a finding, which names it as left out.
    if open_number is None or not any(True for _ in _repeats(root)):
        return root
    # All names of the form, also outside repeats: "staff_1" may be asked already.
    taken = {node.row.name for node in _all(root) if node.row}
    writer = _Writer(open_number=open_number, choices=choices, findings=findings, taken=taken)
    made = writer.written_out(root)
    for node in _all(made):
        if node.row:
            node.row = _changed(
                node.row, lambda column, cell: writer.series.read_outside(cell, is_rule=column in RULES)
            )
    return made


def _all(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        yield from _all(child)


def _repeats(node: Node) -> Iterator[Node]:
    return (child for child in _all(node) if child.family in REPEATS and not stays_table(child))


def _size(node: Node, open_number: int, choices: Choices) -> int:
    """How many questions the tree has, with so many entries of each open repeat."""
    below = sum(_size(child, open_number, choices) for child in node.children)
    if node.family not in REPEATS or stays_table(node):
        return below + (0 if node.children else 1)
    return below * (len(_fixed(node, choices)) or open_number)


def _fixed(node: Node, choices: Choices) -> Sequence[XlsformRow | None]:
    """The entries of a repeat whose number is written in the form: the choices of a loop, else None for each."""
    assert node.row is not None
    listed = row_type(node.row.type).argument
    if listed:
        return choices.get(listed, ())
    count = node.row.get(*COUNT)
    return [None] * int(count) if _NUMBER.fullmatch(count) and int(count) <= MOST_FIXED else ()


@dataclass(kw_only=True)
class _Writer:
    """Writes repeats out; ``series`` is what their questions are called then, ``taken`` every name so far."""

    open_number: int
    choices: Choices
    findings: Findings
    taken: set[str]
    series: Series = field(default_factory=Series)

    def written_out(self, node: Node) -> Node:
        """The node with the repeats below it as groups."""
        made = Node(row=node.row, asking=node.asking)
        for child in node.children:
            is_open = child.family in REPEATS and not stays_table(child) and any(True for _ in child.questions())
            part = self._repeat(child) if is_open else self.written_out(child)
            part.above = made
            made.children.append(part)
        return made

    def _repeat(self, node: Node) -> Node:
        row = self._titled(node)
        fixed = _fixed(node, self.choices)
        entries = fixed or [None] * self.open_number
        count = "" if fixed else row.get(*COUNT)
        asked = [] if fixed or count else [self._free(f"{row.name[:20]}_more_{place}") for place in _places(entries)]
        names = self._names(node, len(entries))
        self.series.counts[row.name] = _count(len(fixed), count, asked)
        self.findings.add("entries" if fixed else "open_entries", row.place("type"), row.name, count=len(entries))
        # The repeat stays as a group around its entries, so that its condition holds for all of them.
        made = Node(row=replace(row, values={**_without(row, COUNT), ("type",): "begin_group"}))
        if asked:
            made.children.append(self._asking(row, asked[0], "", 1))
        for place, choice, called in zip(_places(entries), entries, names, strict=True):
            # An entry waits for the number that the form counts, or for the "one more" that was asked before it.
            when = f"({count}) >= {place}" if count else f"${{{asked[place - 1]}}} = 'yes'" if asked else ""
            entry = Node(row=self._entry_row(row, place, choice, when))
            entry.children = [self._copied(child, called, place, choice) for child in node.children]
            # Entry by entry: a repeat within this one gets names of its own in each.
            entry = self.written_out(entry)
            if asked and place < len(entries):
                # Inside this entry: nobody is asked about a third one who has no second.
                entry.children.append(self._asking(row, asked[place], "", place + 1))
            made.children.append(entry)
        if not fixed:
            when = f"({count}) > {len(entries)}" if count else f"${{{asked[-1]}}} = 'yes'"
            further = self._asking(row, self._free(f"{row.name[:20]}_further"), when, len(entries), is_further=True)
            made.children.append(further)
        return made

    def _titled(self, node: Node) -> XlsformRow:
        """The row of a repeat, with its name where its label shows what is only answered below it."""
        row = _row(node)
        # Our pages show a title before what stands below it is answered; on a device it is filled in later.
        below = {inner.row.name for inner in _all(node) if inner.row}
        early = [column for column, cell in row.values.items() if column[:1] == LABEL and names_written([cell]) & below]
        if early:
            self.findings.add("entry_title", row.place(*LABEL), row.name)
        return replace(row, values={**row.values, **dict.fromkeys(early, row.name)})

    def _names(self, node: Node, number: int) -> list[dict[str, str]]:
        """What the questions below are called in each entry."""
        below = [inner.row.name for inner in _all(node) if inner.row and inner.row.name]
        names = [
            {name: self._free(f"{name[:LONGEST_NAME]}_{place}") for name in below} for place in range(1, number + 1)
        ]
        for name in below:
            self.series.of[name] = tuple(called[name] for called in names)
            self.series.repeat_of[name] = _row(node).name
        return names

    def _free(self, name: str) -> str:
        while name in self.taken:
            name += "_x"
        self.taken.add(name)
        return name

    def _entry_row(self, row: XlsformRow, place: int, choice: XlsformRow | None, when: str) -> XlsformRow:
        labels = {column: cell for column, cell in row.values.items() if column[:1] == LABEL} or {LABEL: row.name}
        values = {column: _numbered(cell, column, place, choice) for column, cell in labels.items()}
        values |= {("type",): "begin_group", ("name",): self._free(f"{row.name[:LONGEST_NAME]}_{place}")}
        return replace(row, values={**values, **({RELEVANT: when} if when else {})})

    def _copied(self, node: Node, names: Mapping[str, str], place: int, choice: XlsformRow | None) -> Node:
        def cell_here(column: FormColumn, cell: str) -> str:
            return in_entry(_filled(cell, column, choice), names, place, self.series, is_rule=column in RULES)

        row = _changed(_row(node), cell_here)
        named = replace(row, values={**row.values, ("name",): names.get(row.name, row.name)})
        made = Node(row=named)
        made.children = [self._copied(child, names, place, choice) for child in node.children]
        return made

    def _asking(self, row: XlsformRow, name: str, when: str, place: int, *, is_further: bool = False) -> Node:
        values: dict[Any, Any] = {("name",): name, **({RELEVANT: when} if when else {})}
        return Node(row=replace(row, values=values), asking=Asking(repeat=row, place=place, is_further=is_further))


def _row(node: Node) -> XlsformRow:
    assert node.row is not None
    return node.row


def _places(entries: Sequence[XlsformRow | None]) -> range:
    return range(1, len(entries) + 1)


def _without(row: XlsformRow, column: FormColumn) -> dict[FormColumn, str]:
    return {known: cell for known, cell in row.values.items() if known != column}


def _count(fixed: int, count: str, asked: Sequence[str]) -> str:
    """How many entries there are, as an expression."""
    if fixed or count:
        return str(fixed) if fixed else f"({count})"
    # if(): a question that was not asked has no number, and a sum with it would have none either.
    answered = ", ".join(f"if(${{{name}}} = 'yes', 1, 0)" for name in asked)
    return f"sum({answered})"


def _changed(row: XlsformRow, change: Callable[[FormColumn, str], str]) -> XlsformRow:
    """The row with changed cells, but for type and name."""
    kept = (("type",), ("name",))
    values = {column: cell if column in kept else change(column, cell) for column, cell in row.values.items()}
    return replace(row, values=values)


def _numbered(cell: str, column: FormColumn, place: int, choice: XlsformRow | None) -> str:
    """The label of a repeat as that of one entry."""
    if choice is None:
        return f"{cell} ({place})"
    filled = _filled(cell, column, choice)
    return filled if filled != cell else f"{cell}: {_label(column, choice)}"


def _filled(cell: str, column: FormColumn, choice: XlsformRow | None) -> str:
    """The cell with what a loop puts into it for a choice."""
    if choice is None:
        return cell
    return _PLACEHOLDER.sub(lambda match: choice.name if match[1] == "name" else _label(column, choice), cell)


def _label(column: FormColumn, choice: XlsformRow) -> str:
    return choice.get(*column) or choice.get(*LABEL) or choice.name
