"""One sentence for a table says what is proved: significant, tied, alone, withheld, unreliable; in both languages."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from django.utils.translation import override

from survey.exchange.figures.findings import title_of
from survey.methods.protection.disclosure import DisclosureRule, protect
from survey.methods.tables.domain import domain_of
from survey.methods.tables.plan import FIRST_CHOICE
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
    kind: TableKind,
    *cells: Cell,
    counted: str = "",
    statistic: Statistic = Statistic.SHARE,
    measured: Statistic | None = None,
    **of_rows: str,
) -> ProtectedTable:
    """A list of one column with rows A, B, C; ``of_rows`` are fields of every row."""
    headings = tuple(Heading(code=code, label=code, **of_rows) for code in "ABC"[: len(cells)])  # type: ignore[arg-type]
    columns = Dimension(code="group", axis=Axis.DOMAIN, headings=(Heading(code="all", label="All firms"),))
    rows = Dimension(code="item", axis=Axis.ITEM, headings=headings)
    spec = TableSpec(
        code="t",
        title="Severity",
        kind=kind,
        rows=rows,
        columns=columns,
        statistic=statistic,
        counted=counted,
        measured=measured,
    )
    (made,) = protect([Table(spec=spec, cells=tuple((cell,) for cell in cells))], DisclosureRule(show_unreliable=True))
    return made


def uncertain(cell: Cell) -> Cell:
    return replace(cell, quality=UNRELIABLE.mark, status=UNRELIABLE.status)


def leading(cell: Cell) -> Cell:
    return replace(cell, leads=True)


TWO = (leading(FIRST), leading(SECOND), THIRD)
LISTS: dict[str, tuple[TableKind, Sequence[Cell], str, str, str]] = {
    "first": (TableKind.RANKING, (leading(FIRST), SECOND, THIRD), "find it bad",
              "“A” ranks first: 60.0% of firms find it bad", "“A”居首：60.0% 的企业find it bad"),
    "first_of_figures": (TableKind.RANKING, (leading(FIRST), SECOND), "", "“A” ranks first: 60.0%", "“A”居首：60.0%"),
    "tied": (TableKind.RANKING, TWO, "find it bad", "“A” and “B” lead together: 60.0% to 55.0% of firms find it bad",
             "“A”和“B”并列居首：60.0% 至 55.0% 的企业find it bad"),
    "tied_of_figures": (TableKind.RANKING, TWO, "", "“A” and “B” lead together: 60.0% to 55.0%",
                        "“A”和“B”并列居首：60.0% 至 55.0%"),
    "all_tied": (TableKind.RANKING, TWO[:2], "", "Severity – no significant difference", "Severity：无显著差异"),
    "single": (TableKind.RANKING, TWO[:1], "find it bad", "“A”: 60.0% of firms find it bad",
               "“A”：60.0% 的企业find it bad"),
    "withheld": (TableKind.RANKING, (replace(leading(FIRST), n=3), replace(SECOND, n=3)), "", "Severity", "Severity"),
    "unreliable": (TableKind.RANKING, (leading(uncertain(FIRST)), SECOND), "", "Severity", "Severity"),
    "named_most": (TableKind.CHOICES, (leading(FIRST), SECOND), "", "“A” is named most often: by 60.0% of firms",
                   "“A”提及最多：占企业的 60.0%"),
    "named_together": (TableKind.CHOICES, TWO, "", "“A” and “B” lead together: 60.0% to 55.0% of firms",
                       "“A”和“B”并列居首：60.0% 至 55.0% 的企业"),
    "only_choice": (TableKind.CHOICES, TWO[:1], "", "“A”: 60.0% of firms", "“A”：60.0% 的企业"),
    "choices_withheld": (TableKind.CHOICES, (replace(leading(FIRST), n=3),), "", "Severity", "Severity"),
    "choice_unreliable": (TableKind.CHOICES, (leading(uncertain(FIRST)), SECOND), "", "Severity", "Severity"),
}  # fmt: skip


@pytest.mark.parametrize("case", LISTS)
def test_sentence_of_a_list_says_what_is_proved(case: str) -> None:
    kind, cells, counted, english, _chinese = LISTS[case]
    with override("en"):
        assert title_of(protected(kind, *cells, counted=counted)) == english


@pytest.mark.parametrize("case", LISTS)
def test_sentence_of_a_list_says_the_same_in_chinese(case: str) -> None:
    kind, cells, counted, _english, chinese = LISTS[case]
    with override("zh-hans"):
        assert title_of(protected(kind, *cells, counted=counted)) == chinese


def test_shares_that_lead_together_name_the_firms_that_they_are_of() -> None:
    with override("en"):
        made = protected(TableKind.RANKING, *TWO, counted="find it bad", base="firms with 5G")
        assert title_of(made) == "“A” and “B” lead together: 60.0% to 55.0% of firms with 5G find it bad"


def test_first_choice_is_not_called_that_of_most_firms() -> None:
    made = protected(TableKind.CHOICES, leading(FIRST), SECOND)
    rows = replace(made.spec.rows, code=FIRST_CHOICE)
    with override("en"):
        table = Table(spec=replace(made.spec, rows=rows), cells=made.cells)
        (shown,) = protect([table], DisclosureRule(show_unreliable=True))
        assert title_of(shown) == "“A” is the most frequent first choice: of 60.0% of firms"


def change(points: float, se: float) -> Cell:
    return Cell(n=90, estimate=points, se=se, df=80)


CHANGES: dict[str, tuple[Sequence[Cell], str, str]] = {
    "rose": ((change(9, 2), change(1, 2)), "“A” rose: +9.0 percentage points", "“A”上升：+9.0个百分点"),
    "fell": ((change(-9, 2), change(1, 2)), "“A” fell: −9.0 percentage points", "“A”下降：−9.0个百分点"),
    "both": ((change(9, 2), change(-8, 2)), "“A” rose; “B” fell", "“A”上升；“B”下降"),
    "single": ((change(9, 2),), "“A” rose: +9.0 percentage points", "“A”上升：+9.0个百分点"),
    "only_before_adjustment": (
        (change(4.2, 2), change(1, 2)),
        "Severity – no significant change",
        "Severity——无显著变化",
    ),
    "significant but unreliable": ((uncertain(change(9, 2)), change(1, 2)), "Severity", "Severity"),
    "unreliable": ((uncertain(change(1, 2)), change(1, 2)), "Severity – no significant change", "Severity——无显著变化"),
    "withheld": ((replace(change(9, 2), n=3), replace(change(8, 2), n=3)), "Severity", "Severity"),
}


@pytest.mark.parametrize("case", CHANGES)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_change_is_called_one_only_below_five_percent_by_holm(case: str, language: str) -> None:
    cells, english, chinese = CHANGES[case]
    with override(language):
        made = protected(TableKind.CHANGE, *cells, statistic=Statistic.SHARE_CHANGE, measured=Statistic.SHARE)
        assert title_of(made) == (english if language == "en" else chinese)


@pytest.mark.parametrize(
    ("measured", "statistic", "unit", "sentence"),
    [
        (Statistic.TOTAL, Statistic.VALUE_CHANGE, "10,000 yuan", "“A” fell: −9,000 (Total, 10,000 yuan)"),
        (Statistic.MEAN, Statistic.MEAN_CHANGE, "yuan", "“A” fell: −9,000 (Mean, yuan)"),
        (Statistic.MEAN, Statistic.MEAN_CHANGE, "%", "“A” fell: −9,000 (Mean, percentage points)"),
        (
            Statistic.EMPLOYEE_SHARE,
            Statistic.SHARE_CHANGE,
            "",
            "“A” fell: −9,000.0 percentage points (Share of employees)",
        ),
    ],
)
def test_change_of_another_figure_than_a_share_of_firms_says_so_with_its_unit(
    measured: Statistic, statistic: Statistic, unit: str, sentence: str
) -> None:
    with override("en"):
        made = protected(TableKind.CHANGE, change(-9000, 9), statistic=statistic, measured=measured, unit=unit)
        assert title_of(made) == sentence


def heat_map(*rows: Sequence[Cell]) -> ProtectedTable:
    """Rows A, B by the groups North and South, beside all firms."""
    domains = {code: domain_of(place=code) for code in ("North", "South")}
    columns = (
        Heading(code="all", label="All firms"),
        *(Heading(code=code, label=code, domain=domain) for code, domain in domains.items()),
    )
    spec = TableSpec(
        code="t",
        title="Severity",
        kind=TableKind.HEAT_MAP,
        rows=Dimension(
            code="item", axis=Axis.ITEM, headings=tuple(Heading(code=code, label=code) for code in "AB"[: len(rows)])
        ),
        columns=Dimension(code="place", axis=Axis.DOMAIN, headings=columns),
        statistic=Statistic.SHARE,
    )
    cells = tuple((FIRST, *row) for row in rows)
    rule = DisclosureRule(show_unreliable=True, exempt=frozenset({TableKind.HEAT_MAP}))
    (made,) = protect([Table(spec=spec, cells=cells)], rule)
    return made


HEAT_MAPS: dict[str, tuple[Sequence[Sequence[Cell]], str, str]] = {
    "highest": (((leading(FIRST), SECOND), (THIRD, THIRD)), "Highest among North: “A”, 60.0%", "North 中“A”最高，为 60.0%"),
    "one_row": (((leading(FIRST), leading(SECOND)), (THIRD, THIRD)),
                "“A” leads, in several groups together: “North” and “South”", "“A”居首，以下各组不分先后：“North”和“South”"),
    "one_group": (((leading(FIRST), THIRD), (leading(SECOND), THIRD)),
                  "Highest among North, together: “A” and “B”", "North中居首且不分先后：“A”和“B”"),
    "nothing": (((leading(FIRST), THIRD), (THIRD, leading(SECOND))), "Severity", "Severity"),
    "unreliable": (((leading(uncertain(FIRST)), SECOND), (THIRD, THIRD)), "Severity", "Severity"),
}  # fmt: skip


@pytest.mark.parametrize("case", HEAT_MAPS)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_sentence_of_groups_says_which_is_highest(case: str, language: str) -> None:
    rows, english, chinese = HEAT_MAPS[case]
    with override(language):
        assert title_of(heat_map(*rows)) == (english if language == "en" else chinese)
