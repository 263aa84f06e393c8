from dataclasses import replace
from typing import Any

from hypothesis import given

from survey.instrument.diff import ChangeKind, Difference, diff
from survey.instrument.schema import Text
from survey.terms import EditLevel, ItemType
from tests.instrument.strategies import questionnaires
from tests.instrument.tiny import item, one_page, options, page, questionnaire, rule


def changes(old: Any, new: Any) -> Any:
    return [(change.kind.value, change.part, change.code, change.field) for change in diff(old, new)]


A, B, C = item("a"), item("b"), item("c")


def test_equal_versions_have_no_differences() -> None:
    assert diff(one_page(A), one_page(A)) == ()


def test_added_and_removed_parts_are_named() -> None:
    assert changes(one_page(A, B), one_page(A, C)) == [("added", "item", "c", ""), ("removed", "item", "b", "")]


def test_changed_fields_show_old_and_new() -> None:
    new = replace(A, minimum=5, text=Text("新", "a"))
    assert diff(one_page(A), one_page(new)) == (
        Difference(kind=ChangeKind.CHANGED, part="item", code="a", field="text.zh", old="a（中）", new="新"),
        Difference(kind=ChangeKind.CHANGED, part="item", code="a", field="minimum", old="", new="5"),
    )


def test_fewest_parts_are_called_moved() -> None:
    assert changes(one_page(A, B, C), one_page(C, A, B)) == [("moved", "item", "c", "order")]
    assert changes(one_page(A, B), one_page(A, C, B)) == [("added", "item", "c", "")]


def test_item_on_another_page_has_moved() -> None:
    old = questionnaire(page("p", A, B), page("q", C))
    new = questionnaire(page("p", A), page("q", B, C))
    assert diff(old, new) == (
        Difference(kind=ChangeKind.MOVED, part="item", code="b", field="parent", old="p", new="q"),
    )


def test_options_and_rules_are_compared() -> None:
    old = one_page(item("a", ItemType.SINGLE, options=options("x", "y")), rules=[rule("r", "${a} > 1", "a")])
    new = one_page(
        item("a", ItemType.SINGLE, options=options("x", "z")), rules=[rule("r", "${a} > 2", "a", level=EditLevel.NOTE)]
    )
    assert changes(old, new) == [
        ("added", "option", "a.z", ""),
        ("changed", "rule", "r", "level"),
        ("changed", "rule", "r", "condition"),
        ("removed", "option", "a.y", ""),
    ]


def test_item_of_the_same_concept_is_recoded() -> None:
    old = one_page(item("cost", ItemType.SINGLE, concept="power", options=options("x")))
    new = one_page(item("bill", ItemType.SINGLE, concept="power", options=options("x")))
    assert changes(old, new) == [
        ("recoded", "item", "bill", "code"),
        ("changed", "item", "bill", "text.zh"),
        ("changed", "item", "bill", "text.en"),
    ]


@given(questionnaires(), questionnaires())
def test_versions_differ_exactly_when_their_digests_do(old: Any, new: Any) -> None:
    assert diff(old, old) == ()
    assert (diff(old, new) == ()) == (old.digest == new.digest)


def test_wording_in_a_further_language_is_compared() -> None:
    old = item("q", ItemType.TEXT)
    new = replace(old, text=replace(old.text, others=(("fr", "Nom"),)))
    assert diff(one_page(old), one_page(new)) == (
        Difference(kind=ChangeKind.CHANGED, part="item", code="q", field="text.fr", old="", new="Nom"),
    )
