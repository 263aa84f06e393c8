"""One answer out of several, those of yes and no included."""

import pytest

from survey.instrument.answers import parse_item
from survey.instrument.kinds.registry import kind_of
from survey.instrument.schema import Item
from survey.terms import ItemType, Missing
from tests.instrument.tiny import item, options

LINK = item("link", ItemType.SINGLE, options=options("wired", "air"), missing=(Missing.DONT_KNOW,))
USES = item("uses", ItemType.YES_NO)


@pytest.mark.parametrize(("asked", "code"), [(LINK, "air"), (LINK, "dont_know"), (USES, "yes"), (USES, "no")])
def test_code_that_is_offered_is_the_answer(asked: Item, code: str) -> None:
    assert parse_item(asked, {asked.code: [code, "", f" {code}"]}).answers == {asked.code: code}


@pytest.mark.parametrize(
    ("asked", "posted", "code"),
    [
        (LINK, ["yes"], "not_offered"),
        (LINK, ["refused"], "not_offered"),
        (USES, ["dont_know"], "not_offered"),
        (LINK, ["wired", "air"], "repeated"),
    ],
)
def test_other_code_or_two_are_refused(asked: Item, posted: list[str], code: str) -> None:
    assert [error.code for error in parse_item(asked, {asked.code: posted}).errors] == [code]


def test_answer_stays_as_long_as_its_option_is_offered() -> None:
    keep = kind_of(LINK).keep
    offered = frozenset({"wired"})
    assert [keep(kind_of(LINK), LINK, offered, code) for code in ("wired", "air", "dont_know", "refused")] == [
        "wired", None, "dont_know", None,
    ]  # fmt: skip


def test_yes_stands_before_no_with_words_in_both_languages() -> None:
    offered = kind_of(USES).options_of(USES)
    assert [(one.code, one.text.zh, one.text.en) for one in offered] == [("yes", "是", "Yes"), ("no", "否", "No")]
