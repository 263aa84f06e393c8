"""The blocks of change between two waves, and the change under each headline figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from survey.exchange.blocks import Block, Headline, Row, made_block
from survey.exchange.captions import p_text
from survey.exchange.charts import change_chart
from survey.exchange.shown_figures import Shown, shown_estimate, shown_interval
from survey.methods.change_tables import MEASURES, Results, adjusted_p, change_tables
from survey.methods.table_plan import RANKING
from survey.methods.tables import ALL_FIRMS, Cell, Domain, Heading, ProtectedTable
from survey.models import Wave
from survey.selectors.wave_comparison import pairing_of


@dataclass(frozen=True, eq=False)
class Comparison:
    """This wave beside an earlier one: titles of both, protected tables of both and of the change.

    `items` gives for each item of the later wave the one that it is compared with.
    """

    earlier_title: str
    title: str
    tables: Mapping[str, ProtectedTable]
    before: Mapping[str, ProtectedTable]
    changes: Mapping[str, ProtectedTable]
    items: Mapping[str, str]


def comparison_of(
    wave: Wave, results: Results, earlier: Wave, results_before: Results, domain: Domain = ALL_FIRMS
) -> Comparison:
    """The comparison of two waves under one filter, titles in the language of the page."""
    pairing = pairing_of(wave, earlier)
    labels = {item.code: item.label for item in results.words.severity}
    labels |= {item.code: item.label for item in results.words.numbers}
    broken = [labels[item] for item in pairing.broken if item in labels]
    notes = _notes(str(earlier), len(pairing.overlap), broken)
    themes = {row.code: row.code for row in results.tables["core"].rows.headings}
    return Comparison(
        earlier_title=str(earlier),
        title=str(wave),
        tables=results.tables,
        before=results_before.tables,
        changes=change_tables(results, results_before, pairing, domain, notes),
        items={**pairing.items, **themes},
    )


def change_blocks(comparison: Comparison, core: Sequence[str], firms: str = "") -> list[Block]:
    """Pain points, then numeric indicators, each with both figures, the change, its interval and its p-value."""
    return [
        _change_block(comparison, code, core, firms)
        for code in (RANKING, "means")
        if comparison.changes[MEASURES[code].code].cells
    ]


def with_changes(headlines: Sequence[Headline], comparison: Comparison) -> list[Headline]:
    """The headline figures with their change since the earlier wave, where both waves measured the theme alike."""
    table = comparison.changes[MEASURES["core"].code]
    changes = {row.label: cell for row, _column, cell in table.walk()}
    return [_with_change(headline, changes.get(headline.label), table) for headline in headlines]


def _with_change(headline: Headline, cell: Cell | None, table: ProtectedTable) -> Headline:
    if cell is None:
        return headline
    interval = shown_interval(cell, table.spec.statistic)
    return replace(headline, change=shown_estimate(cell, table.spec.statistic), change_interval=interval)


def _change_block(comparison: Comparison, code: str, core: Sequence[str], firms: str) -> Block:
    table = comparison.changes[MEASURES[code].code]
    p = adjusted_p(table)
    heads = (comparison.earlier_title, comparison.title, _("Rise or fall"), _("Interval (95%)"), _("p (Holm)"))
    rows = tuple(
        Row(row.label, _figures(comparison, code, row, cell, p.get(row.code)), row.code in core)
        for row, _column, cell in table.walk()
    )
    chart = change_chart(table, strong=core, axis_title=_(table.spec.statistic.label)) if code == RANKING else None
    return made_block(table, heads, rows, firms, chart)


def _figures(comparison: Comparison, code: str, row: Heading, cell: Cell, p: float | None) -> tuple[Shown, ...]:
    now, before = comparison.tables[code], comparison.before[code]
    earlier = before.cell(comparison.items[row.code], before.columns.codes[0])
    statistic = comparison.changes[MEASURES[code].code].spec.statistic
    return (
        shown_estimate(earlier, before.spec.statistic),
        shown_estimate(now.cell(row.code, now.columns.codes[0]), now.spec.statistic),
        shown_estimate(cell, statistic),
        Shown(shown_interval(cell, statistic)),
        Shown("" if p is None else p_text(p)),
    )


def _notes(earlier: str, common: int, broken: Sequence[str]) -> list[str]:
    """What the changes are to, what joins the waves, what is left out, and what the p-values mean."""
    told = {"wave": earlier, "n": f"{common:,}", "items": "; ".join(broken)}
    return [
        _("Compared with “%(wave)s”. %(n)s firms answered in both; that they resemble themselves is in the intervals.")
        % told,
        _("p: how often chance alone would give so large a change, by Holm's rule for all rows together."),
        *([_("Not compared, because scale, unit or base changed: %(items)s.") % told] if broken else []),
    ]
