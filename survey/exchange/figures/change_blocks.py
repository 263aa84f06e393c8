"""The blocks of change between two waves."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from survey.exchange.figures.block import Block, Row, made_block, of_firms
from survey.exchange.figures.charts import change_chart
from survey.exchange.figures.shown import Shown, levels_text, p_text, shown_estimate, shown_interval
from survey.methods.change.compared import Compared, compared_tables
from survey.methods.change.tables import Results, adjusted_p, change_tables
from survey.methods.tables.plan import planned_tables
from survey.methods.tables.table import ALL_FIRMS, Cell, Domain, Heading, ProtectedTable, Statistic
from survey.methods.tables.vocabulary import Vocabulary
from survey.models import Wave
from survey.selectors.results.wave_comparison import pairing_of
from survey.terms import Presentation


@dataclass(frozen=True, eq=False, kw_only=True)
class Comparison:
    """This wave beside an earlier one: titles of both, protected tables of both and of the change.

    `compared` are the tables of this wave with those that they are compared with.
    """

    earlier_title: str
    title: str
    tables: Mapping[str, ProtectedTable]
    before: Mapping[str, ProtectedTable]
    changes: Mapping[str, ProtectedTable]
    compared: Sequence[Compared]


def comparison_of(
    wave: Wave, results: Results, earlier: Wave, results_before: Results, domain: Domain = ALL_FIRMS
) -> Comparison:
    """The comparison of two waves under one filter, titles in the language of the page."""
    pairing = pairing_of(wave, earlier)
    labels = item_labels(results.words)
    told = [[labels[item] for item in items if item in labels] for items in (pairing.changed, pairing.broken)]
    notes = _notes(str(earlier), len(pairing.overlap), *told)
    return Comparison(
        earlier_title=str(earlier),
        title=str(wave),
        tables=results.tables,
        before=results_before.tables,
        changes=change_tables(results, results_before, pairing, domain, notes),
        compared=list(compared_tables(results.words, results_before.words, pairing.items)),
    )


def item_labels(words: Vocabulary) -> dict[str, str]:
    """What people read, by the code of each item that a table is about."""
    blocks = [table.block for table in planned_tables(words)]
    items = {code for block in blocks for code in (*block.rows, block.item) if words.item(code) is not None}
    return {code: words.label(code) for code in items}


def change_blocks(comparison: Comparison, words: Vocabulary, firms: str = "") -> list[Block]:
    """Lists, numbers and closed items, each with both figures, the change, its interval and its p-value."""
    return [
        _change_block(comparison, one, words.strong, firms)
        for one in comparison.compared
        if one.presentation is not Presentation.HEADLINE
        and one.change_code in comparison.changes
        and comparison.changes[one.change_code].cells
    ]


def changes_by_code(comparison: Comparison) -> dict[str, ProtectedTable]:
    """The tables of change by the code of the table that changed."""
    changed = {one.code: comparison.changes.get(one.change_code) for one in comparison.compared}
    return {code: table for code, table in changed.items() if table is not None}


def _change_block(comparison: Comparison, one: Compared, strong: Collection[str], firms: str) -> Block:
    table = comparison.changes[one.change_code]
    p = adjusted_p(table)
    heads = (
        comparison.earlier_title,
        comparison.title,
        _("Rise or fall"),
        _("Interval (95%)"),
        _("p (Holm)"),
        _("Firms in both waves"),
        _("Firms before and now"),
    )
    rows = tuple(
        Row(
            label=row.label, figures=_figures(comparison, one, row, cell, p.get(row.code)), is_strong=row.code in strong
        )
        for row, _column, cell in table.walk()
    )
    title = _(table.spec.statistic.label)
    # Means and totals have units of their own; a common axis would set thousands of yuan beside percentages.
    is_drawn = one.statistic in (Statistic.SHARE_CHANGE, Statistic.POINT_CHANGE)
    chart = change_chart(table, strong=strong, axis_title=title) if is_drawn else None
    notes = (_("● significant; ◇ not significant, by p below 5%."),) if chart else ()
    return of_firms(made_block(table, heads, rows, firms, chart, notes), firms)


def _figures(comparison: Comparison, one: Compared, row: Heading, cell: Cell, p: float | None) -> tuple[Shown, ...]:
    now, before = comparison.tables[one.code], comparison.before[one.code_before]
    earlier = before.cell(one.rows[row.code], before.columns.codes[0])
    return (
        shown_estimate(earlier, before.spec.statistic),
        shown_estimate(now.cell(row.code, now.columns.codes[0]), now.spec.statistic),
        shown_estimate(cell, one.statistic),
        Shown(text=shown_interval(cell, one.statistic)),
        Shown(text="" if p is None else p_text(p)),
        Shown(text="" if cell.n is None else f"{cell.n:,}"),
        Shown(text=levels_text(cell)),
    )


def _notes(earlier: str, common: int, changed: Sequence[str], broken: Sequence[str]) -> list[str]:
    """What the changes are to, what joins the waves, what p means, and what compares in part or not at all."""
    lists = {"changed": _("; ").join(changed), "broken": _("; ").join(broken)}
    told = {"wave": earlier, "n": f"{common:,}", **lists}
    notes = [
        _("Compared with “%(wave)s”. %(n)s firms answered in both; that they resemble themselves is in the intervals."),
        _("p: how often chance alone would give so large a change, by Holm's rule for all rows together."),
        _("The options changed; those that both waves offered are compared: %(changed)s.") if changed else "",
        _("Not compared, because type, unit or base changed: %(broken)s.") if broken else "",
    ]
    return [note % told for note in notes if note]
