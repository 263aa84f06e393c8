"""Groups that are one question: shares and tables of the export, loops, and repeats of a small fixed number."""

import re
from collections.abc import Iterator
from dataclasses import replace

from survey.exchange.xlsform.dialect import condition
from survey.exchange.xlsform.form import Form
from survey.exchange.xlsform.form_rows import CONSTRAINT, CONSTRAINT_MESSAGE, COUNT, LABEL, OWN, RELEVANT, REQUIRED
from survey.exchange.xlsform.form_tree import REPEATS, Node
from survey.exchange.xlsform.items import own_item
from survey.exchange.xlsform.names import item_code
from survey.exchange.xlsform.own_columns import own_type
from survey.exchange.xlsform.pyxform_rules import row_type
from survey.instrument.schema import Item, Option, Text
from survey.terms import ItemType, gettext_noop

MOST_ROWS = 12
NUMBERS = frozenset({"input:int", "input:decimal", "percentage", "range"})
TABLE_TYPES = frozenset({ItemType.SHARES, ItemType.NUMBER_TABLE})
_COUNT = re.compile(r"[1-9][0-9]?")

NOT_FIXED = gettext_noop("their number is not fixed.")
NOT_NUMBERS = gettext_noop("not all of them are plain numbers.")


def is_table(node: Node) -> bool:
    """Whether a group is one question of ours."""
    return node.row is not None and node.row.own("type") in TABLE_TYPES


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


def name_cells(root: Node, form: Form) -> None:
    """Let rules find the cells of every repeat that becomes a table, and the number of its rows."""
    for node in repeats_in(root):
        rows = _rows(node, form)
        if not rows or not _is_plain(node) or node.row is None:
            continue
        table, codes = form.code(node.row), [row.code for row in rows]
        form.names.repeats[table] = tuple(codes)
        for child, column in zip(node.children, _columns(node, form), strict=True):
            if child.row is not None:
                form.names.by_name[child.row.name] = f"{table}__{column.code}"


def repeats_in(root: Node) -> Iterator[Node]:
    """The repeats and loops of a form that are in no other one."""
    for node in root.children:
        if node.family in REPEATS:
            yield node
        else:
            yield from repeats_in(node)


def repeat_item(node: Node, form: Form) -> Item | None:
    """A repeat or loop as a table of numbers; None, with a finding, where it is none."""
    row = node.row
    assert row is not None
    rows = _rows(node, form)
    reason = NOT_FIXED if not rows else "" if _is_plain(node) else NOT_NUMBERS
    if reason:
        count = sum(1 for _ in node.questions())
        form.findings.add("repeat", row.place("type"), row.name, count=count, reason=reason, most=MOST_ROWS)
        return None
    item = Item(
        code=form.code(row),
        type=ItemType.NUMBER_TABLE,
        text=form.wording(row, LABEL) or Text(row.name, row.name),
        relevant=condition(row.get(*RELEVANT), form.names),
        rows=rows,
        options=_columns(node, form),
        required="true()" if all(child.row and child.row.get(*REQUIRED) for child in node.children) else "",
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
    return tuple(Option(f"r{number}", Text(f"第{number}项", f"No. {number}")) for number in range(1, int(count) + 1))


def _is_plain(node: Node) -> bool:
    """Whether there are numbers only, without conditions of their own."""
    bare = (RELEVANT, CONSTRAINT, CONSTRAINT_MESSAGE)
    return bool(node.children) and all(
        child.row is not None
        and not child.children
        and row_type(child.row.type).family in NUMBERS
        and not any(child.row.get(*column) for column in bare)
        for child in node.children
    )


def _columns(node: Node, form: Form) -> tuple[Option, ...]:
    columns: list[Option] = []
    for child in node.children:
        if child.row is not None:
            code = item_code(child.row.name, [column.code for column in columns])
            columns.append(Option(code, form.wording(child.row, LABEL)))
    return tuple(columns)
