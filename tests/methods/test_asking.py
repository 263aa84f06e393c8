"""Which firms an item was asked of, from stored answers that are pruned to the route."""

import pytest

from survey.instrument.schema import Item, Option, Questionnaire, Text
from survey.methods.asking import STATES, asked_of, lacking, state_name, states
from survey.terms import ItemType, Missing
from tests.methods.surveys import random_extract
from tests.methods.words import asking

CHOICES = tuple(Option(code=code, text=Text("", code)) for code in ("yes", "no"))
USES = Item(code="uses", type=ItemType.YES_NO, text=Text("", "Uses it"))
COST = Item(
    code="cost", type=ItemType.MONEY, text=Text("", "Cost"), missing=(Missing.DONT_KNOW,), relevant="${uses} = 'yes'"
)


def ends(questionnaires: list[Questionnaire], *documents: dict[str, object]) -> list[str]:
    column = states(questionnaires, documents)[state_name("cost")]
    return [STATES[code] for code in column.codes.tolist()]


def test_number_that_the_route_did_not_lead_to_is_not_lacking() -> None:
    found = ends([asking(USES, COST)], {"uses": "no"}, {"uses": "yes"}, {"uses": "yes", "cost": 3}, {})
    assert found == ["not_asked", "unanswered", "answered", "not_asked"]


def test_chosen_non_answer_is_told_apart() -> None:
    assert ends([asking(USES, COST)], {"uses": "yes", "cost": "dont_know"}) == ["dont_know"]


@pytest.mark.parametrize("rule", ["${frame_size} = 'large'", "today() > '2020-01-01'"])
def test_rule_that_answers_do_not_decide_leaves_nothing_lacking(rule: str) -> None:
    item = Item(code="cost", type=ItemType.MONEY, text=Text("", "Cost"), relevant=rule)
    assert ends([asking(USES, item)], {"uses": "yes"}, {"uses": "yes", "cost": 1}) == ["not_asked", "answered"]


def test_item_of_a_later_version_only_was_not_asked_before() -> None:
    assert ends([asking(USES), asking(USES, COST)], {"uses": "yes"}) == ["not_asked"]


def test_closed_item_that_everybody_is_asked_needs_no_column() -> None:
    assert state_name("uses") not in states([asking(USES, COST)], [{}])


def test_extract_without_the_column_says_that_all_were_asked_and_nothing_lacks() -> None:
    extract = random_extract()
    assert asked_of(extract, "q0").all()
    assert not lacking(extract, "q0").any()


def test_answers_of_any_type_lead_as_they_are_written() -> None:
    several = Item(code="uses", type=ItemType.MULTIPLE, text=Text("", "Uses it"), options=CHOICES)
    item = Item(code="cost", type=ItemType.MONEY, text=Text("", "Cost"), relevant="selected(${uses}, 'yes')")
    documents: list[dict[str, object]] = [
        {"uses": ["yes"]},
        {"uses": "['yes']"},
        {"uses": ["no"]},
        {},
        {"uses": ["yes"]},
    ]
    assert ends([asking(several, item)], *documents) == [
        "unanswered",
        "not_asked",
        "not_asked",
        "not_asked",
        "unanswered",
    ]


def test_answer_that_is_no_key_is_an_answer() -> None:
    assert ends([asking(USES, COST)], {"cost": [1]}, {"uses": "yes", "cost": "refused"}) == ["answered", "refused"]
