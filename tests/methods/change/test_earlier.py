"""The tables of an earlier wave say what its own page says, but for ranks."""

from typing import Any

import pytest

from survey.methods.change.earlier import earlier_tables
from survey.methods.production import Parameters, prepare, produce
from survey.methods.protection.disclosure import DisclosureRule
from survey.methods.tables.table import Cell, ProtectedTable
from survey.terms import CellStatus
from tests.methods.test_production import EVERYTHING_SHOWN, seven_firms
from tests.methods.words import WORDS, tables

PLANNED = tables(WORDS, "core", "ranking", "severity_by_size")
SOME_WITHHELD = Parameters(DisclosureRule(threshold=5, show_unreliable=True))


def without_rank(table: ProtectedTable) -> dict[tuple[str, str], Cell]:
    return {
        (row.code, column.code): cell.but(rank=None, rank_low=None, rank_high=None, p_next=None, leads=False)
        for row, column, cell in table.walk()
    }


@pytest.mark.parametrize("domain", [(), (("size", "large"),)])
@pytest.mark.parametrize("parameters", [EVERYTHING_SHOWN, SOME_WITHHELD])
def test_figures_are_those_of_the_page_of_the_wave(domain: Any, parameters: Parameters) -> None:
    prepared = prepare(seven_firms(), WORDS, parameters)
    page, before = (made(prepared, WORDS, PLANNED, domain) for made in (produce, earlier_tables))
    assert {code: without_rank(table) for code, table in before.items()} == {
        code: without_rank(page[code]) for code in ("core", "ranking")
    }


def test_figure_that_the_page_withholds_is_withheld() -> None:
    prepared = prepare(seven_firms(), WORDS, Parameters(DisclosureRule(threshold=6)))
    found = earlier_tables(prepared, WORDS, PLANNED)
    assert {cell.status for _row, _column, cell in found["ranking"].walk()} == {CellStatus.PRIMARY}
