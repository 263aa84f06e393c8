"""Which tables a wave has, and which of them a page shows under a filter."""

from dataclasses import replace

from survey.instrument.plan.plan import PlannedBlock
from survey.methods.tables.plan import planned_table, tables_of_page
from survey.methods.tables.ranked import is_ranked
from survey.terms import Presentation
from tests.methods.words import PLAN, WORDS, block, tables

BY_INDUSTRY = block("severity_by_industry", Presentation.HEAT_MAP, split="industry")
BOTH = replace(WORDS, plan=replace(PLAN, blocks=(*PLAN.blocks, BY_INDUSTRY)))


def shown(*domain: tuple[str, str]) -> list[str]:
    return [table.code for table in tables_of_page(tables(BOTH), domain)]


def test_page_has_one_of_the_tables_that_differ_in_their_split_alone() -> None:
    assert shown() == ["core", "ranking", "distribution", "not_applicable", "severity_by_size"]


def test_filtered_group_splits_no_table() -> None:
    assert shown(("size", "small")) == ["core", "ranking", "distribution", "not_applicable", "severity_by_industry"]


def test_table_that_is_not_for_the_page_stands_on_none() -> None:
    hidden = replace(WORDS, plan=replace(PLAN, blocks=(replace(PLAN.blocks[1], on_dashboard=False),)))
    assert tables_of_page(tables(hidden)) == []


def test_distribution_has_a_column_for_each_step_of_its_scale() -> None:
    (found,) = tables(WORDS, "distribution")
    assert found.spec.columns.codes == ("1", "2", "3", "4", "5")


def planned(one: PlannedBlock) -> object:
    return planned_table(WORDS, one)


def test_block_of_a_scale_or_a_group_that_nobody_has_is_not_planned() -> None:
    assert planned(replace(block("d", Presentation.DISTRIBUTION), scale="mood")) is None
    assert planned(block("h", Presentation.HEAT_MAP, split="district")) is None


def test_lists_of_shares_are_ranked_and_tables_by_group_are_not() -> None:
    assert {table.code: is_ranked(table) for table in tables(WORDS)} == {
        "core": True,
        "ranking": True,
        "distribution": False,
        "not_applicable": False,
        "severity_by_size": False,
    }
