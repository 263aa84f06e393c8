"""The grey line and the title say whose figures these are, also under a filter."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from survey.exchange.figures.captions import (
    base_line,
    base_of_row,
    of_all_text,
    reference_finding,
    stratum_names,
    under_filter,
)
from survey.instrument.plan.plan import Reference
from survey.instrument.schema import Text
from survey.methods.protection.disclosure import DisclosureRule, protect
from survey.methods.tables.beside import Whole
from survey.methods.tables.table import Base, Cell, ProtectedTable, Statistic, Table, TableKind
from survey.methods.weights.weighting import Merge
from tests.exchange.figures.test_findings import FIRST, SECOND, change, protected
from tests.methods.words import WORDS


@pytest.mark.parametrize(
    ("firms", "words"),
    [("", "Of the whole economy: the sum over all firms."), ("Small", "The sum over these firms alone.")],
)
def test_total_under_a_filter_is_not_called_that_of_the_economy(firms: str, words: str) -> None:
    with override("en"):
        line = base_line(protected(TableKind.INDICATORS, FIRST, statistic=Statistic.TOTAL), firms)
        assert (line.endswith(words), "whole economy" in line) == (True, not firms)


def test_change_is_counted_as_the_figures_that_it_lies_between() -> None:
    with override("en"):
        made = protected(
            TableKind.CHANGE,
            change(9, 2),
            statistic=Statistic.SHARE_CHANGE,
            measured=Statistic.EMPLOYEE_SHARE,
        )
        assert base_line(made).endswith("Of the whole economy: a firm counts by its employees.")


def test_title_names_the_firms_under_the_filter() -> None:
    with override("en"):
        assert under_filter("“A” rose", "Small · Mining") == "Small · Mining: “A” rose"
        assert under_filter("“A” rose", "") == "“A” rose"


def of_page(made: ProtectedTable, n: int, bases: tuple[str, ...] = ()) -> ProtectedTable:
    """The table on a page of ``n`` respondents, with rows of these firms."""
    headings = tuple(replace(row, base=base) for row, base in zip(made.rows.headings, bases, strict=False))
    rows = replace(made.rows, headings=headings or made.rows.headings)
    table = Table(spec=replace(made.spec, rows=rows), cells=made.cells, base=Base(n=n))
    (shown,) = protect([table], DisclosureRule(show_unreliable=True))
    return shown


def test_line_of_a_question_asked_of_some_has_the_firms_that_answered_it() -> None:
    """The most answers of a row, 90, and not the n of the page."""
    with override("en"):
        made = of_page(protected(TableKind.RANKING, FIRST, replace(SECOND, n=80), base="firms with 5G"), 400)
        assert base_line(made) == "Base: firms with 5G, 90 answered. Weighted; 95% intervals."
        assert base_line(made, "Small").startswith("Base: firms with 5G (Small), 90 answered.")


def test_line_of_rows_with_different_bases_leaves_them_to_the_rows() -> None:
    with override("en"):
        made = of_page(protected(TableKind.RANKING, FIRST, SECOND), 400, ("firms with 5G", ""))
        assert base_line(made).startswith("Base: all firms, or those that the row names, 400 answered.")
        assert [base_of_row(made, row) for row in made.rows.headings] == ["firms with 5G", "all firms"]


def test_response_is_of_the_sampled_firms() -> None:
    with override("en"):
        made = of_page(protected(TableKind.RESPONSE, FIRST), 1200)
        assert base_line(made) == "Base: all sampled firms, n = 1,200."
        assert base_of_row(made, made.rows.headings[0]) == "all sampled firms"


def test_share_of_all_firms_stands_with_its_interval_and_firms() -> None:
    with override("en"):
        assert of_all_text(FIRST) == ""
        whole = Whole(estimate=0.25, se=0.02, ci_low=0.21, ci_high=0.29, n=1500)
        assert of_all_text(replace(FIRST, of_all=whole)) == "25.0% (21.0% – 29.0%), n = 1,500"
        assert of_all_text(replace(FIRST, of_all=replace(whole, ci_low=None, ci_high=None))) == "25.0%, n = 1,500"


HELD = Reference(value=9, text=Text("", "the article's 9"))


@pytest.mark.parametrize(
    ("estimate", "says"),
    [
        (8.0, "The ratio is 8.0: below the article's 9 (p < 0.001)."),
        (10.0, "The ratio is 10.0: above the article's 9 (p < 0.001)."),
        # t = 1.9 with 80 degrees of freedom: p = 0.061, above 5 %.
        (9.19, "The ratio is 9.2: not significantly different from the article's 9 (p = 0.061)."),
    ],
)
def test_value_from_outside_is_called_different_below_five_percent_only(estimate: float, says: str) -> None:
    cell = Cell(n=90, estimate=estimate, se=0.1, df=80, ci_low=7.8, ci_high=8.2)
    with override("en"):
        assert reference_finding(cell, "The ratio is {value}", HELD, "the article's 9") == says


@pytest.mark.parametrize("cell", [Cell(n=90), Cell(n=90, estimate=8.0), Cell(n=90, estimate=8.0, se=0.0)])
def test_figure_without_an_error_proves_nothing(cell: Cell) -> None:
    assert reference_finding(cell, "{value}", HELD, "9") == ""


@pytest.mark.parametrize(("sentence", "is_said"), [("{value}", True), ("{value} ({low} – {high})", False)])
def test_sentence_with_an_interval_that_is_not_told_is_not_said(sentence: str, is_said: bool) -> None:
    """Of few answers a cleared figure has an error but no ends."""
    cell = Cell(n=10, estimate=8.0, se=0.1, df=5)
    assert bool(reference_finding(cell, sentence, HELD, "9")) == is_said


def test_band_proves_nothing() -> None:
    assert reference_finding(Cell(n=90, estimate=4.0, se=0.1, band=(0.0, 8.0)), "{value}", HELD, "9") == ""


def test_sentence_of_the_plan_may_hold_other_braces() -> None:
    cell = Cell(n=90, estimate=8.0, se=0.1, df=80, ci_low=7.8, ci_high=8.2)
    with override("en"):
        said = reference_finding(cell, "{value} ({low} to {high}) {cell.n} {}", HELD, "9")
        assert said.startswith("8.0 (7.8 to 8.2) {cell.n} {}: below 9")


def test_merged_strata_are_named_by_industry_and_size() -> None:
    merge = Merge(code="C-small", into="C-micro", respondents=2)
    assert stratum_names(merge, WORDS) == ("Manufacturing · Small", "Manufacturing · Micro")
