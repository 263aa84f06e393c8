"""Tables that an answer is not in are taken over, and all are as if they had been made anew."""

from dataclasses import replace

import numpy as np
import pytest

from survey.methods.collected import Collected
from survey.methods.production import Prepared, prepare, produce
from survey.methods.tables.domain import domain_of
from survey.methods.tables.plan import PlannedTable, planned_tables
from survey.methods.tables.table import ProtectedTable, Table
from survey.methods.tables.taken_over import TakenOver, with_shared_figures
from survey.terms import Presentation
from tests.methods.test_production import EVERYTHING_SHOWN, FIRST, coded, seven_firms
from tests.methods.words import PLAN, WORDS, block

APART = replace(
    WORDS,
    plan=replace(
        PLAN,
        themes=(),
        blocks=(
            block("one", Presentation.RANKING, ("B1",)),
            block("one_by_size", Presentation.HEAT_MAP, ("B1",), split="size"),
            block("two", Presentation.RANKING, ("B2",)),
            block("two_by_size", Presentation.HEAT_MAP, ("B2",), split="size"),
        ),
    ),
)
"""Tables of one item each."""
PLANNED = planned_tables(APART)


def with_first(*answers: str) -> Collected:
    """The seven firms with these answers to the first item."""
    found = seven_firms()
    return replace(found, items={**found.items, "B1": coded(answers)})


def made(collected: Collected, taken: TakenOver, **chosen: str) -> dict[str, ProtectedTable]:
    return produce(prepared(collected), APART, PLANNED, domain_of(**chosen), taken)


def prepared(collected: Collected) -> Prepared:
    return prepare(collected, APART, EVERYTHING_SHOWN)


def graded(taken: TakenOver) -> dict[str, Table]:
    """The tables that a making asked for, by their codes."""
    return {table.spec.code: table for table in taken.graded.asked.values()}


def taken_over(first: Collected, second: Collected) -> tuple[set[str], bool]:
    """The codes of the tables that the second making took over from the first, and whether all are as made anew."""
    before = TakenOver()
    made(first, before)
    after = before.for_next()
    found = made(second, after)
    same = {code for code, table in graded(after).items() if table is graded(before)[code]}
    return same, found == made(second, TakenOver())


def test_answer_to_one_item_leaves_the_tables_of_the_other() -> None:
    assert taken_over(seven_firms(), with_first("5", "1", "4", "1", "2")) == ({"two", "two_by_size"}, True)


def test_nothing_is_made_again_where_nothing_has_changed() -> None:
    assert taken_over(seven_firms(), with_first(*FIRST)) == ({plan.code for plan in PLANNED}, True)


def test_firm_that_turns_out_not_to_be_eligible_leaves_no_table() -> None:
    """Every weight of its stratum is another one."""
    firms = seven_firms()
    outcomes = [*firms.disposition[:2], "not_eligible", *firms.disposition[3:]]
    changed = replace(firms, disposition=np.array(outcomes))
    assert taken_over(firms, changed) == (set(), True)


def test_other_weights_leave_no_table() -> None:
    before = TakenOver()
    made(seven_firms(), before)
    after, wave = before.for_next(), prepared(seven_firms())
    other = replace(wave, extract=replace(wave.extract, weight=2 * wave.extract.weight), filters={})
    produce(other, APART, PLANNED, (), after)
    assert not before.graded.asked.keys() & after.graded.asked.keys()


def test_ranks_and_leading_figures_are_remembered_with_what_they_are_of() -> None:
    before = TakenOver()
    made(seven_firms(), before)
    after = before.for_next()
    made(with_first(*FIRST), after)
    assert after.ranks.asked == before.ranks.asked
    assert after.leading.asked == before.leading.asked


def test_other_filter_takes_nothing_over() -> None:
    before = TakenOver()
    made(seven_firms(), before)
    after = before.for_next()
    made(seven_firms(), after, size="micro")
    assert not before.graded.asked.keys() & after.graded.asked.keys()


def test_renamed_row_is_made_anew() -> None:
    before = TakenOver()
    made(seven_firms(), before)
    spec = PLANNED[0].spec
    renamed = replace(spec.rows.headings[0], label="Other machines")
    row = replace(PLANNED[0], spec=replace(spec, rows=replace(spec.rows, headings=(renamed,))))
    found = produce(prepared(seven_firms()), replace(APART), [row, *PLANNED[1:]], (), before.for_next())
    assert found["one"].rows.headings[0].label == "Other machines"


@pytest.mark.parametrize(("places", "together"), [([0], [0, 1]), ([3], [2, 3]), ([0, 2], [0, 1, 2, 3]), ([], [])])
def test_tables_that_share_a_figure_are_made_together(places: list[int], together: list[int]) -> None:
    planned: list[PlannedTable] = list(PLANNED)
    assert with_shared_figures(places, planned) == together
