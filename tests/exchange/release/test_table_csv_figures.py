"""A table for other programs: a line per figure with its unit, base and status; nothing of what is withheld."""

import csv
from dataclasses import replace
from io import StringIO

import pytest
from django.utils.translation import override

from survey.exchange.release.table_csv import HEADS, NOTHING, About, table_csv
from survey.methods.tables.beside import Levels, Whole
from survey.methods.tables.table import Cell, ProtectedTable, Statistic, TableKind
from tests.exchange.figures.test_findings import FIRST, SECOND, change, protected


def lines(table: ProtectedTable, about: About = NOTHING) -> list[dict[str, str]]:
    with override("en"):
        content = table_csv(table, about)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_line_has_every_head_and_says_whose_figure_it_is() -> None:
    (line,) = lines(protected(TableKind.RANKING, FIRST), About(wave="w1", firms="Small"))
    assert list(line) == list(HEADS)
    told = ("wave", "filter", "row_code", "unit", "base", "n", "estimate", "status")
    assert [line[name] for name in told] == ["w1", "Small", "A", "fraction", "all firms", "90", "0.6", "shown"]


def test_withheld_figure_has_a_status_and_no_number() -> None:
    (first, *_others) = lines(protected(TableKind.RANKING, replace(FIRST, n=3), SECOND))
    assert first["status"] == "primary"
    assert {first[name] for name in ("n", "estimate", "se", "cv", "ci_low", "ci_high", "p", "rank", "of_all")} == {""}


def test_remark_stands_last_in_every_line() -> None:
    found = lines(protected(TableKind.RANKING, FIRST, SECOND), About(remark="Provisional"))
    assert [list(line)[-1] for line in found] == ["remark", "remark"]
    assert [line["remark"] for line in found] == ["Provisional", "Provisional"]


@pytest.mark.parametrize(
    ("statistic", "measured", "of_row", "unit"),
    [
        (Statistic.SHARE, None, "", "fraction"),
        (Statistic.BALANCE, None, "", "points"),
        (Statistic.MEAN, None, "yuan", "yuan"),
        (Statistic.SHARE_CHANGE, Statistic.SHARE, "", "percentage points"),
        (Statistic.MEAN_CHANGE, Statistic.MEAN, "%", "percentage points"),
        (Statistic.MEAN_CHANGE, Statistic.MEAN, "yuan", "yuan"),
    ],
)
def test_unit_is_that_of_the_figure(statistic: Statistic, measured: Statistic | None, of_row: str, unit: str) -> None:
    kind = TableKind.CHANGE if measured else TableKind.INDICATORS
    (line,) = lines(protected(kind, FIRST, statistic=statistic, measured=measured, unit=of_row))
    assert (line["unit"], line["measured"]) == (unit, measured.value if measured else "")


def test_change_has_both_levels_and_the_p_value_of_the_whole_table() -> None:
    levels = Levels(before=0.4, after=0.49, n_before=80, n_after=90)
    cells: tuple[Cell, ...] = (replace(change(9, 2), levels=levels), change(1, 2))
    first, second = lines(
        protected(TableKind.CHANGE, *cells, statistic=Statistic.SHARE_CHANGE, measured=Statistic.SHARE)
    )
    assert [first[name] for name in ("before", "after", "n_before", "n_after")] == ["0.4", "0.49", "80", "90"]
    assert float(first["p"]) < 0.001 < float(second["p"])


def test_share_of_all_firms_stands_in_columns_of_its_own() -> None:
    whole = Whole(estimate=0.3, se=0.02, ci_low=0.26, ci_high=0.34, n=150)
    (line,) = lines(protected(TableKind.CHOICES, replace(FIRST, of_all=whole)))
    names = ("of_all", "of_all_se", "of_all_ci_low", "of_all_ci_high", "of_all_n")
    assert [line[name] for name in names] == ["0.3", "0.02", "0.26", "0.34", "150"]


def test_band_stands_in_columns_of_its_own_and_its_middle_is_no_figure() -> None:
    whole = Whole(estimate=0.05, se=None, ci_low=None, ci_high=None, n=100, band=(0.0, 0.1))
    (line,) = lines(protected(TableKind.CHOICES, replace(FIRST, band=(0.0, 0.15), of_all=whole)))
    names = ("estimate", "of_all", "band_low", "band_high", "of_all_band_low", "of_all_band_high")
    assert [line[name] for name in names] == ["", "", "0.0", "0.15", "0.0", "0.1"]
