"""Headline figures stand with what they consist of, and with how they changed since another wave."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.utils.translation import override

from survey.exchange.figures.headlines import Headlines, headlines, with_changes
from survey.exchange.figures.shown import p_text
from survey.methods.production import prepare, produce
from survey.methods.tables.plan import planned_tables
from survey.terms import Presentation
from tests.methods.change.test_tables import changes, results
from tests.methods.test_production import EVERYTHING_SHOWN, seven_firms
from tests.methods.words import PLAN, WORDS, block, tables


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def head() -> Headlines:
    """The theme of both items; of seven firms five answered, with weights that add up to 14: 12 find one serious."""
    (made,) = headlines(tables(WORDS, "core", "ranking"), results().tables, WORDS)
    return made


def test_theme_has_its_figure_and_the_marked_shares_of_its_items(head: Headlines) -> None:
    (theme,) = head.figures
    assert (theme.code, theme.label, theme.figure.text, theme.n) == ("core_theme", "Theme", "85.7%", "5")
    assert [(part.label, part.figures[0].text) for part in theme.parts] == [("First", "57.1%"), ("Second", "66.7%")]


def test_single_figure_has_no_rank(head: Headlines) -> None:
    assert head.figures[0].ranks == ""


def test_title_says_what_is_measured_where_the_plan_says_nothing(head: Headlines) -> None:
    assert (head.title, head.note) == ("core", "core, with the 95% interval.")


def test_change_stands_beside_the_figure_that_changed(head: Headlines) -> None:
    (section,) = with_changes([head], {"core": changes()["change_core"]})
    (theme,) = section.figures
    assert theme.change is not None
    assert (theme.change.text, theme.change_n, theme.change_levels) == ("+14.3", "5", "5 → 5")
    assert theme.change_p.startswith("p ")


def test_figure_without_a_change_stays_as_it_is(head: Headlines) -> None:
    assert with_changes([head], {}) == [head]
    assert with_changes([head], {"core": changes()["change_ranking"]}) == [head]


def test_figures_side_by_side_tell_their_ranks_and_the_p_of_the_first_against_the_next() -> None:
    """57.1 % against 66.7 % of seven firms: nothing tells them apart."""
    words = replace(WORDS, plan=replace(PLAN, blocks=(replace(block("core", Presentation.HEADLINE), ordered_by=""),)))
    planned = planned_tables(words)
    made = produce(prepare(seven_firms(), words, EVERYTHING_SHOWN), words, planned)
    (section,) = headlines(planned, made, words)
    p = made["core"].cell("B2", made["core"].columns.codes[0]).p_next
    assert p is not None
    assert {one.code: (one.ranks, one.rank_p) for one in section.figures} == {
        "B1": ("1 – 2", ""), "B2": ("1 – 2", p_text(p)),
    }  # fmt: skip
