"""Rows as a tree of groups, and the code of each element."""

import pytest

from survey.exchange.xlsform.findings import Findings
from survey.exchange.xlsform.read.form_tree import element_names, tree_of
from tests.exchange.xlsform.read.rows import row, rows

NESTED = rows(
    ("text", "a"),
    ("begin group", "g"),
    ("text", "b"),
    ("begin repeat", "r"),
    ("integer", "c"),
    ("end repeat", ""),
    ("end group", ""),
    ("text", "d"),
)


def test_group_holds_what_stands_before_its_end() -> None:
    root = tree_of(NESTED, Findings())
    assert [child.row and child.row.name for child in root.children] == ["a", "g", "d"]
    group = root.children[1]
    assert (group.is_group, [node.family for node in group.children]) == (True, ["input:string", "begin_repeat"])
    assert [node.row and node.row.name for node in root.questions()] == ["a", "b", "c", "d"]
    assert group.children[1].above is group


@pytest.mark.parametrize("cell", ["yes", "TRUE", "true()"])
def test_disabled_row_is_left_out_with_a_note(cell: str) -> None:
    findings = Findings()
    root = tree_of([row("text", "a", disabled=cell), row("text", "b", 3)], findings)
    assert [child.row and child.row.name for child in root.children] == ["b"]
    assert [(one.code, one.value) for one in findings.found] == [("disabled", "a")]


def test_row_without_a_type_is_a_remark() -> None:
    findings = Findings()
    assert tree_of([row("", "see below")], findings).children == []
    assert [one.code for one in findings.found] == ["comment_row"]


def test_name_that_stands_twice_gets_that_of_its_group_before_it() -> None:
    findings = Findings()
    written = rows(("text", "q"), ("begin group", "g"), ("text", "q"), ("end group", ""))
    names = element_names(tree_of(written, findings), {}, findings)
    assert (names.by_row[2, "q"], names.by_row[4, "q"], names.code_of("q")) == ("q", "g_q", "q")
    assert [(one.code, one.value, one.parameters["name"]) for one in findings.found] == [("renamed", "q", "g_q")]


def test_group_and_question_may_bear_one_name() -> None:
    written = rows(("begin group", "x"), ("text", "x"), ("end group", ""))
    names = element_names(tree_of(written, Findings()), {}, Findings())
    assert (names.by_row[2, "x"], names.by_row[3, "x"]) == ("x", "x")


def test_list_of_a_choice_is_known_by_its_question() -> None:
    assert element_names(tree_of(rows(("select_one yn", "q")), Findings()), {}, Findings()).list_of == {"q": "yn"}
