"""What the tables of a wave can be about: filters, crossings, what takes what in, and whom a route leaves."""

from dataclasses import replace

from survey.instrument.plan.plan import AnalysisPlan, Group, GroupClass
from survey.instrument.schema import Item, Text
from survey.methods.tables.vocabulary import Vocabulary, group_headings
from survey.terms import GroupSource, ItemType
from tests.methods.words import PLAN, WORDS, asking

INDUSTRY, SIZE = PLAN.groups
SECTOR = Group(
    code="sector",
    text=Text("", "Sector"),
    source=GroupSource.FRAME,
    variable="industry",
    classes=(GroupClass(code="goods", text=Text("", "Goods"), values=("C", "D")),),
    is_filter=False,
)


def grouped(*groups: Group) -> Vocabulary:
    frame = {**WORDS.frame, "industry": group_headings("industry", {"C": "Manufacturing", "D": "Energy"})}
    return replace(WORDS, plan=replace(PLAN, groups=groups), frame=frame)


def test_page_filters_by_the_groups_that_the_plan_offers() -> None:
    assert list(grouped(INDUSTRY, replace(SIZE, is_filter=False)).filters) == ["industry"]


def test_group_that_neither_filters_nor_splits_is_not_used() -> None:
    assert [one.code for one in grouped(INDUSTRY, SECTOR, SIZE).used_groups] == ["industry", "size"]


def test_coarser_group_takes_in_the_values_of_the_finer_one_over_the_same_variable() -> None:
    words = grouped(INDUSTRY, replace(SECTOR, is_filter=True), SIZE)
    assert dict(words.nesting) == {("industry", "C"): [("sector", "goods")], ("industry", "D"): [("sector", "goods")]}


def test_groups_over_one_variable_never_cross() -> None:
    words = grouped(INDUSTRY, replace(SECTOR, is_filter=True), SIZE)
    assert set(words.crossings) == {
        (), ("size",), ("industry",), ("sector",), ("industry", "size"), ("sector", "size"),
    }  # fmt: skip


HAS = Item(code="has", type=ItemType.YES_NO, text=Text("", "Has devices"))
SPEED = Item(code="speed", type=ItemType.INTEGER, text=Text("", "Speed"), relevant="${has} = 'yes'")
NETWORK = Item(
    code="net", type=ItemType.INTEGER, text=Text("", "Network"), relevant="${has} = 'yes' and ${speed} * ${speed} > 4"
)


def routed(**filters: Text) -> Vocabulary:
    said = {"${has} = 'yes'": Text("", "with devices"), **filters}
    return Vocabulary(questionnaire=asking(HAS, SPEED, NETWORK), plan=AnalysisPlan(filters=said), frame={})


def test_base_is_said_in_the_words_of_the_plan() -> None:
    assert (routed().base("has"), routed().base("speed")) == ("", "firms with devices")


def test_base_of_which_one_condition_has_no_words_says_only_that_they_were_asked() -> None:
    assert routed().base("net") == "firms that were asked"
