"""Which blocks a page of figures draws, and from which tables."""

from dataclasses import replace
from typing import Any

from survey.methods.tables.plan import PlannedTable, planned_tables
from survey.terms import Presentation
from survey.views.results.blocks_of_page import block_sources
from tests.methods.clearing.surveyed import WORDS

FIRST, SECOND, THIRD = planned_tables(WORDS)[:3]
TABLES: Any = {one.code: f"table {one.code}" for one in (FIRST, SECOND, THIRD)}
"""A stand-in for each table: nothing is drawn here."""


def drawn(*planned: PlannedTable) -> list[tuple[str, object, list[str]]]:
    """The code of each block, its table, and those that are drawn beside it."""
    sources = block_sources(planned, TABLES, WORDS, "Mines")
    return [(one.planned.code, one.table, [other.code for other, _table in one.beside]) for one in sources]


def as_block(table: PlannedTable, **changes: Any) -> PlannedTable:
    return replace(table, block=replace(table.block, presentation=Presentation.RANKING, **changes))


def test_headlines_stand_at_the_head_and_in_no_block() -> None:
    headline = as_block(FIRST)
    headline = replace(headline, block=replace(headline.block, presentation=Presentation.HEADLINE))
    assert [code for code, *_ in drawn(headline, as_block(SECOND))] == [SECOND.code]


def test_table_beside_another_is_drawn_in_its_block() -> None:
    beside = as_block(SECOND, beside=FIRST.code)
    assert drawn(as_block(FIRST), beside, as_block(THIRD)) == [
        (FIRST.code, f"table {FIRST.code}", [SECOND.code]),
        (THIRD.code, f"table {THIRD.code}", []),
    ]


def test_table_beside_one_that_the_page_lacks_is_a_block_of_its_own() -> None:
    assert [code for code, *_ in drawn(as_block(SECOND, beside=FIRST.code))] == [SECOND.code]
