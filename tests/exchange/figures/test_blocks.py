"""A block has the heads and figures that its presentation needs, each under the head that says what it is."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.utils.translation import override

from survey.exchange.figures.block import Block, signs_of
from survey.exchange.figures.blocks import BUILDERS, BlockSource, planned_block
from survey.instrument.plan.plan import Indicator, Reference
from survey.instrument.schema import Text
from survey.methods.production import prepare, produce
from survey.methods.tables.beside import Whole
from survey.methods.tables.plan import PlannedTable
from survey.methods.tables.table import Cell, ProtectedTable, Statistic, TableKind
from survey.methods.tables.vocabulary import Vocabulary
from survey.terms import CellStatus, IndicatorKind, Presentation
from tests.exchange.figures.test_findings import FIRST, SECOND, protected
from tests.methods.test_production import EVERYTHING_SHOWN, seven_firms
from tests.methods.words import WORDS, tables


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with override("en"):
        yield


def planned(code: str) -> PlannedTable:
    (found,) = tables(WORDS, code)
    return found


def drawn(code: str, beside: str = "", firms: str = "") -> Block:
    """The block of a table of seven firms."""
    shown = produce(prepare(seven_firms(), WORDS, EVERYTHING_SHOWN), WORDS, tables(WORDS))
    others = [(planned(beside), shown[beside])] if beside else []
    return planned_block(BlockSource(planned=planned(code), table=shown[code], beside=others, words=WORDS, firms=firms))


def texts(block: Block) -> dict[str, list[str]]:
    """The figures of each row as they are written."""
    return {row.label: [figure.text for figure in row.figures] for row in block.rows}


def made(table: ProtectedTable, presentation: Presentation, words: Vocabulary = WORDS) -> Block:
    """A table drawn in a presentation."""
    block = replace(planned("ranking").block, presentation=presentation, ordered_by="")
    source = BlockSource(planned=replace(planned("ranking"), block=block), table=table, beside=[], words=words)
    return BUILDERS[presentation](source)


def test_every_presentation_is_drawn() -> None:
    assert set(BUILDERS) == set(Presentation)


def test_ranking_has_as_many_figures_as_heads() -> None:
    block = drawn("ranking")
    assert block.heads == (
        "Rank",
        "Share of firms",
        "Interval (95%)",
        "Rank interval",
        "p against the next",
        "Firms",
    )
    assert {len(row.figures) for row in block.rows} == {len(block.heads)}
    assert [(figures[0], figures[1], figures[-1]) for figures in texts(block).values()] == [
        ("1", "66.7%", "4"),
        ("2", "57.1%", "5"),
    ]


def test_list_that_is_not_ranked_has_no_ranks() -> None:
    block = made(protected(TableKind.CHOICES, FIRST, SECOND), Presentation.CHOICES)
    assert block.heads == ("Share of firms", "Interval (95%)", "Firms")
    assert texts(block) == {"A": ["60.0%", "", "90"], "B": ["55.0%", "", "90"]}


def test_share_of_all_firms_stands_last_and_only_where_some_row_has_one() -> None:
    whole = Whole(estimate=0.3, se=None, ci_low=0.2, ci_high=0.4, n=120)
    block = made(protected(TableKind.CHOICES, replace(FIRST, of_all=whole), SECOND), Presentation.CHOICES)
    assert block.heads[-1] == "Of all firms"
    assert [figures[-1] for figures in texts(block).values()] == ["30.0% (20.0% – 40.0%), n = 120", ""]


def test_distribution_has_its_steps_and_what_does_not_apply_apart() -> None:
    alone, both = drawn("distribution"), drawn("distribution", beside="not_applicable")
    assert alone.heads[-1] == "Firms"
    assert both.heads == (*alone.heads, "Does not apply", "Of all asked")
    assert {len(row.figures) for row in both.rows} == {len(both.heads)}
    assert any("base of its own" in note for note in both.notes)
    assert not any("base of its own" in note for note in alone.notes)


def test_groups_stand_beside_one_another() -> None:
    block = drawn("severity_by_size")
    assert [head for head in block.heads if head in ("Small", "Micro")] == ["Small", "Micro"]
    assert {len(row.figures) for row in block.rows} == {len(block.heads)}


def test_title_names_the_firms_under_the_filter() -> None:
    assert drawn("ranking", firms="Small").title == f"Small: {drawn('ranking').title}"


@pytest.mark.parametrize("statistic", [Statistic.BALANCE, Statistic.DIFFUSION, Statistic.INDEX])
def test_balances_and_indices_are_drawn_around_no_change(statistic: Statistic) -> None:
    cell = replace(FIRST, estimate=40.0, se=2.0, ci_low=36.0, ci_high=44.0)
    block = made(protected(TableKind.INDICATORS, cell, statistic=statistic), Presentation.INDICATORS)
    assert "no change" in str(block.chart)


def test_figures_in_different_units_are_not_drawn_on_one_axis() -> None:
    block = made(protected(TableKind.INDICATORS, FIRST, SECOND, statistic=Statistic.MEAN), Presentation.INDICATORS)
    assert block.chart is None


def test_figure_held_against_a_value_says_so_in_its_title() -> None:
    held = Indicator(
        code="A",
        text=Text("", "Ratio"),
        kind=IndicatorKind.MEAN,
        reference=Reference(value=9, text=Text("", "the article's 9")),
        finding=Text("", "Firms say {value}"),
    )
    words = replace_plan(held)
    cell = Cell(n=90, estimate=8.0, se=0.1, df=80, ci_low=7.8, ci_high=8.2)
    table = protected(TableKind.INDICATORS, cell, statistic=Statistic.MEAN)
    assert made(table, Presentation.REFERENCE, words).title == "Firms say 8.0: below the article's 9 (p < 0.001)."
    two = protected(TableKind.INDICATORS, cell, cell, statistic=Statistic.MEAN)
    assert "Firms say" not in made(two, Presentation.REFERENCE, words).title


def replace_plan(indicator: Indicator) -> Vocabulary:
    return Vocabulary(
        questionnaire=WORDS.questionnaire, plan=replace(WORDS.plan, indicators=(indicator,)), frame=WORDS.frame
    )


def test_sign_is_explained_once_with_all_that_it_may_mean() -> None:
    withheld = [Cell(n=None, status=status) for status in (CellStatus.PRIMARY, CellStatus.SECONDARY) * 2]
    ((sign, meaning),) = signs_of([*withheld, FIRST])
    assert sign == "c"
    assert len(meaning.split("; ")) == 2
