"""The blocks of the dashboard: title, grey line, table and picture, all from protected tables and their plan."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from survey.exchange.figures.block import Block, Row, made_block, of_firms
from survey.exchange.figures.captions import of_all_text, reference_finding
from survey.exchange.figures.charts import ranking_chart, reference_chart
from survey.exchange.figures.figure_table import FigureTable
from survey.exchange.figures.findings import measure_of
from survey.exchange.figures.matrix_charts import distribution_chart, heat_map_chart
from survey.exchange.figures.shown import Shown, p_text, shown_estimate, shown_interval, shown_ranks, shown_second
from survey.instrument.plan.plan import Indicator
from survey.methods.tables.plan import PlannedTable
from survey.methods.tables.table import Cell, Heading, Statistic
from survey.methods.tables.vocabulary import Vocabulary
from survey.selectors.said import said as _
from survey.terms import IndicatorKind, Presentation


@dataclass(frozen=True, eq=False, kw_only=True)
class BlockSource:
    """What a block is drawn from: its planned table, its figures, those beside it, and the words of the page.

    ``firms`` names the firms under the filter.
    """

    planned: PlannedTable
    table: FigureTable
    beside: Sequence[tuple[PlannedTable, FigureTable]]
    words: Vocabulary
    firms: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """The sentence that the plan puts below the table."""
        note = self.words.read(self.planned.block.note)
        return (note,) if note else ()


def planned_block(sheet: BlockSource) -> Block:
    """The block of a planned table by its presentation; one that is split shows its groups beside one another."""
    block = sheet.planned.block
    # Whatever the presentation: figures of groups have no axis in common but that of a heat map.
    build = heat_map_block if block.split else BUILDERS[block.presentation]
    made = build(sheet)
    title = sheet.words.read(block.page_text)
    # A title of the plan's own takes the place of the finding, and then the line with the measure would say it twice.
    made = replace(made, title=title, measure="") if title else made
    return of_firms(made, sheet.firms)


def ranking_block(sheet: BlockSource) -> Block:
    """A list of figures with its chart; with ranks where the plan orders it by them."""
    table, strong = sheet.table, sheet.words.strong
    cells = [cell for _row, _column, cell in table.walk()]
    if sheet.planned.ordered_by:
        heads: tuple[str, ...] = (
            _("Rank"), _measured(table), _("Interval (95%)"), _("Rank interval"), _("p against the next"), _("Firms"),
        )  # fmt: skip
        figures: list[tuple[Shown, ...]] = [_ranked(cell, table) for cell in cells]
    else:
        heads = (_measured(table), _("Interval (95%)"), _("Firms"))
        figures = [_estimated(cell, table) for cell in cells]
    if any(cell.of_all for cell in cells):
        # Only where some row was asked of a part of the firms: elsewhere both shares are the same figure.
        heads = (*heads, _("Of all firms"))
        figures = [(*shown, Shown(text=of_all_text(cell))) for shown, cell in zip(figures, cells, strict=True)]
    rows = tuple(
        Row(label=row.label, figures=shown, is_strong=row.code in strong)
        for row, shown in zip(table.rows.headings, figures, strict=True)
    )
    return made_block(table, heads, rows, sheet.firms, list_chart(sheet), sheet.notes)


def list_chart(sheet: BlockSource) -> dict[str, Any] | None:
    """Bars of shares, points around no change of balances and indices; other figures have no unit in common."""
    table = sheet.table
    if table.spec.statistic.is_fraction:
        return ranking_chart(table, strong=sheet.words.strong)
    if table.spec.statistic not in NEUTRAL:
        return None
    neutral, title = NEUTRAL[table.spec.statistic], _(table.spec.statistic.label)
    return reference_chart(table, reference=neutral, reference_label=_("no change"), axis_title=title)


NEUTRAL = {Statistic.BALANCE: 0.0, Statistic.DIFFUSION: 50.0, Statistic.INDEX: 50.0}
"""Where as many firms report a rise as a fall (OECD 2003, Business Tendency Surveys, par. 97 and 103)."""


def distribution_block(sheet: BlockSource) -> Block:
    """All steps, and "does not apply" with its own base where that is planned beside them."""
    table, strong = sheet.table, sheet.words.strong
    apart = next((found for planned, found in sheet.beside if _is_apart(planned)), None)
    steps = (*(heading.label for heading in table.columns.headings), _("Firms"))
    heads = (*steps, _("Does not apply"), _("Of all asked")) if apart else steps
    beside: dict[str, tuple[Cell | None, ...]] = dict(zip(apart.rows.codes, apart.cells, strict=True)) if apart else {}
    rows = tuple(
        Row(
            label=row.label,
            figures=_steps(cells, table) + (_apart(beside.get(row.code, (None,))[0], table) if apart else ()),
            is_strong=row.code in strong,
        )
        for row, cells in zip(table.rows.headings, table.cells, strict=True)
    )
    note = _("“Does not apply” has a base of its own: all firms that were asked. The steps are shares of the others.")
    notes = (*([note] if apart else []), *sheet.notes)
    scale = sheet.words.scales[sheet.planned.block.scale]
    chart = distribution_chart(table, apart, strong=strong, is_adverse=scale.is_adverse)
    return made_block(table, heads, rows, sheet.firms, chart, notes, [apart] if apart else [])


def _is_apart(planned: PlannedTable) -> bool:
    return planned.block.presentation is Presentation.APART


def heat_map_block(sheet: BlockSource) -> Block:
    """Rows by group of firms."""
    table, strong = sheet.table, sheet.words.strong
    heads = tuple(heading.label for heading in table.columns.headings)
    rows = tuple(
        Row(
            label=row.label,
            figures=tuple(shown_estimate(cell, table.spec.statistic, _firms(cell)) for cell in cells),
            is_strong=row.code in strong,
        )
        for row, cells in zip(table.rows.headings, table.cells, strict=True)
    )
    # Colours of figures in different units would compare what cannot be compared.
    chart = heat_map_chart(table, strong=strong) if table.spec.statistic in COMPARABLE else None
    told = _("Behind each figure the number of firms that it is of.")
    made = made_block(table, heads, rows, sheet.firms, chart, (told, *sheet.notes))
    return replace(made, is_wide=len(heads) > NARROW)


NARROW = 6
"""Columns of a heat map that a narrow page has room for."""
COMPARABLE = frozenset({*(one for one in Statistic if one.is_fraction), *NEUTRAL})
"""Statistics of which all figures of a table have one unit, so that colours compare them."""


def indicator_block(sheet: BlockSource) -> Block:
    """Figures with their units and intervals, and those of the tables beside them in the same line."""
    parts = [(sheet.planned, sheet.table), *sheet.beside]
    units = {code: sheet.words.unit(code) for code in sheet.table.rows.codes}
    has_units = sheet.table.spec.statistic not in COMPARABLE and any(units.values())
    heads = (
        *([_("Unit")] if has_units else []),
        *(head for _planned, table in parts for head in _figure_heads(table)),
        _("Firms"),
    )
    cells = [{row.code: cell for row, _c, cell in table.walk()} for _planned, table in parts]
    rows = []
    for row in sheet.table.rows.headings:
        figures = [each for (_p, table), found in zip(parts, cells, strict=True) for each in _beside(found, row, table)]
        unit = [Shown(text=units[row.code])] if has_units else []
        rows.append(
            Row(
                label=row.label,
                figures=(*unit, *figures, Shown(text=_firms(cells[0][row.code]))),
                is_strong=row.code in sheet.words.strong,
            )
        )
    beside = [table for _planned, table in sheet.beside]
    return made_block(sheet.table, heads, tuple(rows), sheet.firms, list_chart(sheet), sheet.notes, beside)


def _figure_heads(table: FigureTable) -> tuple[str, ...]:
    """Of a figure, its interval, and the second interval where any row has one."""
    second = (_("Bootstrap interval (95%)"),) if _has_second(table) else ()
    return (_measured(table), _("Interval (95%)"), *second)


def _has_second(table: FigureTable) -> bool:
    return any(cell.second is not None for _row, _column, cell in table.walk())


def _beside(cells: Mapping[str, Cell], row: Heading, table: FigureTable) -> tuple[Shown, ...]:
    if row.code not in cells:
        return (Shown(text=""),) * len(_figure_heads(table))
    cell = cells[row.code]
    estimate, interval, _n = _estimated(cell, table)
    second = (Shown(text=shown_second(cell, table.spec.statistic)),) if _has_second(table) else ()
    return estimate, interval, *second


def reference_block(sheet: BlockSource) -> Block:
    """Figures of firms against a value from outside, whose finding is the title."""
    table = sheet.table
    heads = (_measured(table), _("Interval (95%)"), _("Firms"))
    rows = tuple(Row(label=row.label, figures=_estimated(cell, table)) for row, _c, cell in table.walk())
    one, cell = _held_against(sheet), table.cells[0][0]
    if one is None or one.reference is None:
        return made_block(table, heads, rows, sheet.firms, None, sheet.notes)
    label, name = (sheet.words.read(text) for text in (one.reference.text, one.reference.name or one.reference.text))
    chart = reference_chart(table, reference=one.reference.value, reference_label=label, axis_title=measure_of(table))
    sentence = sheet.words.read(one.finding) or f"{table.rows.headings[0].label}: {{value}} ({{low}} – {{high}})"
    # Of several rows a sentence would have to choose one; the title then says what is measured.
    finding = reference_finding(cell, sentence, one.reference, name) if len(table.cells) == 1 else ""
    made = made_block(table, heads, rows, sheet.firms, chart, sheet.notes)
    return replace(made, title=finding or measure_of(table))


def _held_against(sheet: BlockSource) -> Indicator | None:
    """The indicator with a reference that a row is, or whose item and statistic the row has."""
    block, code = sheet.planned.block, sheet.table.rows.codes[0]
    known = [one for one in sheet.words.indicators.values() if one.reference is not None]
    return next((one for one in known if one.code == code or (one.item, one.kind) == (code, block.statistic)), None)


BUILDERS: Mapping[Presentation, Callable[[BlockSource], Block]] = {
    Presentation.HEADLINE: ranking_block,
    Presentation.RANKING: ranking_block,
    Presentation.CHOICES: ranking_block,
    Presentation.APART: ranking_block,
    Presentation.DISTRIBUTION: distribution_block,
    Presentation.HEAT_MAP: heat_map_block,
    Presentation.INDICATORS: indicator_block,
    Presentation.REFERENCE: reference_block,
}
"""By presentation what draws a block on a page."""


def _estimated(cell: Cell, table: FigureTable) -> tuple[Shown, Shown, Shown]:
    statistic = table.spec.statistic
    return shown_estimate(cell, statistic), Shown(text=shown_interval(cell, statistic)), Shown(text=_firms(cell))


def _ranked(cell: Cell, table: FigureTable) -> tuple[Shown, ...]:
    estimate, interval, firms = _estimated(cell, table)
    rank = Shown(text="" if cell.rank is None else str(cell.rank))
    p = Shown(text="" if cell.p_next is None else p_text(cell.p_next))
    return rank, estimate, interval, Shown(text=shown_ranks(cell)), p, firms


def _steps(cells: Sequence[Cell], table: FigureTable) -> tuple[Shown, ...]:
    steps = [shown_estimate(cell, table.spec.statistic) for cell in cells]
    return (*steps, Shown(text=_firms(cells[0])))


def _apart(apart: Cell | None, table: FigureTable) -> tuple[Shown, ...]:
    if apart is None:
        return Shown(text=""), Shown(text="")
    return shown_estimate(apart, table.spec.statistic), Shown(text=_firms(apart))


def _measured(table: FigureTable) -> str:
    """What the figures of a table are, as the head of their column."""
    return _(MEASURED.get(table.spec.statistic, table.spec.statistic.label))


MEASURED = {Statistic.QUANTILE: IndicatorKind.MEDIAN.label}
"""The only quantile that is planned is the median."""


def _firms(cell: Cell) -> str:
    return "" if cell.n is None else f"{cell.n:,}"
