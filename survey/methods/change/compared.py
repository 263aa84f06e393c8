"""Which tables and rows of two waves measure the same, so that the later figure less the earlier is a change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from survey.instrument.plan.frame_numbers import FRAME_NUMBERS
from survey.instrument.plan.plan import Theme
from survey.methods.estimates.economy import SizeShare, size_share_of
from survey.methods.estimates.statistics import Asked, CodedStatistic, IndexStatistic, NumericStatistic
from survey.methods.tables.plan import PlannedTable, planned_tables
from survey.methods.tables.table import Axis, Statistic
from survey.methods.tables.vocabulary import Vocabulary
from survey.terms import Presentation


@dataclass(frozen=True, eq=False, kw_only=True)
class Compared:
    """A table of the later wave with that of the earlier: for each row that both have, its row there and what to
    estimate in each. `measured` is what the figures of both are."""

    code: str
    code_before: str
    title: str
    axis: Axis
    rows: Mapping[str, str]
    asked: Mapping[str, tuple[Asked, Asked]]
    measured: Statistic
    presentation: Presentation

    @property
    def change_code(self) -> str:
        """The code of the table of change."""
        return change_code(self.code)

    @property
    def statistic(self) -> Statistic:
        """Shares change in percentage points, means in the unit of the item."""
        return CHANGES[self.measured]


def change_code(code: str) -> str:
    """The code of the table that tells how the figures of another change."""
    return f"change_{code}"


COMPARED = (Presentation.HEADLINE, Presentation.RANKING, Presentation.INDICATORS, Presentation.CHOICES)
"""Presentations whose rows have one figure each; the others show what these do in another way."""
# A change of shares is in percentage points and never a percentage of a percentage.
CHANGES: Mapping[Statistic, Statistic] = {
    **dict.fromkeys((Statistic.SHARE, Statistic.EMPLOYEE_SHARE, Statistic.REVENUE_SHARE), Statistic.SHARE_CHANGE),
    Statistic.MEAN: Statistic.MEAN_CHANGE,
    **dict.fromkeys((Statistic.TOTAL, Statistic.RATIO), Statistic.VALUE_CHANGE),
    **dict.fromkeys((Statistic.BALANCE, Statistic.DIFFUSION, Statistic.INDEX), Statistic.POINT_CHANGE),
}
"""What the change of a figure is; those that have no linearised form are not compared."""


def compared_tables(later: Vocabulary, earlier: Vocabulary, items: Mapping[str, str]) -> Iterator[Compared]:
    """Every list of figures that both plans have, with the rows that mean the same: of a closed item the options that
    both waves offer.

    `items` gives for each item of the later wave the one of the earlier that measures the same.
    """
    before = [table for table in planned_tables(earlier) if is_compared(table)]
    for now in filter(is_compared, planned_tables(later)):
        other = next((table for table in before if _is_the_same(now, table, items)), None)
        if other is not None:
            yield _joined(later, earlier, now, other, items)


def is_compared(table: PlannedTable) -> bool:
    """Whether the change of a table's figures is estimated."""
    block = table.block
    return block.presentation in COMPARED and not block.split and table.spec.statistic in CHANGES


def _is_the_same(now: PlannedTable, before: PlannedTable, items: Mapping[str, str]) -> bool:
    """Tables about an item by that item, others by their code."""
    if now.spec.statistic is not before.spec.statistic or now.spec.rows.exclusive is not before.spec.rows.exclusive:
        return False
    one, other = now.block, before.block
    # Codes of tables that follow from an item carry the item's code, which a new version may have renamed.
    if one.item and not one.rows:
        return items.get(one.item) == other.item and one.first_only is other.first_only and not other.rows
    return one.code == other.code


def _joined(
    later: Vocabulary, earlier: Vocabulary, now: PlannedTable, before: PlannedTable, items: Mapping[str, str]
) -> Compared:
    first, second = ({row: asked for (row, _column), asked in table.asked.items()} for table in (now, before))
    rows = same_rows(later, earlier, now, items)
    both = {row: rows[row] for row in first if rows.get(row) in second}
    if now.spec.rows.axis is Axis.ITEM:
        same = {**items, **_derived(later, earlier, items), **{code: code for code in FRAME_NUMBERS}, **rows}
        # Asked in the names of the earlier wave it must be the same to the last option, point and base.
        both = {row: other for row, other in both.items() if _renamed(first[row], same) == second[other]}
    asked = {row: (first[row], second[other]) for row, other in both.items()}
    title = later.read(now.block.change_text) or now.spec.title
    return Compared(
        code=now.code,
        code_before=before.code,
        title=title,
        axis=now.spec.rows.axis,
        rows=both,
        asked=asked,
        measured=now.spec.statistic,
        presentation=now.block.presentation,
    )


def same_rows(later: Vocabulary, earlier: Vocabulary, now: PlannedTable, items: Mapping[str, str]) -> dict[str, str]:
    """For each row of a table (option, item, theme, indicator) the row of the earlier wave that may mean the same."""
    if now.spec.rows.axis is Axis.OPTION:
        return {code: code for code in now.spec.rows.codes}
    known = {**items, **_themes(later, earlier, items), **{code: code for code in later.indicators}}
    item, other = now.block.item, items.get(now.block.item)
    # Rows of a multiple choice bear the name of their item, which may have another name by now.
    if item and other and not now.block.rows:
        known |= {code: other + code.removeprefix(item) for code in now.spec.rows.codes}
    return {code: known[code] for code in now.spec.rows.codes if code in known}


def _derived(later: Vocabulary, earlier: Vocabulary, items: Mapping[str, str]) -> dict[str, str]:
    """Indicators with a column of their own that count the same options of the same item in both waves."""
    return {
        code: code
        for code, one in later.indicators.items()
        if (other := earlier.indicators.get(code)) is not None
        and items.get(one.item) == other.item
        # Counted otherwise it would move without a firm having changed its answer.
        and (one.options, one.base) == (other.options, other.base)
    }


def _renamed(asked: Asked, same: Mapping[str, str]) -> Asked:
    """The statistic as the earlier wave would ask for it; what measures nothing there gets a name that no item has."""
    if isinstance(asked, IndexStatistic):
        parts = ((_renamed(part, same), weight) for part, weight in asked.parts)
        return replace(asked, parts=tuple((part, weight) for part, weight in parts if isinstance(part, CodedStatistic)))
    if isinstance(asked, SizeShare):
        of = _renamed(asked.of, same)
        return size_share_of(of, same.get(asked.size, "")) if isinstance(of, CodedStatistic) else asked
    if isinstance(asked, NumericStatistic) and asked.denominator:
        return replace(asked, item=same.get(asked.item, ""), denominator=same.get(asked.denominator, ""))
    return replace(asked, item=same.get(asked.item, ""))


def _themes(later: Vocabulary, earlier: Vocabulary, items: Mapping[str, str]) -> dict[str, str]:
    """The themes that consist of the same measures, counted alike, in both waves."""
    before = {code: (set(theme.items), _counted(earlier, theme)) for code, theme in earlier.themes.items()}
    return {
        code: code
        for code, theme in later.themes.items()
        if ({items.get(item) for item in theme.items}, _counted(later, theme)) == before.get(code)
    }


def _counted(words: Vocabulary, theme: Theme) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Which steps of its scale a theme counts, among which."""
    scale = words.scales.get(theme.scale)
    return (scale.marked, scale.codes) if scale else None
