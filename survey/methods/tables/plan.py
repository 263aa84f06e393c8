"""The tables that a plan asks for, before any figure: one list for pages, releases and protection alike."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from survey.instrument.kinds.missing import MISSING_TEXTS
from survey.instrument.plan.frame_numbers import KINDS_OF_SHARES
from survey.instrument.plan.plan import PlannedBlock, Scale
from survey.instrument.schema import Text
from survey.methods.coding import CHOSEN, first_choice
from survey.methods.estimates.statistics import Asked, share_of
from survey.methods.tables.asked import Figure, asked_figure, offered_steps, part_figures, takes_several
from survey.methods.tables.domain import Domain
from survey.methods.tables.table import Axis, Dimension, Heading, Statistic, TableKind, TableSpec
from survey.methods.tables.vocabulary import Vocabulary
from survey.terms import IndicatorKind, Missing, Presentation

STATISTICS: Mapping[IndicatorKind, Statistic] = {
    IndicatorKind.SHARE: Statistic.SHARE,
    IndicatorKind.EMPLOYEE_SHARE: Statistic.EMPLOYEE_SHARE,
    IndicatorKind.REVENUE_SHARE: Statistic.REVENUE_SHARE,
    IndicatorKind.MEAN: Statistic.MEAN,
    IndicatorKind.MEDIAN: Statistic.QUANTILE,
    IndicatorKind.TOTAL: Statistic.TOTAL,
    IndicatorKind.RATIO: Statistic.RATIO,
    IndicatorKind.BALANCE: Statistic.BALANCE,
    IndicatorKind.DIFFUSION: Statistic.DIFFUSION,
    IndicatorKind.INDEX: Statistic.INDEX,
}
FIRST_CHOICE = "first_choice"
"""The dimension of options of which only what firms ranked first is counted."""
KINDS: Mapping[Presentation, TableKind] = {
    Presentation.HEADLINE: TableKind.HEADLINE,
    Presentation.RANKING: TableKind.RANKING,
    Presentation.DISTRIBUTION: TableKind.DISTRIBUTION,
    Presentation.APART: TableKind.DISTRIBUTION,
    Presentation.HEAT_MAP: TableKind.HEAT_MAP,
    Presentation.INDICATORS: TableKind.INDICATORS,
    Presentation.REFERENCE: TableKind.INDICATORS,
    Presentation.CHOICES: TableKind.CHOICES,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTable:
    """The specification of a block with what to estimate: ``asked[row code, column code]``, within the group of the
    headings. ``splits`` are the groups of its headings."""

    block: PlannedBlock
    spec: TableSpec
    asked: Mapping[tuple[str, str], Asked]
    splits: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The code of the table."""
        return self.block.code

    @property
    def ordered_by(self) -> str:
        """The code of the table whose ranking orders the rows, which may be this one; without one they keep theirs."""
        return self.block.ordered_by


def planned_tables(words: Vocabulary) -> tuple[PlannedTable, ...]:
    """All tables of a wave, in the order of the plan; what would be empty is not planned. Made once for its words."""
    # Kept with the words: a page, its protection and its release would each plan the same tables again.
    planned: tuple[PlannedTable, ...] = words.once(PLANNED, lambda: tuple(_planned(words)))
    return planned


def _planned(words: Vocabulary) -> Iterator[PlannedTable]:
    made = (planned_table(words, block) for block in words.plan.blocks)
    return (table for table in made if table is not None)


PLANNED = "planned tables"


def tables_of_page(planned: Sequence[PlannedTable], domain: Domain = ()) -> list[PlannedTable]:
    """The tables of a page under a filter.

    Of tables that differ only in their split a page has one: the first by a group that is not filtered.
    """
    filtered = {variable for variable, _ in domain}
    found: dict[tuple[object, ...], PlannedTable] = {}
    for table in planned:
        if table.block.on_dashboard and table.block.split not in filtered:
            # By a group that is filtered one column would repeat the figure of all firms, and the others be empty.
            found.setdefault(_but_for_split(table.block), table)
    return list(found.values())


