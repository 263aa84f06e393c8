"""What stands at the head of a page: the plan's headline figures, with what they consist of and how they changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from survey.exchange.figures.block import Row, ShownTables
from survey.exchange.figures.figure_table import FigureTable
from survey.exchange.figures.findings import measure_of
from survey.exchange.figures.shown import Shown, levels_text, p_text, shown_estimate, shown_interval, shown_ranks
from survey.methods.change.tables import adjusted_p
from survey.methods.tables.plan import PlannedTable
from survey.methods.tables.table import Cell
from survey.methods.tables.vocabulary import Vocabulary
from survey.selectors.said import said as _
from survey.terms import IndicatorKind, Presentation


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A theme or indicator: its figure with interval, rank interval and the p-value against the next rank, what it
    consists of, and its change since another wave with its p-value, the firms in both waves, and those before and now.
    """

    code: str
    label: str
    figure: Shown
    interval: str
    n: str
    parts: tuple[Row, ...] = ()
    change: Shown | None = None
    change_interval: str = ""
    ranks: str = ""
    rank_p: str = ""
    change_p: str = ""
    change_n: str = ""
    change_levels: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headlines:
    """Figures of one kind under a title; ``changes`` says in which unit the changes below them are."""

    code: str
    title: str
    note: str
    figures: tuple[Headline, ...]
    is_share: bool = True


def headlines(planned: Sequence[PlannedTable], tables: ShownTables, words: Vocabulary) -> list[Headlines]:
    """The headline tables of a page, all of whose tables are `planned`, in the order of the plan."""
    lists = _lists(planned)
    return [
        _section(one, tables[one.code], words, lists, tables)
        for one in planned
        if one.block.presentation is Presentation.HEADLINE
    ]


def _section(
    planned: PlannedTable, table: FigureTable, words: Vocabulary, lists: Sequence[PlannedTable], tables: ShownTables
) -> Headlines:
    statistic = table.spec.statistic
    figures = tuple(
        Headline(
            code=row.code,
            label=row.label,
            figure=shown_estimate(cell, statistic),
            interval=shown_interval(cell, statistic),
            n="" if cell.n is None else f"{cell.n:,}",
            # A single figure has no rank to speak of.
            ranks=shown_ranks(cell) if len(table.cells) > 1 else "",
            rank_p="" if cell.p_next is None else p_text(cell.p_next),
            parts=tuple(_parts(row.code, words, lists, tables)),
        )
        for row, _column, cell in table.walk()
    )
    measure = measure_of(table)
    return Headlines(
        code=planned.code,
        title=words.read(planned.block.page_text) or measure,
        note=words.read(planned.block.note) or _("%(measure)s, with the 95%% interval.") % {"measure": measure},
        figures=figures,
        is_share=statistic.is_fraction,
    )


def sources_of_headlines(planned: Sequence[PlannedTable], words: Vocabulary) -> list[str]:
    """The codes of the tables of a page in which the parts of its headline figures stand, each once."""
    lists = _lists(planned)
    shown = (one for one in planned if one.block.presentation is Presentation.HEADLINE)
    codes = (code for one in shown for code in one.spec.rows.codes)
    return list(dict.fromkeys(found.code for code in codes for _item, found in _sources(code, words, lists)))


def _lists(planned: Sequence[PlannedTable]) -> list[PlannedTable]:
    return [table for table in planned if len(table.spec.columns.headings) == 1]


def _sources(code: str, words: Vocabulary, lists: Sequence[PlannedTable]) -> Iterator[tuple[str, PlannedTable]]:
    """The items of a theme, or the figures that an index is made from, each with the list that it stands in."""
    if code in words.themes:
        theme = words.themes[code]
        sources = [one for one in lists if one.block.scale == theme.scale and _counts_marked(one)]
        wanted: Sequence[str] = theme.items
    else:
        wanted = [part.indicator for part in words.indicators[code].parts] if code in words.indicators else []
        sources = list(lists)
    for item in wanted:
        found = next((one for one in sources if item in one.spec.rows.codes), None)
        if found is not None:
            yield item, found


def _parts(code: str, words: Vocabulary, lists: Sequence[PlannedTable], tables: ShownTables) -> Iterator[Row]:
    """What a headline figure consists of, where a list has it."""
    for item, found in _sources(code, words, lists):
        label, cell = _row(tables[found.code], item)
        yield Row(label=label, figures=(shown_estimate(cell, found.spec.statistic),))


def _counts_marked(planned: PlannedTable) -> bool:
    block = planned.block
    return block.statistic is IndicatorKind.SHARE and block.presentation not in (
        Presentation.APART, Presentation.DISTRIBUTION,
    )  # fmt: skip


def _row(table: FigureTable, code: str) -> tuple[str, Cell]:
    place = table.rows.codes.index(code)
    return table.rows.headings[place].label, table.cells[place][0]


def with_changes(sections: Sequence[Headlines], changes: Mapping[str, FigureTable]) -> list[Headlines]:
    """The headline figures with their change since the earlier wave, where both waves measured the same.

    ``changes`` are tables of change by the code of the table that changed.
    """
    return [
        replace(section, figures=tuple(_with_change(one, changes[section.code]) for one in section.figures))
        if section.code in changes
        else section
        for section in sections
    ]


def _with_change(headline: Headline, table: FigureTable) -> Headline:
    if headline.code not in table.rows.codes:
        return headline
    _label, cell = _row(table, headline.code)
    p = adjusted_p(table).get(headline.code)
    return replace(
        headline,
        change=shown_estimate(cell, table.spec.statistic),
        change_interval=shown_interval(cell, table.spec.statistic),
        change_p="" if p is None else p_text(p),
        change_n="" if cell.n is None else f"{cell.n:,}",
        change_levels=levels_text(cell),
    )
