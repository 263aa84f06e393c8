"""Tables name what there is, and their rows have the figure that is asked of them."""

from dataclasses import replace

import pytest

from survey.instrument.plan.known import Known
from survey.instrument.plan.lint_tables import table_findings
from survey.instrument.plan.plan import Scale
from survey.terms import IndicatorKind, Presentation
from tests.instrument.plan.small import FRAME, PLAN, QUESTIONNAIRE, TABLES, TREND, table

SHARE, MEAN, BALANCE = IndicatorKind.SHARE, IndicatorKind.MEAN, IndicatorKind.BALANCE
UNSCORED = replace(TREND, steps=tuple(replace(step, score=None) for step in TREND.steps))


def found(
    statistic: IndicatorKind, presentation: Presentation, of: Scale = TREND, **parts: object
) -> list[tuple[str, str]]:
    """Code and value of what is found of one more table, where the plan has this scale."""
    tables = (*TABLES, table("t", statistic, presentation, **parts))
    known = Known(questionnaire=QUESTIONNAIRE, plan=replace(PLAN, scales=(of,), blocks=tables), frame=FRAME)
    return [(one.code, one.value) for one in table_findings(known) if one.place.code == "t"]


@pytest.mark.parametrize(
    ("statistic", "row", "codes"),
    [
        (MEAN, "staff", []),
        (MEAN, "mean_staff", []),
        (MEAN, "orders", ["table_row_kind"]),
        (MEAN, "pmi", ["table_row_kind"]),
        (BALANCE, "orders", []),
        (BALANCE, "exports", ["table_row_kind"]),
        (SHARE, "staff", ["table_row_kind"]),
        (SHARE, "demand", []),
        (MEAN, "sales", ["plan_unknown_row"]),
    ],
)
def test_row_has_the_figure_of_its_table(statistic: IndicatorKind, row: str, codes: list[str]) -> None:
    assert [code for code, _ in found(statistic, Presentation.INDICATORS, rows=(row,))] == codes


def test_balance_needs_scores() -> None:
    assert found(BALANCE, Presentation.INDICATORS, UNSCORED, rows=("orders",)) == [("table_row_kind", "orders")]


@pytest.mark.parametrize(
    ("presentation", "marked", "codes"),
    [
        (Presentation.RANKING, ("up",), []),
        (Presentation.RANKING, (), ["table_without_base"]),
        (Presentation.DISTRIBUTION, (), []),
    ],
)
def test_share_counts_what_is_marked_or_each_step(
    presentation: Presentation, marked: tuple[str, ...], codes: list[str]
) -> None:
    of = replace(TREND, marked=marked)
    assert [code for code, _ in found(SHARE, presentation, of, rows=("orders",), scale="trend")] == codes


def test_order_is_taken_from_figures_that_are_ranked() -> None:
    assert found(MEAN, Presentation.INDICATORS, rows=("staff",), ordered_by="numbers", beside="none") == [
        ("order_without_ranking", "numbers"),
        ("plan_unknown_table", "none"),
    ]


def test_table_without_rows_and_item_is_empty() -> None:
    assert found(SHARE, Presentation.CHOICES) == [("table_empty", "")]
