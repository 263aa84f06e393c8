"""Tables that name what is not there, or figures that their rows do not have."""

from collections.abc import Iterator

from survey.complaints import Complaint
from survey.instrument.lint.catalogue import finding
from survey.instrument.plan.frame_numbers import KINDS_OF_SHARES
from survey.instrument.plan.known import Known
from survey.instrument.plan.plan import PlannedBlock
from survey.terms import IndicatorKind, Presentation

OF_NUMBERS = frozenset({IndicatorKind.MEAN, IndicatorKind.MEDIAN, IndicatorKind.TOTAL})
OF_SCALES = frozenset({IndicatorKind.BALANCE, IndicatorKind.DIFFUSION})
ORDERING = frozenset({Presentation.RANKING, Presentation.CHOICES})
"""Presentations whose rows stand in the order of their figures."""
APART = Presentation.APART


def table_findings(known: Known) -> Iterator[Complaint]:
    """Findings about tables, in order."""
    for table in known.plan.blocks:
        place = ("table", table.code)
        if not table.rows and not table.item:
            yield finding("table_empty", place, "rows")
        if table.item and table.item not in known.items:
            yield finding("plan_unknown_item", place, "item", table.item)
        if table.scale and table.scale not in known.scales:
            yield finding("plan_unknown_scale", place, "scale", table.scale)
        if table.split and table.split not in known.groups:
            yield finding("plan_unknown_group", place, "split", table.split)
        for row in table.rows:
            yield from _row(known, table, row)
        yield from _neighbours(known, table)


def _row(known: Known, table: PlannedBlock, row: str) -> Iterator[Complaint]:
    """A row has to be something that the figure of the table can be computed for."""
    place = ("table", table.code)
    indicator = known.indicators.get(row)
    if row not in {*known.items, *known.numbers, *known.themes, *known.indicators}:
        yield finding("plan_unknown_row", place, "rows", row)
    elif not _fits(known, table, row):
        yield finding("table_row_kind", place, "rows", row, {"statistic": table.statistic.label})
    elif table.statistic in KINDS_OF_SHARES and indicator is None and not _has_base(known, table, row):
        yield finding("table_without_base", place, "rows", row)


def _fits(known: Known, table: PlannedBlock, row: str) -> bool:
    if row in known.indicators:
        return known.indicators[row].kind is table.statistic
    if table.statistic in OF_NUMBERS:
        return row in known.numbers
    if table.statistic in OF_SCALES:
        scale = known.scale_of.get(row)
        return scale is not None and all(step.score is not None for step in scale.steps)
    # A number has no answers to choose from; its share would have no count above the line.
    return table.statistic in KINDS_OF_SHARES and row not in known.numbers


def _has_base(known: Known, table: PlannedBlock, row: str) -> bool:
    """Whether it is known which answers count: those marked on the scale, or each step of a distribution."""
    if row in known.themes or table.presentation is APART:
        return True
    scale = known.scales.get(table.scale)
    if scale is None or row not in scale.items:
        return False
    return bool(scale.marked) or table.presentation is Presentation.DISTRIBUTION


def _neighbours(known: Known, table: PlannedBlock) -> Iterator[Complaint]:
    """The tables that a table is drawn beside or ordered by."""
    place = ("table", table.code)
    # Of the whole plan: a designed table may be ordered by one that is derived.
    tables = {each.code: each for each in known.whole.blocks}
    for field in ("ordered_by", "beside"):
        other = getattr(table, field)
        if other and other not in tables:
            yield finding("plan_unknown_table", place, field, other)
        # Only figures that are ranked give an order.
        elif other and field == "ordered_by" and tables[other].presentation not in ORDERING:
            yield finding("order_without_ranking", place, field, other)
