"""One sentence for a table says what is proved: significant, tied, alone, withheld, unreliable; in both languages."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from survey.exchange.figures.findings import title_of
from survey.methods.protection.disclosure import DisclosureRule, protect
from survey.methods.tables.quality import UNRELIABLE
from survey.methods.tables.table import (
    Axis,
    Cell,
    Dimension,
    Heading,
    ProtectedTable,
    Statistic,
    Table,
    TableKind,
    TableSpec,
)

FIRST, SECOND, THIRD = (
    Cell(n=90, estimate=share, se=0.02, df=80, weighted_count=900, rank=rank)
    for rank, share in enumerate((0.6, 0.55, 0.2), 1)
)


def protected(
    kind: TableKind, *cells: Cell, counted: str = "", statistic: Statistic = Statistic.SHARE
) -> ProtectedTable:
    """A list of one column with rows A, B, C."""
    rows = Dimension("item", Axis.ITEM, tuple(Heading(code, code) for code in "ABC"[: len(cells)]))
    columns = Dimension("group", Axis.DOMAIN, (Heading("all", "All firms"),))
    spec = TableSpec("t", "Severity", kind, rows, columns, statistic, counted=counted)
    (made,) = protect([Table(spec, tuple((cell,) for cell in cells))], DisclosureRule(show_unreliable=True))
    return made


def uncertain(cell: Cell) -> Cell:
    return replace(cell, quality=UNRELIABLE.mark, status=UNRELIABLE.status)


def leading(cell: Cell) -> Cell:
    return replace(cell, leads=True)


@pytest.mark.parametrize(
    ("kind", "cells", "counted", "sentence"),
    [
        (TableKind.RANKING, (leading(FIRST), SECOND, THIRD), "find it bad", "“A” ranks first: 60.0% of firms find it bad"),
        (TableKind.RANKING, (leading(FIRST), SECOND), "", "“A” ranks first: 60.0%"),
        (TableKind.RANKING, (leading(FIRST), leading(SECOND), THIRD), "", "“A” and “B” lead together: 60.0% to 55.0%"),
        (TableKind.RANKING, (leading(FIRST), leading(SECOND)), "", "Severity – no significant difference"),
        (TableKind.RANKING, (leading(FIRST),), "find it bad", "“A”: 60.0% of firms find it bad"),
        (TableKind.RANKING, (replace(leading(FIRST), n=3), replace(SECOND, n=3)), "", "Severity"),
        (TableKind.RANKING, (leading(uncertain(FIRST)), SECOND), "", "Severity"),
        (TableKind.CHOICES, (leading(FIRST), SECOND), "", "“A” is named most often: by 60.0% of firms"),
        (TableKind.CHOICES, (leading(FIRST), leading(SECOND), THIRD), "", "“A” and “B” lead together: 60.0% to 55.0%"),
        (TableKind.CHOICES, (leading(FIRST),), "", "“A”: 60.0% of firms"),
    ],
    ids=["first", "first_of_figures", "tied", "all_tied", "single", "withheld", "unreliable", "most", "few", "one"],
)  # fmt: skip
def test_sentence_of_a_list_says_what_is_proved(
    kind: TableKind, cells: tuple[Cell, ...], counted: str, sentence: str
) -> None:
    with override("en"):
        assert title_of(protected(kind, *cells, counted=counted)) == sentence


def change(points: float, se: float) -> Cell:
    return Cell(n=90, estimate=points, se=se, df=80)


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ((change(9, 2), change(1, 2)), "“A” rose: +9.0 percentage points"),
        ((change(-9, 2), change(1, 2)), "“A” fell: -9.0 percentage points"),
        ((change(9, 2), change(-8, 2)), "“A” rose; “B” fell"),
        ((change(4.2, 2), change(1, 2)), "Severity – nothing significant"),
        ((uncertain(change(9, 2)), change(1, 2)), "Severity – nothing significant"),
    ],
    ids=["rose", "fell", "both", "only_before_adjustment", "unreliable"],
)
def test_change_is_called_one_only_below_five_percent_by_holm(cells: tuple[Cell, ...], sentence: str) -> None:
    with override("en"):
        assert title_of(protected(TableKind.CHANGE, *cells, statistic=Statistic.SHARE_CHANGE)) == sentence


def test_sentence_is_written_in_chinese() -> None:
    with override("zh-hans"):
        assert title_of(protected(TableKind.RANKING, leading(FIRST), SECOND)) == "“A”居首：60.0%"
