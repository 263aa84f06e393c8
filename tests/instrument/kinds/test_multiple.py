"""Several answers out of a list: their order, those that stand alone, and how many may be chosen."""

from dataclasses import replace

import pytest

from survey.instrument.answers import parse_item
from survey.instrument.kinds.multiple import posted_together
from survey.terms import ItemType, Missing
from tests.instrument.tiny import item, options

CAUSES = item(
    "causes",
    ItemType.MULTIPLE,
    options=(*options("demand", "labour", "energy"), *options("none", exclusive=True)),
    missing=(Missing.DONT_KNOW,),
    max_choices=2,
)


@pytest.mark.parametrize(
    ("posted", "kept"),
    [
        (["labour", "demand"], {"causes": ["demand", "labour"]}),
        (["energy", " energy ", ""], {"causes": ["energy"]}),
        (["none"], {"causes": ["none"]}),
        (["dont_know"], {"causes": "dont_know"}),
        ([], {}),
    ],
)
def test_choices_are_kept_once_in_the_order_of_the_options(posted: list[str], kept: object) -> None:
    assert parse_item(CAUSES, {"causes": posted}).answers == kept


@pytest.mark.parametrize(
    ("posted", "code"),
    [
        (["none", "demand"], "exclusive"),
        (["dont_know", "demand"], "exclusive"),
        (["demand", "labour", "energy"], "too_many_choices"),
        (["weather"], "not_offered"),
        (["refused"], "not_offered"),
    ],
)
def test_choices_that_do_not_go_together_are_refused(posted: list[str], code: str) -> None:
    assert [error.code for error in parse_item(CAUSES, {"causes": posted}).errors] == [code]


def test_without_a_limit_all_may_be_chosen() -> None:
    chosen = ["demand", "labour", "energy"]
    assert parse_item(replace(CAUSES, max_choices=None), {"causes": chosen}).answers == {"causes": chosen}


def test_choices_are_posted_again_under_one_name() -> None:
    assert posted_together("causes", ["demand", "energy"]) == {"causes": ["demand", "energy"]}
