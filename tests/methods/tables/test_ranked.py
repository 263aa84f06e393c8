"""Tables in the order of their ranks: two questions of seven firms, as `test_production.py` works them out."""

from dataclasses import replace

import numpy as np
import pytest

from survey.methods.extract import Coded, Extract
from survey.methods.production import prepare
from survey.methods.protection.disclosure import DisclosureRule, protect
from survey.methods.tables.domain import ALL_FIRMS
from survey.methods.tables.filtering import Filter
from survey.methods.tables.making import make_tables
from survey.methods.tables.ranked import is_ranked, rank_tables, reordered, with_leaders, withheld_rows
from survey.methods.tables.table import Cell, Table
from tests.methods.test_production import EVERYTHING_SHOWN, LABELS, seven_firms
from tests.methods.words import WORDS, tables

PLANNED = tables(WORDS, "ranking", "distribution", "severity_by_size")
WAVE = prepare(seven_firms(), WORDS, EVERYTHING_SHOWN).under(ALL_FIRMS)
MADE = make_tables(WAVE, PLANNED)


def census(*answers: str) -> Filter:
    """One firm in every stratum, all of which answered: nothing is left to chance, and there are no degrees of it."""
    firms = len(answers[0])
    items = {
        code: Coded(np.array([LABELS.index(step) for step in each]), LABELS)
        for code, each in zip(("B1", "B2"), answers, strict=True)
    }
    size = Coded(np.arange(firms) % 2, ("small", "micro"))
    return Filter(
        extract=Extract(
            stratum=np.arange(firms), strata=tuple(map(str, range(firms))), weight=np.ones(firms),
            population=np.ones(firms), lonely="certainty", items=items, domains={"size": size},
        ),
        domain=ALL_FIRMS,
    )  # fmt: skip


def ranks(table: Table) -> list[tuple[str, int | None]]:
    return [(row.code, cell.rank) for row, _column, cell in table.walk()]


def test_tables_stand_in_the_order_of_the_ranking_that_they_are_ordered_by() -> None:
    ranking, distribution, by_size = rank_tables(MADE, PLANNED, WAVE, set())
    assert ranks(ranking) == [("B2", 1), ("B1", 2)]
    assert (distribution.rows.codes, by_size.rows.codes) == (("B2", "B1"), ("B2", "B1"))
    assert {cell.rank for table in (distribution, by_size) for _row, _column, cell in table.walk()} == {None}


def test_row_to_leave_out_of_one_table_stands_last_without_a_rank() -> None:
    """Its place between the others would lie between their figures."""
    ranking, distribution, _by_size = rank_tables(MADE, PLANNED, WAVE, {("ranking", "B2"), ("other", "B1")})
    assert ranks(ranking) == [("B1", 1), ("B2", None)]
    assert distribution.rows.codes == ("B1", "B2")


def test_row_without_an_estimate_has_no_rank() -> None:
    ranking = replace(MADE[0], cells=(MADE[0].cells[0], (Cell(n=0),)))
    assert ranks(rank_tables([ranking], PLANNED[:1], WAVE, set())[0]) == [("B1", 1), ("B2", None)]
    nothing = replace(MADE[0], cells=((Cell(n=0),), (Cell(n=0),)))
    assert ranks(rank_tables([nothing], PLANNED[:1], WAVE, set())[0]) == [("B1", None), ("B2", None)]


def test_figures_of_a_census_are_ranked_without_degrees_of_freedom() -> None:
    """Three of four firms find the second serious, two the first: no chance is left in that."""
    wave = census("5511", "5551")
    assert wave.extract.design.degrees_of_freedom == 0
    (ranking,) = rank_tables(make_tables(wave, PLANNED[:1]), PLANNED[:1], wave, set())
    found = [(row.code, cell.rank, cell.rank_low, cell.rank_high, cell.leads) for row, _column, cell in ranking.walk()]
    assert found == [("B2", 1, 1, 1, True), ("B1", 2, 2, 2, False)]


@pytest.mark.parametrize(
    ("code", "ranked"), [("core", True), ("ranking", True), ("distribution", False), ("severity_by_size", False)]
)
def test_lists_of_comparable_figures_are_ranked(code: str, ranked: bool) -> None:
    (plan,) = tables(WORDS, code)
    assert is_ranked(replace(plan, block=replace(plan.block, ordered_by=""))) is ranked


def test_rows_that_an_order_does_not_name_stay_behind_it_in_their_own_order() -> None:
    table = MADE[0]
    four = replace(table.rows, headings=tuple(replace(table.rows.headings[0], code=code) for code in "abcd"))
    wide = replace(table, spec=replace(table.spec, rows=four), cells=tuple((Cell(n=k),) for k in range(4)))
    found = reordered(wide, ["d", "x", "b"])
    assert (found.rows.codes, [cell.n for (cell,) in found.cells]) == (("d", "b", "a", "c"), [3, 1, 0, 2])


def leaders(*answers: str) -> set[tuple[str, str]]:
    """Row and column of the figures by size that none is significantly above; all of them are of a census."""
    wave, plan = census(*answers), PLANNED[2]
    shown = protect(make_tables(wave, [plan]), DisclosureRule(threshold=1, show_unreliable=True))
    (led,) = with_leaders(shown, [plan], wave)
    return {(row.code, column.code) for row, column, cell in led.walk() if cell.leads}


def test_groups_lead_that_none_is_above_and_all_firms_are_compared_with_none() -> None:
    """Of three small firms two find each serious; of two micro firms one the first and none the second."""
    assert leaders("55511", "51115") == {("B1", "small"), ("B2", "small")}


def test_withheld_figure_takes_no_part_in_who_leads() -> None:
    """All small firms find the first serious, which tells of each: what is left are those that nobody does."""
    assert leaders("5551", "1111") == {("B2", "small"), ("B2", "micro")}


def test_withheld_rows_are_those_of_ranked_tables() -> None:
    few = [
        replace(table, cells=tuple((Cell(n=3, estimate=0.5),) * len(line) for line in table.cells))
        for table in MADE[:2]
    ]
    hidden = protect(few, DisclosureRule(threshold=10))
    assert all(cell.is_withheld for table in hidden for _row, _column, cell in table.walk())
    assert withheld_rows(hidden, PLANNED) == {("ranking", "B1"), ("ranking", "B2")}
