"""One change of a plan at a time."""

import pytest

from survey.instrument.plan.changes import with_part, with_part_moved, with_section_of, without_part
from survey.instrument.plan.default import completed_plan
from survey.instrument.plan.plan import NO_PLAN
from tests.instrument.plan.small import DEMAND, INDICATORS, PLAN, QUESTIONNAIRE, TREND


def codes(plan: object, field: str) -> list[str]:
    return [part.code for part in getattr(plan, field)]


def test_part_without_a_place_is_added_behind_the_others() -> None:
    assert with_part(NO_PLAN, "scales", None, TREND).scales == (TREND,)


def test_part_with_a_place_is_put_there() -> None:
    assert with_part(PLAN, "indicators", 1, INDICATORS[0]).indicators[:2] == (INDICATORS[0], INDICATORS[0])


def test_part_is_taken_out() -> None:
    assert codes(without_part(PLAN, "blocks", 1), "blocks") == ["ranked", "numbers", "chosen"]


def test_part_that_is_not_there_cannot_be_taken_out() -> None:
    with pytest.raises(IndexError):
        without_part(PLAN, "themes", 1)


@pytest.mark.parametrize(
    ("place", "by", "after"),
    [
        (0, 1, ["themes", "ranked", "numbers", "chosen"]),
        (2, -1, ["ranked", "numbers", "themes", "chosen"]),
        (0, -1, ["ranked", "themes", "numbers", "chosen"]),
        (3, 1, ["ranked", "themes", "numbers", "chosen"]),
    ],
)
def test_part_is_moved_among_its_kind(place: int, by: int, after: list[str]) -> None:
    assert codes(with_part_moved(PLAN, "blocks", place, by), "blocks") == after


def test_derived_section_is_taken_over() -> None:
    whole = completed_plan(QUESTIONNAIRE, NO_PLAN)
    assert with_section_of(NO_PLAN, "groups", whole).groups == whole.groups
    assert with_section_of(NO_PLAN, "groups", whole).themes != (DEMAND,)
