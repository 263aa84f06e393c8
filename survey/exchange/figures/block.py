"""A block of a page as a value: its title, base, lines, signs and notes, made of a protected table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from survey.exchange.figures.captions import base_line, under_filter
from survey.exchange.figures.effects import missing_notes
from survey.exchange.figures.figure_table import FigureTable
from survey.exchange.figures.findings import measure_of, title_of
from survey.exchange.figures.shown import Shown, sign_of
from survey.methods.tables.table import Cell
from survey.selectors.said import said as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a table: its label, set bold where ``is_strong``, and its figures."""

    label: str
    figures: tuple[Shown, ...]
    is_strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What stands together on the page. ``chart`` is a Vega-Lite specification or None.

    A phone, which has no room for the chart of an ``is_wide`` one, shows its table alone.
    """

    code: str
    title: str
    measure: str
    base: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    chart: dict[str, Any] | None = None
    signs: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    is_wide: bool = False

    @property
    def chart_id(self) -> str:
        """Where the page keeps the specification."""
        return f"{self.code}-chart"


ShownTables = Mapping[str, FigureTable]


def of_firms(made: Block, firms: str) -> Block:
    """The block with a title that names the firms under the filter, where there is one."""
    measure = "" if firms and made.measure == made.title else made.measure
    return replace(made, title=under_filter(made.title, firms), measure=measure)


def made_block(
    table: FigureTable,
    heads: tuple[str, ...],
    rows: tuple[Row, ...],
    firms: str,
    chart: dict[str, Any] | None,
    notes: tuple[str, ...] = (),
    beside: Sequence[FigureTable] = (),
) -> Block:
    """The block of a table (and those `beside` it) with its titles, base, signs and notes."""
    cells = [cell for part in (table, *beside) for _r, _c, cell in part.walk()]
    missing = dict.fromkeys(note for part in (table, *beside) for note in missing_notes(part))
    return Block(
        code=table.spec.code,
        title=title_of(table),
        measure=measure_of(table),
        base=base_line(table, firms),
        heads=heads,
        rows=rows,
        chart=chart,
        signs=signs_of(cells),
        notes=(*(_(note) for note in table.notes), *notes, *missing),
    )


def signs_of(cells: Iterable[Cell]) -> tuple[tuple[str, str], ...]:
    """(sign, meaning) of every sign that stands in these cells, each once, with all that it may mean."""
    # "c" stands for the first and for the second withholding: one line below the table with all that it may mean.
    meanings: dict[str, set[str]] = {}
    for sign, reason in map(sign_of, cells):
        if sign and reason:
            meanings.setdefault(sign, set()).add(reason)
    return tuple((sign, _("; ").join(sorted(reasons))) for sign, reasons in sorted(meanings.items()))
