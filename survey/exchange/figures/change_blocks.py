"""The blocks of change between two waves, of working figures and of cleared ones."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from survey.exchange.figures.block import Block, Row, made_block, of_firms
from survey.exchange.figures.charts import change_chart
from survey.exchange.figures.figure_table import FigureTable
from survey.exchange.figures.shown import Shown, levels_text, p_text, shown_estimate, shown_interval
from survey.methods.change.compared import Compared, compared_tables
from survey.methods.change.figures import FigureChange
from survey.methods.change.tables import InCells, Results, adjusted_p, change_tables
from survey.methods.clearing.changes import ClearedPage, cleared_changes
from survey.methods.remembered import Remembered
from survey.methods.tables.domain import ALL_FIRMS, Domain
from survey.methods.tables.plan import planned_tables
from survey.methods.tables.table import Cell, Statistic
from survey.methods.tables.vocabulary import Vocabulary
from survey.models import Wave
from survey.selectors.results.wave_comparison import SameItems, pairing_of
from survey.selectors.said import said as _
from survey.terms import Presentation


@dataclass(frozen=True, eq=False, kw_only=True)
class Comparison:
    """This wave beside an earlier one: titles of both, tables of both that may be shown and those of the change.

    `compared` are the tables of this wave with those that they are compared with.
    """

    earlier_title: str
    title: str
    tables: Mapping[str, FigureTable]
    before: Mapping[str, FigureTable]
    changes: Mapping[str, FigureTable]
    compared: Sequence[Compared]


def comparison_of(
    wave: Wave,
    results: Results,
    earlier: Wave,
    results_before: Results,
    domain: Domain = ALL_FIRMS,
    remembered: Remembered[FigureChange | None] | None = None,
    in_cells: InCells | None = None,
) -> Comparison:
    """The comparison of two waves under one filter, titles in the language of the page; changes of `remembered` figures
    are not computed again, and others from the firms in common `in_cells`, where these are given."""
    pairing = pairing_of(wave, earlier)
    told = _(
        "Compared with “%(wave)s”. %(n)s firms answered in both; that they resemble themselves is in the intervals."
    )
    about = told % {"wave": earlier, "n": f"{len(pairing.overlap):,}"}
    notes = [about, *_notes(results.words, pairing.changed, pairing.broken)]
    return Comparison(
        earlier_title=str(earlier),
        title=str(wave),
        tables=results.tables,
        before=results_before.tables,
        changes=change_tables(results, results_before, pairing, domain, notes, remembered, in_cells),
        compared=list(compared_tables(results.words, results_before.words, pairing.items)),
    )


def cleared_comparison(
    later: ClearedPage,
    earlier: ClearedPage,
    same: SameItems,
    domain: Domain,
    *,
    titles: tuple[str, str],
    source: str,
) -> Comparison:
    """The comparison of what two waves tell, with their `titles`, the later first; `source` says what the earlier
    figures are of."""
    title, earlier_title = titles
    told = _("Compared with “%(wave)s” (%(source)s): the later rounded figure less the earlier.")
    independent = _("Its error takes the waves for independent; of firms that answered in both it is smaller.")
    notes = [told % {"wave": earlier_title, "source": source}, independent]
    notes += _notes(later.words, same.changed, same.broken)
    return Comparison(
        earlier_title=earlier_title,
        title=title,
        tables=later.tables,
        before=earlier.tables,
        changes=cleared_changes(later, earlier, same.items, domain, notes),
        compared=list(compared_tables(later.words, earlier.words, same.items)),
    )


def item_labels(words: Vocabulary) -> dict[str, str]:
    """What people read, by the code of each item that a table is about."""
    blocks = [table.block for table in planned_tables(words)]
    items = {code for block in blocks for code in (*block.rows, block.item) if words.item(code) is not None}
    return {code: words.label(code) for code in items}


Draw = Callable[[str, tuple[object, ...], Callable[[], Block]], Block]
"""Draws a block of this name, or takes one over that shows the same."""


def change_blocks(
    comparison: Comparison,
    words: Vocabulary,
    firms: str = "",
    draw: Draw = lambda _name, _shows, make: make(),
) -> list[Block]:
    """Lists, numbers and closed items, each with both figures, the change, its interval and its p-value."""
    shown = [
        one
        for one in comparison.compared
        if one.presentation is not Presentation.HEADLINE
        and one.change_code in comparison.changes
        and comparison.changes[one.change_code].cells
    ]
    titles = comparison.earlier_title, comparison.title
    return [
        draw(
            f"block {one.change_code}",
            (*_tables(comparison, one), *titles, one, firms),
            partial(_change_block, comparison, one, words.strong, firms),
        )
        for one in shown
    ]


def _tables(comparison: Comparison, one: Compared) -> tuple[FigureTable, FigureTable, FigureTable]:
    """The change, and the figures of both waves, the later first."""
    return comparison.changes[one.change_code], comparison.tables[one.code], comparison.before[one.code_before]


def changes_by_code(comparison: Comparison) -> dict[str, FigureTable]:
    """The tables of change by the code of the table that changed."""
    changed = {one.code: comparison.changes.get(one.change_code) for one in comparison.compared}
    return {code: table for code, table in changed.items() if table is not None}


def _change_block(comparison: Comparison, one: Compared, strong: Collection[str], firms: str) -> Block:
    table, now, before = _tables(comparison, one)
    p = adjusted_p(table)
    # Of cleared figures it is not told how many firms are in both waves.
    tells_both = any(cell.n is not None for _row, _column, cell in table.walk())
    heads = (
        comparison.earlier_title,
        comparison.title,
        _("Rise or fall"),
        _("Interval (95%)"),
        _("p (Holm)"),
        *([_("Firms in both waves")] if tells_both else []),
        _("Firms before and now"),
    )
    cells_now, cells_before = now.first_column(), before.first_column()
    rows = tuple(
        Row(
            label=row.label,
            figures=(
                shown_estimate(cells_before[one.rows[row.code]], before.spec.statistic),
                shown_estimate(cells_now[row.code], now.spec.statistic),
                *_figures(cell, one.statistic, p.get(row.code), tells_both=tells_both),
            ),
            is_strong=row.code in strong,
        )
        for row, _column, cell in table.walk()
    )
    title = _(table.spec.statistic.label)
    # Means and totals have units of their own; a common axis would set thousands of yuan beside percentages.
    is_drawn = one.statistic in (Statistic.SHARE_CHANGE, Statistic.POINT_CHANGE)
    chart = change_chart(table, strong=strong, axis_title=title, p=p) if is_drawn else None
    notes = (_("● significant; ◇ not significant, by p below 5%."),) if chart else ()
    return of_firms(made_block(table, heads, rows, firms, chart, notes), firms)


def _figures(cell: Cell, statistic: Statistic, p: float | None, *, tells_both: bool) -> tuple[Shown, ...]:
    """The change itself."""
    return (
        shown_estimate(cell, statistic),
        Shown(text=shown_interval(cell, statistic)),
        Shown(text="" if p is None else p_text(p)),
        *([Shown(text="" if cell.n is None else f"{cell.n:,}")] if tells_both else []),
        Shown(text=levels_text(cell)),
    )


def _notes(words: Vocabulary, changed: Sequence[str], broken: Sequence[str]) -> list[str]:
    """What p means, and what compares in part or not at all."""
    labels = item_labels(words)
    lists = {
        name: _("; ").join(labels[item] for item in items if item in labels)
        for name, items in (("changed", changed), ("broken", broken))
    }
    notes = [
        _("p: how often chance alone would give so large a change, by Holm's rule for all rows together."),
        _("The options changed; those that both waves offered are compared: %(changed)s.") if lists["changed"] else "",
        _("Not compared, because type, unit or base changed: %(broken)s.") if lists["broken"] else "",
    ]
    return [note % lists for note in notes if note]
