"""The blocks of the dashboard: title, grey line, table and picture, all from protected tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from survey.exchange.figures.captions import (
    ARTICLE_ENERGY_RATIO,
    base_line,
    energy_ratio_finding,
    measure_of,
    title_of,
)
from survey.exchange.figures.charts import ranking_chart, reference_chart
from survey.exchange.figures.matrix_charts import distribution_chart, heat_map_chart
from survey.exchange.figures.shown import Shown, shown_estimate, shown_interval, shown_ranks
from survey.methods.tables.plan import RANKING
from survey.methods.tables.table import Cell, ProtectedTable, Statistic


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: its label, set bold where ``is_core``, and its figures."""

    label: str
    figures: tuple[Shown, ...]
    is_core: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """What stands together on the page. ``chart`` is a Vega-Lite specification or None."""

    code: str
    title: str
    measure: str
    base: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    chart: dict[str, Any] | None = None
    signs: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def chart_id(self) -> str:
        """Where the page keeps the specification."""
        return f"{self.code}-chart"


@dataclass(frozen=True, slots=True)
class Headline:
    """A core theme: its figure and interval, the pain points that it consists of, and its change since another wave."""

    label: str
    figure: Shown
    interval: str
    n: str
    parts: tuple[Row, ...]
    change: Shown | None = None
    change_interval: str = ""


Tables = Mapping[str, ProtectedTable]


def headlines(tables: Tables, items_of_themes: Mapping[str, Sequence[str]]) -> list[Headline]:
    """The core five, each with the shares of its pain points."""
    core, ranking = tables["core"], tables[RANKING]
    names = {heading.code: heading.label for heading in ranking.rows.headings}
    column = ranking.columns.codes[0]
    found = []
    for (row, _column, cell), items in zip(core.walk(), items_of_themes.values(), strict=True):
        parts = [Row(names[item], (shown_estimate(ranking.cell(item, column), core.spec.statistic),)) for item in items]
        figure = shown_estimate(cell, core.spec.statistic)
        found.append(Headline(row.label, figure, shown_interval(cell, core.spec.statistic), _firms(cell), tuple(parts)))
    return found


def ranking_block(table: ProtectedTable, core: Sequence[str], firms: str = "") -> Block:
    """A ranked list with its bar chart. Also for policy demands and other choices."""
    heads = (_("Rank"), _("Share of firms"), _("Interval (95%)"), _("Rank interval"), _("Firms"))
    rows = tuple(Row(row.label, _ranked(cell, table), row.code in core) for row, _c, cell in table.walk())
    return made_block(table, heads, rows, firms, ranking_chart(table, strong=core))


def distribution_block(table: ProtectedTable, apart: ProtectedTable, core: Sequence[str], firms: str = "") -> Block:
    """The five steps, and "does not apply" with its own base."""
    heads = (*(heading.label for heading in table.columns.headings), _("Firms"), _("Does not apply"), _("Of all asked"))
    beside: dict[str, tuple[Cell | None, ...]] = dict(zip(apart.rows.codes, apart.cells, strict=True))
    rows = tuple(
        Row(row.label, _steps(cells, beside.get(row.code, (None,))[0], table), row.code in core)
        for row, cells in zip(table.rows.headings, table.cells, strict=True)
    )
    note = _("“Does not apply” has a base of its own: all firms that were asked. The steps are shares of the others.")
    return made_block(table, heads, rows, firms, distribution_chart(table, apart, strong=core), (note,), apart)


def heat_map_block(table: ProtectedTable, core: Sequence[str], firms: str = "") -> Block:
    """Pain points by group of firms."""
    heads = tuple(heading.label for heading in table.columns.headings)
    rows = tuple(
        Row(row.label, tuple(shown_estimate(cell, table.spec.statistic) for cell in cells), row.code in core)
        for row, cells in zip(table.rows.headings, table.cells, strict=True)
    )
    return made_block(table, heads, rows, firms, heat_map_chart(table, strong=core))


def indicator_block(means: ProtectedTable, medians: ProtectedTable, units: Mapping[str, str], firms: str = "") -> Block:
    """Means and medians of the numeric items with their intervals."""
    heads = (_("Unit"), _("Mean"), _("Interval (95%)"), _("Median"), _("Interval (95%)"), _("Firms"))
    rows = tuple(
        Row(row.label, (Shown(units.get(row.code, "")), *_mean_and_median(means, mean, medians, median)))
        for (row, _c, mean), (_r, _d, median) in zip(means.walk(), medians.walk(), strict=True)
    )
    block = made_block(means, heads, rows, firms, None, (), medians)
    return replace(block, title=_("Numeric indicators: mean and median"), measure="")


