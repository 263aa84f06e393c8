"""The blocks of change between two waves, and the change under each headline figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from survey.exchange.figures.blocks import Block, Headline, Row, made_block
from survey.exchange.figures.captions import p_text
from survey.exchange.figures.charts import change_chart
from survey.exchange.figures.shown import Shown, shown_estimate, shown_interval
from survey.methods.change.tables import (
    Compared,
    Results,
    adjusted_p,
    change_code,
    change_tables,
    compared_tables,
)
from survey.methods.tables.plan import Vocabulary
from survey.methods.tables.table import ALL_FIRMS, Cell, Domain, Heading, ProtectedTable, Statistic
from survey.models import Wave
from survey.selectors.results.wave_comparison import pairing_of


@dataclass(frozen=True, eq=False)
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
    """What people read, by the code of the item."""
    severity, numbers, choices = (
        {item.code: item.label for item in listed} for listed in (words.severity, words.numbers, words.choices)
    )
    return severity | numbers | choices


def change_blocks(comparison: Comparison, core: Sequence[str], firms: str = "") -> list[Block]:
    """Pain points, numbers and closed items, each with both figures, the change, its interval and its p-value."""
    return [
        _change_block(comparison, one, core, firms)
        for one in comparison.compared
        if one.code != "core" and one.change_code in comparison.changes and comparison.changes[one.change_code].cells
    ]


def with_changes(headlines: Sequence[Headline], comparison: Comparison) -> list[Headline]:
    """The headline figures with their change since the earlier wave, where both waves measured the theme alike."""
    table = comparison.changes[change_code("core")]
    changes = {row.label: cell for row, _column, cell in table.walk()}
    return [_with_change(headline, changes.get(headline.label), table) for headline in headlines]


def _with_change(headline: Headline, cell: Cell | None, table: ProtectedTable) -> Headline:
    if cell is None:
        return headline
    interval = shown_interval(cell, table.spec.statistic)
    return replace(headline, change=shown_estimate(cell, table.spec.statistic), change_interval=interval)


def _change_block(comparison: Comparison, one: Compared, core: Sequence[str], firms: str) -> Block:
    table = comparison.changes[one.change_code]
    p = adjusted_p(table)
    heads = (comparison.earlier_title, comparison.title, _("Rise or fall"), _("Interval (95%)"), _("p (Holm)"))
    rows = tuple(
        Row(row.label, _figures(comparison, one, row, cell, p.get(row.code)), row.code in core)
        for row, _column, cell in table.walk()
    )
    title = _(table.spec.statistic.label)
    is_drawn = one.statistic is Statistic.SHARE_CHANGE
    chart = change_chart(table, strong=core, axis_title=title) if is_drawn else None
    return made_block(table, heads, rows, firms, chart)


def _figures(comparison: Comparison, one: Compared, row: Heading, cell: Cell, p: float | None) -> tuple[Shown, ...]:
    now, before = comparison.tables[one.code], comparison.before[one.code_before]
    earlier = before.cell(one.rows[row.code], before.columns.codes[0])
    return (
        shown_estimate(earlier, before.spec.statistic),
        shown_estimate(now.cell(row.code, now.columns.codes[0]), now.spec.statistic),
        shown_estimate(cell, one.statistic),
        Shown(shown_interval(cell, one.statistic)),
        Shown("" if p is None else p_text(p)),
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
