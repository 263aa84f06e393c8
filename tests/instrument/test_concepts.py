from dataclasses import replace
from typing import Any

from survey.instrument.concepts import Break, BreakKind, concept_map, same_for_a_firm
from survey.instrument.schema import Text
from survey.terms import ItemType
from tests.instrument.tiny import item, one_page, options, text


def lines(*versions: Any) -> Any:
    return {line.concept: line for line in concept_map([one_page(*items) for items in versions])}


def kinds(old: Any, new: Any) -> Any:
    (line,) = lines([old], [new]).values()
    return [found.kind for found in line.breaks]


def test_item_is_followed_under_another_code() -> None:
    line = lines([item("cost", concept="power")], [item("bill", concept="power")])["power"]
    assert (line.items, line.breaks, line.is_comparable(0, 1)) == (("cost", "bill"), (), True)


def test_item_without_a_concept_is_followed_by_its_code() -> None:
    assert lines([item("a")], [item("a"), item("b")])["a"].items == ("a", "a")


def test_wording_may_change_without_a_break() -> None:
    assert kinds(item("a"), replace(item("a"), text=text("in other words"))) == []


def test_change_of_measure_is_a_break() -> None:
    assert kinds(item("a"), item("a", ItemType.DECIMAL)) == [BreakKind.TYPE]
    assert kinds(item("a"), item("a", unit=Text("万元", "10,000 yuan"))) == [BreakKind.UNIT]
    assert kinds(item("a"), item("a", relevant="${b} > 1")) == [BreakKind.BASE]
    choice = item("a", ItemType.SINGLE, options=options("x", "y"))
    assert kinds(choice, replace(choice, options=options("x", "z"))) == [BreakKind.SCALE]


def test_changed_concept_is_a_break() -> None:
    line = lines([item("a", concept="old")], [item("a", concept="new")])["new"]
    assert line.breaks == (Break(index=1, kind=BreakKind.CONCEPT, old="old", new="new"),)


def test_waves_compare_up_to_a_break() -> None:
    line = lines([item("a")], [item("a")], [], [item("a", ItemType.DECIMAL)])["a"]
    assert [line.is_comparable(0, later) for later in (1, 2, 3)] == [True, False, False]
    assert line.breaks == (Break(index=3, kind=BreakKind.TYPE, old="integer", new="decimal"),)


def test_concepts_no_longer_asked_come_last() -> None:
    assert list(lines([item("a"), item("b")], [item("c"), item("b")])) == ["c", "b", "a"]


def test_options_that_stay_are_compared() -> None:
    choice = item("a", ItemType.SINGLE, options=options("x", "y"))
    more, others = (replace(choice, options=options(*codes)) for codes in (("x", "y", "z"), ("p", "q")))
    assert lines([choice], [more])["a"].is_comparable(0, 1)
    assert not lines([choice], [others])["a"].is_comparable(0, 1)


def test_answers_of_a_firm_are_set_beside_those_of_the_same_measure() -> None:
    old = one_page(item("cost", concept="power"), item("staff"), item("bill", unit=text("yuan")), item("gone"))
    new = one_page(item("expense", concept="power", relevant="1 = 1"), item("staff"), item("bill", unit=text("10,000")))
    assert same_for_a_firm(old, new) == {"cost": "expense", "staff": "staff"}
