"""Which groups of the frame can be looked at two at once."""

from dataclasses import replace

from survey.instrument.plan.crossings import default_crossings, possible_crossings
from survey.instrument.plan.default import FRAME_GROUPS
from survey.instrument.plan.plan import NO_PLAN, AnalysisPlan, Group, GroupClass
from survey.instrument.schema import Text
from survey.terms import GroupSource

INDUSTRY, SIZE, DISTRICT = FRAME_GROUPS
SECTOR = replace(INDUSTRY, code="sector", classes=(GroupClass(code="secondary", text=Text(), values=("C",)),))
ANSWER = Group(code="exporter", text=Text(), source=GroupSource.ITEM, variable="exports")


def test_groups_by_two_variables_of_the_frame_can_be_crossed() -> None:
    assert possible_crossings((INDUSTRY, SIZE, SECTOR, ANSWER)) == (("industry", "size"), ("size", "sector"))


def test_coarsest_industries_by_size_are_crossed_without_a_word() -> None:
    assert default_crossings((INDUSTRY, SIZE, DISTRICT, SECTOR)) == (("sector", "size"),)
    assert default_crossings((SIZE, DISTRICT)) == ()


def test_crossings_survive_json() -> None:
    plan = replace(NO_PLAN, crossings=(("industry", "size"), ("size", "district")))
    assert AnalysisPlan.from_dict(plan.to_dict()) == plan
