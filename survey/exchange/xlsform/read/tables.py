"""Groups that are one question: shares and tables of the export, loops, and repeats of a small fixed number.

A repeat whose questions are numbers alone is a table of numbers; with other questions that are answered in one field
(texts, choices, days, times) it is a table of any answers, each column of its own kind.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from survey.exchange.xlsform.dialect.cell_rules import IS_WHOLE, constraint_of_cells
from survey.exchange.xlsform.dialect.expressions import condition, names_written, translated_expression
from survey.exchange.xlsform.dialect.names import item_code
from survey.exchange.xlsform.form_rows import (
    CALCULATE,
    CONSTRAINT,
    CONSTRAINT_MESSAGE,
    COUNT,
    HINT,
    LABEL,
    OWN,
    READ_ONLY,
    RELEVANT,
    REQUIRED,
    XlsformRow,
)
from survey.exchange.xlsform.kinds import SELECT_ONE
from survey.exchange.xlsform.own_columns import own_type, with_bounds
from survey.exchange.xlsform.read.form import Form
from survey.exchange.xlsform.read.form_tree import REPEATS, Node
from survey.exchange.xlsform.read.items import items_of, own_item
from survey.exchange.xlsform.read.pyxform_rules import row_type
from survey.instrument.kinds.registry import KINDS
from survey.instrument.schema import Item, Option, Text, combined
from survey.terms import ItemType, gettext_noop

# Each cell adds its rule to the one constraint of the table, which must not grow without end.
MOST_ROWS = 12
NEVER = frozenset({"", "no", "false", "false()"})
"""What stands beside a question that is not required, in small letters."""
WHOLE_NUMBER = "input:int"
NUMBERS = {WHOLE_NUMBER: IS_WHOLE, "input:decimal": "", "percentage": ". >= 0 and . <= 100"}
"""Family of the numbers that a table of numbers may hold -> the rule that it brings."""
ANSWERS = frozenset({*NUMBERS, "input:string", "input:date", "input:time", SELECT_ONE[0]})
"""The families that the columns of a table may be of."""
TABLE_TYPES = frozenset(type_ for type_, kind in KINDS.items() if kind.has_rows)
_COUNT = re.compile(r"[1-9][0-9]?")

NOT_FIXED = gettext_noop("their number is not fixed.")
NOT_ALIKE = gettext_noop("its questions are not all answered in one field and asked alike in every row.")


def is_table(node: Node) -> bool:
    """Whether a group is one question of ours."""
    return node.row is not None and node.row.own("type") in TABLE_TYPES


def stays_table(node: Node) -> bool:
    """Whether a repeat or loop is a small table."""
    if node.row is None or not _is_plain(node):
        return False
    count = node.row.get(*COUNT)
    # A loop over a list has as many rows as the list, a repeat those that it counts; whichever counts by an answer has
    # none.
    return bool(row_type(node.row.type).argument or (_COUNT.fullmatch(count) and int(count) <= MOST_ROWS))


def own_table(node: Node, form: Form) -> Item:
    """The item of a group that the export wrote; its rows and columns stand on lists of their own."""
    row = node.row
    assert row is not None
    kind = own_type(row, form.findings)
    assert kind is not None
    item = own_item(row, form, kind)
    form.places["item", item.code] = row
    return replace(
        item,
        rows=form.lists.options(row.own("rows"), form.names)[0],
        options=form.lists.options(row.own("columns"), form.names)[0],
        required=row.raw(OWN, "required"),
        constraint=row.raw(OWN, "constraint"),
        constraint_message=form.wording(row, (OWN, "constraint_message")),
        required_message=form.wording(row, (OWN, "required_message")),
    )


def name_table_cells(root: Node, form: Form) -> None:
    """Let rules find the cells of every repeat that becomes a table, and the number of its rows."""
    for node in repeats_in(root):
        rows = _rows(node, form)
        if not rows or not _is_plain(node) or node.row is None:
            continue
        table, codes = form.code(node.row), [row.code for row in rows]
        form.names.repeats[table] = tuple(codes)
        for child, column in zip(node.children, _columns(node, form), strict=True):
            if child.row is not None:
                # Before rules are read, since one that stands above the table may name a cell of it.
                form.names.by_name[child.row.name] = f"{table}__{column.code}"


def repeats_in(root: Node) -> Iterator[Node]:
    """The repeats and loops of a form that are in no other one."""
    for node in root.children:
        if node.family in REPEATS:
            yield node
        else:
            yield from repeats_in(node)


def repeat_item(node: Node, form: Form) -> Item | None:
    """A repeat or loop as a table; None, with a finding, where it is none."""
    row = node.row
    assert row is not None
    rows = _rows(node, form)
    constraint = _constraint(node, form, rows) if rows and _is_plain(node) else None
    # The number comes first: whoever fixes it may find that the questions were alike all along.
    reason = NOT_FIXED if not rows else NOT_ALIKE if constraint is None else ""
    if reason:
        count = sum(1 for _ in node.questions())
        form.findings.add("repeat", row.place("type"), row.name, count=count, reason=reason, most=MOST_ROWS)
        return None
    item = Item(
        code=form.code(row),
        type=ItemType.NUMBER_TABLE if _holds_numbers(node) else ItemType.TABLE,
        text=form.wording(row, LABEL) or Text(row.name, row.name),
        relevant=condition(row.get(*RELEVANT), form.names),
        rows=rows,
        options=_answered(_columns(node, form), node, form),
        required=_required(node, form),
        constraint=constraint or "",
        constraint_message=_message(node, form),
        decimals=0 if _is_whole(node) else None,
    )
    form.places["item", item.code] = row
    return item


def _rows(node: Node, form: Form) -> tuple[Option, ...]:
    assert node.row is not None
    written = row_type(node.row.type)
    if written.argument:
        options = form.lists.options(written.argument, form.names)[0]
        return options if len(options) <= MOST_ROWS else ()
    count = node.row.get(*COUNT)
    if not _COUNT.fullmatch(count) or int(count) > MOST_ROWS:
        return ()
    # Repeats by others have a number of rows and no names for them.
    return tuple(
        Option(code=f"r{number}", text=Text(f"第{number}项", f"No. {number}")) for number in range(1, int(count) + 1)
    )


def _is_plain(node: Node) -> bool:
    """Whether all is answered in one field in every row, required under one condition, and without first values."""
    # What one cell has alone (a condition, a first value) finds no place in a table, whose cells are asked alike.
    bare = (RELEVANT, CALCULATE, READ_ONLY, ("default",), ("trigger",), ("choice_filter",))
    names = {child.row.name for child in node.children if child.row}
    if any(names & names_written(_wordings(child.row)) for child in node.children if child.row):
        # A wording that shows what was answered beside it has no place at the head of a column.
        return False
    required = {child.row.get(*REQUIRED).lower() for child in node.children if child.row}
    is_alike = len(required - NEVER) < 2
    return is_alike and all(
        child.row is not None
        and not child.children
        and child.family in ANSWERS
        and not row_type(child.row.type).or_other
        and not any(child.row.get(*column) for column in bare)
        for child in node.children
    )


def _wordings(row: XlsformRow) -> list[str]:
    return [cell for column, cell in row.values.items() if column[:1] in (LABEL, HINT)]


def _columns(node: Node, form: Form) -> tuple[Option, ...]:
    columns: list[Option] = []
    for child in node.children:
        if child.row is not None:
            code = item_code(child.row.name, [column.code for column in columns])
            required = bool(_requirement(child.row, form))
            columns.append(Option(code=code, text=_heading(child.row, form), required=required))
    return tuple(columns)


def _answered(columns: tuple[Option, ...], node: Node, form: Form) -> tuple[Option, ...]:
    """The columns with what their cells hold, each as the question that it is by itself."""
    if _holds_numbers(node):
        return columns
    return tuple(
        replace(column, type=item.type, choices=item.options)
        for column, child in zip(columns, node.children, strict=True)
        if child.row is not None
        for item in items_of(child.row, form)[:1]
    )


def _heading(row: XlsformRow, form: Form) -> Text:
    """The label with the hint behind it."""
    return combined(_with_hint, form.wording(row, LABEL), form.wording(row, HINT))


def _with_hint(label: str, hint: str) -> str:
    return f"{label} ({hint})" if label and hint else label or hint


def _constraint(node: Node, form: Form, rows: tuple[Option, ...]) -> str | None:
    """What the numbers have to meet, as one constraint; None where it cannot be said so."""
    assert node.row is not None
    rules = {}
    # What a rule of a cell names without a table around it is in the same row, not in the first one.
    beside = replace(form.names, repeats={})
    # The kind of a column, and a table of whole numbers by its decimals, say so themselves.
    brings_rules = _holds_numbers(node) and not _is_whole(node)
    for child, column in zip(node.children, _columns(node, form), strict=True):
        assert child.row is not None
        own = translated_expression(child.row.get(*CONSTRAINT), beside, child.row.name)
        rules[column.code] = with_bounds(NUMBERS[child.family] if brings_rules else "", own)
    return constraint_of_cells(form.code(node.row), rows, {column: rule for column, rule in rules.items() if rule})


def _holds_numbers(node: Node) -> bool:
    return all(child.family in NUMBERS for child in node.children)


def _is_whole(node: Node) -> bool:
    return all(child.family == WHOLE_NUMBER for child in node.children)


def _required(node: Node, form: Form) -> str:
    """Under which condition the required columns are required, which is the same for all of them."""
    written = (_requirement(child.row, form) for child in node.children if child.row)
    # One is enough: `_is_plain` has refused a group whose columns are required under different conditions.
    return next(filter(None, written), "")


def _requirement(row: XlsformRow, form: Form) -> str:
    rule = condition(row.get(*REQUIRED), form.names)
    return "" if rule == "false()" else rule


def _message(node: Node, form: Form) -> Text:
    """The messages of the columns, each once."""
    messages = [form.wording(child.row, CONSTRAINT_MESSAGE) for child in node.children if child.row]
    # One after the other, because a table has one message and each column may have had its own.
    return combined(lambda *wordings: " ".join(dict.fromkeys(filter(None, wordings))), *messages)
