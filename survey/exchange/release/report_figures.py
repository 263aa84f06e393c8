"""The figures of a report as texts: few columns that a page has room for, and sentences of the key figures."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from survey.exchange.figures.shown import band_text
from survey.exchange.release.columns import (
    NUMBER_OF_FIRMS,
    Written,
    estimate_head,
    estimate_of,
    heads_of,
    is_matrix,
    lines_of_table,
    quality_of,
    text_of,
    with_unit,
)
from survey.exchange.release.number_formats import number_format
from survey.exchange.release.shorthand import shorthand_of
from survey.methods.released.table import ReleasedTable
from survey.methods.tables.table import Cell, Statistic, TableKind
from survey.selectors.said import said as _
from survey.terms import gettext_noop

Reading = Callable[[Cell, ReleasedTable], str]
"""What a column says of a cell."""
MOST = 12
"""Rows of a table that stand for key figures where the plan names none."""


def key_figures(tables: Sequence[ReleasedTable]) -> Iterator[tuple[str, str, list[str]]]:
    """What is measured, of whom, and a sentence for each figure: the headlines of the plan, else the first list."""
    # A matrix has too many figures for sentences.
    lists = [table for table in tables if not is_matrix(table)]
    chosen = [table for table in lists if table.spec.kind is TableKind.HEADLINE] or lists[:1]
    for table in chosen:
        lines = list(table.walk())[:MOST]
        sentences = [_sentence(with_unit(row), cell, table.spec.statistic) for row, _column, cell in lines]
        yield table.measure, table.firms, sentences


def _sentence(item: str, cell: Cell, statistic: Statistic) -> str:
    figure = text_of(estimate_of(cell, statistic))
    # Only what there is: a sentence with "interval [x]" would say less than one without.
    errors = [
        _("interval %(interval)s") % {"interval": _interval(cell, statistic)} if cell.ci_low is not None else "",
        _("standard error %(error)s") % {"error": _error(cell, statistic)} if cell.se is not None else "",
        _("%(n)s firms") % {"n": f"{cell.n:,}"} if cell.n is not None and cell.estimate is not None else "",
    ]
    told = _("; ").join(filter(None, errors))
    words = {"item": item, "figure": figure, "errors": told}
    return (_("%(item)s: %(figure)s (%(errors)s)") if told else _("%(item)s: %(figure)s")) % words


def report_columns(table: ReleasedTable) -> list[str]:
    """The heads of the columns; a matrix has those of the workbook."""
    if is_matrix(table):
        return heads_of(table)
    heads = [_("Item"), _(NUMBER_OF_FIRMS.head), estimate_head(table), _("Interval (95%)"), _("Standard error")]
    return [*heads, *(_(head) for head, _read in _beside(table)), _("Quality")]


def report_lines(table: ReleasedTable) -> list[list[str]]:
    """The lines of the table, none with an empty cell."""
    if is_matrix(table):
        return [[text_of(one) for one in line] for line in lines_of_table(table)]
    statistic, beside = table.spec.statistic, _beside(table)
    return [
        [
            with_unit(row),
            # Never an empty cell: a reader cannot tell it from one that was forgotten.
            shorthand_of(cell) if cell.n is None else f"{cell.n:,}",
            text_of(estimate_of(cell, statistic)),
            _interval(cell, statistic),
            _error(cell, statistic),
            *(read(cell, table) for _head, read in beside),
            text_of(quality_of(cell)),
        ]
        for row, _column, cell in table.walk()
    ]


def _beside(table: ReleasedTable) -> list[tuple[str, Reading]]:
    """Columns of which some figure of the table has something."""
    cells = [cell for _row, _column, cell in table.walk()]
    return [(head, read) for head, has, read in BESIDE if any(has(cell) for cell in cells)]


def _rank(cell: Cell, _table: ReleasedTable) -> str:
    if cell.rank is None:
        return shorthand_of(cell)
    # An interval of one rank says no more than the rank.
    return f"{cell.rank} ({cell.rank_low} – {cell.rank_high})" if cell.rank_low != cell.rank_high else f"{cell.rank}"


def _of_all(cell: Cell, _table: ReleasedTable) -> str:
    whole = cell.of_all
    if whole is not None and whole.band:
        return band_text(whole.band, Statistic.SHARE)
    return _number(whole.estimate if whole else None, cell, Statistic.SHARE)


def _level(cell: Cell, table: ReleasedTable, *, is_later: bool) -> str:
    # A change is in points, what it lies between in the unit of what was measured.
    levels, measured = cell.levels, table.spec.measured or table.spec.statistic
    if levels is None:
        return shorthand_of(cell)
    return _number(levels.after if is_later else levels.before, cell, measured, is_length=True)


BESIDE: tuple[tuple[str, Callable[[Cell], bool], Reading], ...] = (
    (gettext_noop("Rank"), lambda cell: cell.rank is not None, _rank),
    (gettext_noop("Share of all firms"), lambda cell: cell.of_all is not None, _of_all),
    (gettext_noop("Earlier wave"), lambda cell: cell.levels is not None, partial(_level, is_later=False)),
    (gettext_noop("This wave"), lambda cell: cell.levels is not None, partial(_level, is_later=True)),
)
"""Columns that some tables have: head, whether a cell has something for it, and how it is read."""


def _number(value: float | None, cell: Cell, statistic: Statistic, *, is_length: bool = False) -> str:
    if value is None:
        return shorthand_of(cell)
    return text_of(Written(value=value, form=number_format(value, statistic, is_length=is_length)))


def _interval(cell: Cell, statistic: Statistic) -> str:
    if cell.ci_low is None or cell.ci_high is None:
        return shorthand_of(cell)
    return f"{_number(cell.ci_low, cell, statistic)} – {_number(cell.ci_high, cell, statistic)}"


def _error(cell: Cell, statistic: Statistic) -> str:
    return _number(cell.se, cell, statistic, is_length=True)
