"""Posts taken apart; nothing in them is trusted."""

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from survey.forms.page.posted import posted_base, posted_page, posted_reasons, whole
from survey.views.design.trial import Trial
from tests.every_type import EVERY_TYPE, FIRM

TRIAL = Trial(questionnaire=EVERY_TYPE, today=date(2026, 3, 31), facts={})


def post(**fields: Any) -> Any:
    made = QueryDict(mutable=True)
    for name, value in fields.items():
        made[name] = value
    return made


@pytest.mark.parametrize("text", ["", "[", "[1]", "null", '"x"', "[" * 100_000, "9" * 300_000])
def test_text_that_is_no_document_is_no_base(text: str) -> None:
    assert posted_base(text, FIRM) is None


def test_base_keeps_only_items_of_the_page() -> None:
    assert posted_base('{"employees": 3, "cost": "5", "__class__": 1}', FIRM) == {"employees": 3}


@pytest.mark.parametrize(("text", "number"), [("7", 7), ("-7", -1), ("", -1), ("7.0", -1), ("٧", -1), ("9" * 11, -1)])
def test_whole_number_or_minus_one(text: str, number: int) -> None:
    assert whole(text) == number


def test_chosen_stored_answer_replaces_what_was_typed() -> None:
    posted = posted_page(
        FIRM, post(employees="9", undecided="employees", choose__employees="stored", base='{"employees": 4}')
    )
    assert (posted.raw["employees"], posted.typed["employees"], posted.undecided) == (["4"], ["9"], ())


def test_undecided_item_is_not_saved() -> None:
    posted = posted_page(FIRM, post(employees="9", undecided="employees", base='{"employees": 4}'))
    assert (posted.raw["employees"], posted.undecided) == (["4"], ("employees",))


def test_base_of_a_wrong_shape_does_not_raise() -> None:
    base = '{"employees": {"a": [1]}}'
    assert posted_page(FIRM, post(undecided="employees", base=base)).undecided == ("employees",)


def test_reasons_are_taken_for_verify_rules_only() -> None:
    raw = {"reason__v_staff": ["  We\x00 merged. "], "reason__h_ratio": ["no"], "reason__unknown": ["no"]}
    assert posted_reasons(TRIAL, FIRM, raw) == {"v_staff": "We merged."}