def _but_for_split(block: PlannedBlock) -> tuple[object, ...]:
    # The first split of the plan stands for the others, which filters reach.
    alike = (block.presentation, block.statistic, block.rows, block.item, block.scale)
    return alike if block.split else (block.code,)


def planned_table(words: Vocabulary, block: PlannedBlock) -> PlannedTable | None:
    """The table of one block; None where nothing of it is asked."""
    if block.split and block.split not in words.groups:
        return None
    made = SHAPES.get(block.presentation, _list)(words, block)
    return _naming_bases(words, _with_units(words, made)) if made else None


def _with_units(words: Vocabulary, table: PlannedTable) -> PlannedTable:
    """The table with the unit of each row, where its figures are amounts."""
    spec = table.spec
    if spec.statistic not in IN_UNITS:
        return table
    headings = tuple(replace(each, unit=words.unit(each.code)) for each in spec.rows.headings)
    return replace(table, spec=replace(spec, rows=replace(spec.rows, headings=headings)))


IN_UNITS = frozenset({Statistic.MEAN, Statistic.QUANTILE, Statistic.TOTAL, Statistic.RATIO})
"""Statistics that have the unit of their item or indicator."""


def _naming_bases(words: Vocabulary, table: PlannedTable) -> PlannedTable:
    """The table with rows that name the firms that they are of, where those of other rows are others."""
    rows = table.spec.rows
    # One base for all rows is said once, above the table.
    if len({heading.base for heading in rows.headings}) < 2:
        return table
    named = tuple(
        replace(each, label=words.read(OF_FIRMS).format(item=each.label, base=each.base)) if each.base else each
        for each in rows.headings
    )
    return replace(table, spec=replace(table.spec, rows=replace(rows, headings=named)))


OF_FIRMS = Text("{item}（{base}）", "{item} (of {base})")


def _list(words: Vocabulary, block: PlannedBlock) -> PlannedTable | None:
    """Rows with one column, or with all firms and each group of a split beside one another."""
    rows = _rows(words, block)
    if not rows:
        return None
    by_group = bool(block.split)
    columns = _groups(words, block.split) if by_group else _column(words, block)
    asked = {(row.heading.code, column): row.asked for row in rows for column in columns.codes}
    spec = TableSpec(
        code=block.code,
        title=title_of_block(words, block),
        kind=KINDS[block.presentation],
        rows=_dimension(words, block, rows),
        columns=columns,
        statistic=STATISTICS[block.statistic],
        item=_item_of(words, block),
        option=_option_of(words, block) if columns.axis is Axis.DOMAIN else "",
        counted=words.read(scale.marked_text) if (scale := _marked_scale(words, block)) else "",
    )
    return PlannedTable(block=block, spec=spec, asked=asked, splits=(block.split,) if by_group else ())


def _rows(words: Vocabulary, block: PlannedBlock) -> list[Figure]:
    if not block.rows:
        return part_figures(words, block)
    return [found for code in block.rows if (found := asked_figure(words, block, code)) is not None]


def _dimension(words: Vocabulary, block: PlannedBlock, rows: Sequence[Figure]) -> Dimension:
    headings = tuple(row.heading for row in rows)
    if block.rows or block.statistic not in KINDS_OF_SHARES:
        return Dimension(code="item", axis=Axis.ITEM, headings=headings)
    item = words.questionnaire.items[block.item]
    # Options of a single choice add up to 1, which protection has to know; of several they do not.
    code = FIRST_CHOICE if block.first_only else "option"
    return Dimension(
        code=code, axis=Axis.OPTION, headings=headings, exclusive=block.first_only or not takes_several(item)
    )


def _item_of(words: Vocabulary, block: PlannedBlock) -> str:
    """The item of a table about one; what was ranked first is another figure than what was ranked at all."""
    if block.rows or block.statistic not in KINDS_OF_SHARES:
        return ""
    return first_choice(block.item) if block.first_only else block.item


