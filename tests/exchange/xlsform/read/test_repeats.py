"""Repeats that are written out entry by entry."""

from survey.exchange.xlsform.findings import Findings
from survey.exchange.xlsform.read.form_tree import Node, tree_of
from survey.exchange.xlsform.read.repeats import ENTRIES, MOST_QUESTIONS, with_entries
from tests.exchange.xlsform.read.rows import row, rows

COUNT = {"control__jr:count": "3"}


def written(*made: object) -> tuple[Node, Findings]:
    findings = Findings()
    return with_entries(tree_of(made, findings), {}, findings), findings  # type: ignore[arg-type]


def names(node: Node) -> list[str]:
    return [found.row.name for found in node.questions() if found.row]


def test_open_repeat_has_a_question_before_each_entry_and_one_for_the_rest() -> None:
    root, findings = written(*rows(("begin repeat", "r"), ("text", "q"), ("end repeat", "")))
    assert names(root)[:4] == ["r_more_1", "q_1", "r_more_2", "q_2"]
    assert names(root)[-1] == "r_further"
    assert [(one.code, one.parameters["count"]) for one in findings.found] == [("open_entries", ENTRIES[0])]


def test_form_with_many_questions_has_room_for_fewer_entries() -> None:
    many = [(f"text {number}".split()[0], f"q{number}") for number in range(MOST_QUESTIONS // ENTRIES[1])]
    _root, findings = written(*rows(("begin repeat", "r"), *many, ("end repeat", "")))
    assert [one.parameters["count"] for one in findings.found] == [ENTRIES[1]]


def test_name_that_is_taken_is_not_given_to_an_entry() -> None:
    root, _ = written(*rows(("text", "q_1"), ("begin repeat", "r"), ("text", "q"), ("end repeat", "")))
    assert names(root)[:3] == ["q_1", "r_more_1", "q_1_x"]


def test_repeat_of_a_fixed_number_that_is_asked_alike_stays_a_table() -> None:
    begin = row("begin repeat", "r", 2, **COUNT)
    root, findings = written(begin, row("text", "q", 3), row("end repeat", "", 4))
    assert ([child.family for child in root.children], findings.found) == (["begin_repeat"], [])


def test_condition_in_a_fixed_repeat_makes_entries_of_it() -> None:
    begin, when = row("begin repeat", "r", 2, **COUNT), {"bind__relevant": "${p} = 1"}
    root, findings = written(begin, row("integer", "p", 3), row("text", "q", 4, **when), row("end repeat", "", 5))
    assert names(root) == ["p_1", "q_1", "p_2", "q_2", "p_3", "q_3"]
    conditions = [found.row.get("bind", "relevant") for found in root.questions() if found.row]
    assert conditions[1::2] == ["${p_1} = 1", "${p_2} = 1", "${p_3} = 1"]
    assert [one.code for one in findings.found] == ["entries"]
