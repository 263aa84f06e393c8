"""The texts of a plan that follow from the questionnaire, in the words of a survey that asks local units."""

from dataclasses import replace

from survey.instrument.plan.default import FRAME_GROUPS
from survey.instrument.plan.default_blocks import default_blocks
from survey.instrument.plan.of_units import plan_in_words
from survey.instrument.plan.plan import AnalysisPlan
from survey.instrument.schema import Text
from survey.terms import AskedUnit, ItemType
from tests.instrument.tiny import item, one_page, options

ASKED = one_page(item("place", ItemType.SINGLE, options=options("a", "b")))
BARE = AnalysisPlan(groups=FRAME_GROUPS)
PLAN = replace(BARE, blocks=tuple(default_blocks(ASKED, BARE)))


def test_plan_of_firms_stays_as_it_is() -> None:
    assert plan_in_words(ASKED, PLAN, AskedUnit.FIRM) is PLAN


def test_size_is_that_of_the_unit_in_the_group_and_in_the_titles_that_name_it() -> None:
    told = plan_in_words(ASKED, PLAN, AskedUnit.LOCAL_UNIT)
    assert {group.code: group.text for group in told.groups}["size"] == Text(
        "产业活动单位规模", "Size of the local unit"
    )
    titles = {block.code: block.text for block in told.blocks}
    assert ("产业活动单位规模" in titles["place_by_size"].zh, "local unit" in titles["place_by_size"].en) == (
        True,
        True,
    )
    assert titles["choices_place"] == {block.code: block.text for block in PLAN.blocks}["choices_place"]


def test_words_of_a_designer_stay() -> None:
    own = Text("大小企业", "Firms by size")
    blocks = tuple(replace(block, text=own) if block.code == "place_by_size" else block for block in PLAN.blocks)
    told = plan_in_words(ASKED, replace(PLAN, blocks=blocks), AskedUnit.LOCAL_UNIT)
    assert {block.code: block.text for block in told.blocks}["place_by_size"] == own