def _column(words: Vocabulary, block: PlannedBlock) -> Dimension:
    """The marked steps where items on a scale are counted, else all firms."""
    scale = _marked_scale(words, block)
    if scale is None:
        return Dimension(code="group", axis=Axis.DOMAIN, headings=(words.everybody,))
    labels = " + ".join(words.read(step.text) for step in scale.steps if step.code in scale.marked)
    # The parts tell protection that this figure is the sum of those of the single steps.
    heading = Heading(code="+".join(scale.marked), label=labels, parts=scale.marked)
    return Dimension(code="step", axis=Axis.OPTION, headings=(heading,))


def _option_of(words: Vocabulary, block: PlannedBlock) -> str:
    """What is counted in every row: marked steps, or that something holds of a theme or an indicator."""
    scale = _marked_scale(words, block)
    if scale is not None:
        return "+".join(scale.marked)
    return CHOSEN if block.rows and block.statistic in KINDS_OF_SHARES else ""


def _marked_scale(words: Vocabulary, block: PlannedBlock) -> Scale | None:
    scale = words.scales.get(block.scale) if block.rows and block.statistic in KINDS_OF_SHARES else None
    return scale if scale and scale.marked else None


def _groups(words: Vocabulary, split: str) -> Dimension:
    return Dimension(code=split, axis=Axis.DOMAIN, headings=(words.everybody, *words.groups[split]))


def _distribution(words: Vocabulary, block: PlannedBlock) -> PlannedTable | None:
    """Shares of the steps among the answers on the scale."""
    scale = words.scales.get(block.scale)
    if scale is None:
        return None
    steps = tuple(Heading(code=step.code, label=words.read(step.text)) for step in scale.steps)
    bases = {code: base for code in block.rows if (base := offered_steps(words, code, scale))}
    # An item may offer a part of the scale; its base is what it offers, so that a row adds up to 1.
    asked = {(code, step): share_of(code, [step], base, step) for code, base in bases.items() for step in base}
    return _of_items(
        words, block, list(bases), Dimension(code="step", axis=Axis.OPTION, headings=steps, exclusive=True), asked
    )


def _apart(words: Vocabulary, block: PlannedBlock) -> PlannedTable | None:
    """Share of "does not apply" among all firms that were asked and answered."""
    scale, code = words.scales.get(block.scale), Missing.NOT_APPLICABLE
    if scale is None:
        return None
    # Only items that offer it: a share of 0 % would say that it applies to everybody.
    rows = [row for row in block.rows if (item := words.item(row)) and code in item.missing]
    column = Dimension(
        code="step", axis=Axis.OPTION, headings=(Heading(code=code.value, label=words.read(MISSING_TEXTS[code])),)
    )
    asked: dict[tuple[str, str], Asked] = {
        (row, code.value): share_of(row, [code.value], [*offered_steps(words, row, scale), code.value], code.value)
        for row in rows
    }
    return _of_items(words, block, rows, column, asked)


def _of_items(
    words: Vocabulary,
    block: PlannedBlock,
    rows: Sequence[str],
    columns: Dimension,
    asked: Mapping[tuple[str, str], Asked],
) -> PlannedTable | None:
    if not rows:
        return None
    labelled = tuple(Heading(code=code, label=words.label(code), base=words.base(code)) for code in rows)
    headings = Dimension(code="item", axis=Axis.ITEM, headings=labelled)
    title, kind = title_of_block(words, block), KINDS[block.presentation]
    spec = TableSpec(
        code=block.code, title=title, kind=kind, rows=headings, columns=columns, statistic=STATISTICS[block.statistic]
    )
    return PlannedTable(block=block, spec=spec, asked=asked)


SHAPES: Mapping[Presentation, Callable[[Vocabulary, PlannedBlock], PlannedTable | None]] = {
    Presentation.DISTRIBUTION: _distribution,
    Presentation.APART: _apart,
}
"""Presentations whose columns are answers; the others are lists, or lists by group."""


def title_of_block(words: Vocabulary, block: PlannedBlock) -> str:
    """Its title, or the wording of the item that it is about."""
    return words.read(block.text) or words.label(block.item)