def energy_ratio_block(table: ProtectedTable, firms: str = "") -> Block:
    """The firms' own ratio of 5G to 4G energy against the article's."""
    heads = (_("Mean"), _("Interval (95%)"), _("Firms"))
    rows = tuple(Row(row.label, _estimated(cell, table)) for row, _c, cell in table.walk())
    label = _("article: %(ratio)s") % {"ratio": f"{ARTICLE_ENERGY_RATIO:g}"}
    chart = reference_chart(table, reference=ARTICLE_ENERGY_RATIO, reference_label=label, axis_title=measure_of(table))
    return replace(made_block(table, heads, rows, firms, chart), title=energy_ratio_finding(table) or measure_of(table))


def response_block(table: ProtectedTable) -> Block:
    """Response rates by industry and size, each with the firms answered and sampled."""
    heads = tuple(heading.label for heading in table.columns.headings)
    rows = tuple(
        Row(row.label, tuple(_response(cell, table) for cell in cells))
        for row, cells in zip(table.rows.headings, table.cells, strict=True)
    )
    return made_block(table, heads, rows, "", heat_map_chart(table))


def made_block(
    table: ProtectedTable,
    heads: tuple[str, ...],
    rows: tuple[Row, ...],
    firms: str,
    chart: dict[str, Any] | None,
    notes: tuple[str, ...] = (),
    beside: ProtectedTable | None = None,
) -> Block:
    """The block of a table (and one `beside` it) with its titles, base, signs and notes."""
    cells = [cell for part in (table, beside) if part is not None for _r, _c, cell in part.walk()]
    return Block(
        code=table.spec.code,
        title=title_of(table),
        measure=measure_of(table),
        base=base_line(table, firms),
        heads=heads,
        rows=rows,
        chart=chart,
        signs=signs_of(cells, table.spec.statistic),
        notes=(*(_(note) for note in table.notes), *notes),
    )


def signs_of(cells: Iterable[Cell], statistic: Statistic) -> tuple[tuple[str, str], ...]:
    """(sign, meaning) of every sign that stands in these cells, each once, with all that it may mean."""
    meanings: dict[str, set[str]] = {}
    for one in (shown_estimate(cell, statistic) for cell in cells):
        if one.sign and one.reason:
            meanings.setdefault(one.sign, set()).add(one.reason)
    return tuple((sign, _("; ").join(sorted(reasons))) for sign, reasons in sorted(meanings.items()))


def _estimated(cell: Cell, table: ProtectedTable) -> tuple[Shown, Shown, Shown]:
    statistic = table.spec.statistic
    return shown_estimate(cell, statistic), Shown(shown_interval(cell, statistic)), Shown(_firms(cell))


def _ranked(cell: Cell, table: ProtectedTable) -> tuple[Shown, ...]:
    estimate, interval, firms = _estimated(cell, table)
    rank = Shown("" if cell.rank is None else str(cell.rank))
    return rank, estimate, interval, Shown(shown_ranks(cell)), firms


def _steps(cells: Sequence[Cell], apart: Cell | None, table: ProtectedTable) -> tuple[Shown, ...]:
    steps = [shown_estimate(cell, table.spec.statistic) for cell in cells]
    beside = shown_estimate(apart, table.spec.statistic) if apart is not None else Shown("")
    return (*steps, Shown(_firms(cells[0])), beside, Shown(_firms(apart) if apart is not None else ""))


def _mean_and_median(means: ProtectedTable, mean: Cell, medians: ProtectedTable, median: Cell) -> tuple[Shown, ...]:
    estimate, interval, firms = _estimated(mean, means)
    middle, reach, _n = _estimated(median, medians)
    return estimate, interval, middle, reach, firms


def _response(cell: Cell, table: ProtectedTable) -> Shown:
    shown = shown_estimate(cell, table.spec.statistic)
    if cell.n and cell.weighted_count is not None:
        return replace(shown, text=f"{shown.text} ({cell.weighted_count:,.0f}/{cell.n:,})")
    return shown


def _firms(cell: Cell) -> str:
    return "" if cell.n is None else f"{cell.n:,}"
