"""What may be shown of each item is decided for every combination of groups that a page can ask for."""

from dataclasses import replace

import numpy as np
import pytest

from survey.instrument.plan.plan import Group, GroupClass
from survey.instrument.schema import Item, Text
from survey.methods.collected import Collected
from survey.methods.extract import Coded
from survey.methods.production import Parameters, prepare, produce
from survey.methods.protection.disclosure import DisclosureRule
from survey.methods.protection.wave import ALL_ITEMS
from survey.methods.tables.domain import domain_of
from survey.methods.tables.plan import planned_tables
from survey.methods.tables.vocabulary import Vocabulary, group_headings
from survey.terms import CellStatus, GroupSource, ItemType, Presentation
from tests.methods.test_production import EVERYTHING_SHOWN, coded, seven_firms
from tests.methods.words import PLAN, WORDS, asking, block, severity

TRADES = ("B", "C", "G", "H")
SECTOR = Group(
    code="sector",
    text=Text("", "Sector"),
    source=GroupSource.FRAME,
    variable="industry",
    classes=(
        GroupClass(code="making", text=Text("", "Making"), values=("B", "C")),
        GroupClass(code="serving", text=Text("", "Serving"), values=("G", "H")),
    ),
)
USES = Group(code="uses_it", text=Text("", "Uses it"), source=GroupSource.ITEM, variable="uses")


def words_with(*groups: Group) -> Vocabulary:
    """The two severity items, and an item that groups firms, by these groups."""
    blocks = (*PLAN.blocks[1:2], *(block(f"by_{one.code}", Presentation.HEAT_MAP, split=one.code) for one in groups))
    return replace(
        WORDS,
        questionnaire=asking(
            severity("B1", "First"),
            severity("B2", "Second"),
            Item(code="uses", type=ItemType.YES_NO, text=Text("", "Uses")),
        ),
        plan=replace(PLAN, groups=groups, blocks=blocks),
        frame={**WORDS.frame, "industry": group_headings("industry", {trade: trade for trade in TRADES})},
    )


def firms_of_trades(trades: str, uses: str = "ynyny") -> Collected:
    """Seven firms of which the five that answered have these trades, in order, and use it or not."""
    collected = seven_firms()
    of_all = [trades[0], trades[1], "H", "H", *trades[2:]]
    domains = {**collected.domains, "industry": coded(of_all, TRADES)}
    codes = np.array(["yn".find(answer) for answer in uses])
    items = {**collected.items, "uses": Coded(codes, ("yes", "no"))}
    return replace(collected, domains=domains, items=items)


INDUSTRY = PLAN.groups[0]


def test_coarser_group_takes_its_values_together() -> None:
    words = words_with(SECTOR)
    prepared = prepare(firms_of_trades("BGCHH"), words, EVERYTHING_SHOWN)
    table = produce(prepared, words, planned_tables(words))["by_sector"]
    assert table.columns.codes == ("all", "making", "serving")
    assert [table.cell("B1", column).n for column in table.columns.codes] == [5, 2, 3]


def test_value_that_would_follow_from_its_sector_is_withheld() -> None:
    """B alone is one firm; shown with its sector of three, C would give it away."""
    words = words_with(INDUSTRY, SECTOR)
    rule = Parameters(DisclosureRule(threshold=2))
    known = prepare(firms_of_trades("BCCGG"), words, rule).known[ALL_ITEMS]
    assert known[domain_of(industry="B")] is CellStatus.PRIMARY
    assert known[domain_of(industry="C")] is CellStatus.SECONDARY
    assert domain_of(sector="making") not in known


def test_groups_over_one_variable_are_never_crossed() -> None:
    assert words_with(INDUSTRY, SECTOR).crossings == ((), ("industry",), ("sector",))


def test_answers_are_crossed_with_the_frame_one_at_a_time() -> None:
    other = replace(USES, code="other")
    assert words_with(INDUSTRY, USES, other).crossings == (
        (), ("uses_it",), ("other",), ("industry",), ("industry", "uses_it"), ("industry", "other"),
    )  # fmt: skip


def test_firms_that_did_not_answer_are_counted_in_protection() -> None:
    """Two say yes, two no: with the fifth unknown alone, one answer has to be withheld with it."""
    words = words_with(USES)
    known = prepare(firms_of_trades("BCCGG", "ynyn-"), words, Parameters(DisclosureRule(threshold=2))).known[ALL_ITEMS]
    assert known[domain_of(uses_it="")] is CellStatus.PRIMARY
    assert CellStatus.SECONDARY in {known.get(domain_of(uses_it=answer)) for answer in ("yes", "no")}


def test_table_by_answers_shows_those_that_answered() -> None:
    words = words_with(USES)
    prepared = prepare(firms_of_trades("BCCGG", "ynyn-"), words, EVERYTHING_SHOWN)
    table = produce(prepared, words, planned_tables(words))["by_uses_it"]
    assert table.columns.codes == ("all", "yes", "no")
    assert table.cell("B1", "yes").estimate == pytest.approx((4 + 2) / (4 + 2))


def test_group_that_is_no_filter_and_no_split_is_not_decided_about() -> None:
    words = replace(words_with(INDUSTRY), plan=replace(PLAN, groups=(INDUSTRY, replace(SECTOR, is_filter=False))))
    assert set(words.groups) == {"industry"}
