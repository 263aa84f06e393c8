"""The rows of the sheet ``survey`` as a tree of groups and questions, and the codes of its elements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from survey.exchange.xlsform.dialect.names import Names, item_code
from survey.exchange.xlsform.findings import Findings
from survey.exchange.xlsform.form_rows import XlsformRow
from survey.exchange.xlsform.own_columns import CONTENT_KINDS
from survey.exchange.xlsform.read.pyxform_rules import row_type

DISABLED = frozenset({"yes", "true", "true()"})
GROUP, REPEATS = "begin_group", ("begin_repeat", "begin_loop")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A question of ours about a ``repeat`` of the form: whether there is an entry at this ``place``, counted from 1.

    With ``is_further``, in words, what the entries have no room for.
    """

    repeat: XlsformRow
    place: int
    is_further: bool = False


@dataclass(kw_only=True)
class Node:
    """A row with what stands between it and its end; the root has no row.

    A row that stands for a question of ours says so in ``asking``.
    """

    row: XlsformRow | None = None
    asking: Asking | None = None
    children: list[Node] = field(default_factory=list)
    above: Node | None = None

    @property
    def family(self) -> str:
        return row_type(self.row.type).family if self.row else ""

    @property
    def is_group(self) -> bool:
        """Whether it is a plain group, which becomes a section or a page."""
        return self.family == GROUP

    @property
    def kind(self) -> str:
        return self.row.kind if self.row else ""

    def questions(self) -> Iterator[Node]:
        """The questions below, however deep."""
        for child in self.children:
            if child.family.startswith("begin_"):
                yield from child.questions()
            else:
                yield child


def tree_of(rows: Iterable[XlsformRow], findings: Findings) -> Node:
    """The tree; pyxform has seen that every group is closed. Remarks and disabled rows are left out with a note."""
    here = root = Node()
    for row in rows:
        family = row_type(row.type).family
        if row.get("disabled").lower() in DISABLED:
            findings.add("disabled", row.place("disabled"), row.name)
        elif not row.type:
            findings.add("comment_row", row.place())
        elif family.startswith("end_"):
            # Where the row of a beginning is disabled its end is left over.
            here = here.above or root
        else:
            node = Node(row=row, above=here)
            here.children.append(node)
            here = node if family.startswith("begin_") else here
    return root


def element_names(root: Node, changed: dict[str, dict[str, str]], findings: Findings) -> Names:
    """The code of every element: unique among items, among sections and pages, whatever group they stand in."""
    names = Names(choices=changed)
    taken: dict[str, set[str]] = {"item": set(), "group": set()}
    for node in _every(root):
        if node.row is None or node.row.kind in CONTENT_KINDS - {"section", "page"}:
            continue
        # A group and a question may bear one name in XLSForm, and their codes are apart here too.
        space = taken["group" if node.is_group and not node.row.own("type") else "item"]
        code = _code(node, space)
        space.add(code)
        names.give(node.row.number, node.row.name, code)
        if code != node.row.name and node.row.name and not node.row.own("code"):
            findings.add("renamed", node.row.place("name"), node.row.name, name=code)
        _note_list(node.row, names)
    return names


def _every(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        yield from _every(child)


def _code(node: Node, taken: set[str]) -> str:
    row = node.row
    assert row is not None
    if row.kind or row.own("type"):
        # Of our export the code comes back as it was, whatever name the group had to take.
        return row.own("code") or row.name
    # pyxform lets notes go without a name.
    name = row.name or f"{row.type}_{row.number}"
    above = node.above.row.name if node.above and node.above.row else ""
    return item_code(f"{above}_{name}" if name in taken and above else name, taken)


def _note_list(row: XlsformRow, names: Names) -> None:
    written = row_type(row.type)
    if written.family.startswith("select:"):
        names.list_of.setdefault(row.name, written.argument)
