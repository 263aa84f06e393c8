"""The columns of a table on its sheet: a list of figures with their errors, or a matrix of items by groups."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from survey.exchange.figures.shown import band_text, signed
from survey.exchange.release.number_formats import number_format, percent_format
from survey.exchange.release.shorthand import QUALITY, SHORTHAND, or_sign, shorthand_of
from survey.methods.released.table import ReleasedTable
from survey.methods.tables.table import Cell, Heading, Statistic
from survey.selectors.said import said as _
from survey.terms import gettext_noop

Value = float | int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What stands in a cell of a sheet, with the format of a number; sentences are read from the left."""

    value: Value
    form: str = ""
    is_sentence: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureColumn:
    """One number of a cell, in a column of its own: its head, where it is found and how it is written."""

    head: str
    read: Callable[[Cell], float | int | None]
    form: Callable[[float, Statistic], str]
    is_level: bool = False
    """Whether it is one of the two figures that a change lies between, which are in another unit."""
    band: Callable[[Cell], tuple[float, float] | None] = lambda cell: None
    """The band that is told in place of the number, a fraction."""


def _count(_value: float, _statistic: Statistic) -> str:
    return "#,##0"


def _length(value: float, statistic: Statistic) -> str:
    return number_format(value, statistic, is_length=True)


def _percent(value: float, _statistic: Statistic) -> str:
    return percent_format(value)


ERRORS = (
    FigureColumn(head=gettext_noop("Standard error"), read=lambda cell: cell.se, form=_length),
    FigureColumn(head=gettext_noop("Coefficient of variation"), read=lambda cell: cell.cv, form=_percent),
    FigureColumn(head=gettext_noop("Interval (95%), from"), read=lambda cell: cell.ci_low, form=number_format),
    FigureColumn(head=gettext_noop("Interval (95%), to"), read=lambda cell: cell.ci_high, form=number_format),
    FigureColumn(head=gettext_noop("Rank"), read=lambda cell: cell.rank, form=_count),
    FigureColumn(head=gettext_noop("Rank interval, from"), read=lambda cell: cell.rank_low, form=_count),
    FigureColumn(head=gettext_noop("Rank interval, to"), read=lambda cell: cell.rank_high, form=_count),
    FigureColumn(
        head=gettext_noop("Share of all firms"),
        read=lambda cell: cell.of_all.estimate if cell.of_all else None,
        form=_percent,
        band=lambda cell: cell.of_all.band if cell.of_all else None,
    ),
    FigureColumn(
        head=gettext_noop("Bootstrap interval, from"),
        read=lambda cell: cell.second[0] if cell.second else None,
        form=number_format,
    ),
    FigureColumn(
        head=gettext_noop("Bootstrap interval, to"),
        read=lambda cell: cell.second[1] if cell.second else None,
        form=number_format,
    ),
    FigureColumn(
        head=gettext_noop("Earlier wave"),
        read=lambda cell: cell.levels.before if cell.levels else None,
        form=_length,
        is_level=True,
    ),
    FigureColumn(
        head=gettext_noop("This wave"),
        read=lambda cell: cell.levels.after if cell.levels else None,
        form=_length,
        is_level=True,
    ),
    FigureColumn(
        head=gettext_noop("Firms before"), read=lambda cell: cell.levels.n_before if cell.levels else None, form=_count
    ),
    FigureColumn(
        head=gettext_noop("Firms now"), read=lambda cell: cell.levels.n_after if cell.levels else None, form=_count
    ),
)
"""What stands beside an estimate; a column of which no figure of a table has anything is left out."""
NUMBER_OF_FIRMS = FigureColumn(head=gettext_noop("Firms (n, rounded)"), read=lambda cell: cell.n, form=_count)
ESTIMATE_PLACE = 3
"""The column of the estimate in a list: label, firms, estimate."""


def is_matrix(table: ReleasedTable) -> bool:
    """Whether the table stands as rows by columns; its errors are then on the sheet of all figures."""
    return len(table.columns.headings) > 1


def heads_of(table: ReleasedTable) -> list[str]:
    """The heads of the columns, each another."""
    if is_matrix(table):
        heads = [_("Item"), *(each.label for each in table.columns.headings)]
    else:
        told = [NUMBER_OF_FIRMS, *_told(table)]
        heads = [_("Item"), _(told[0].head), estimate_head(table), *(_(one.head) for one in told[1:]), _("Quality")]
    return list(unique_heads(heads))


def estimate_head(table: ReleasedTable) -> str:
    """What the estimates are: the only column's label, where it says more than that all firms are meant."""
    statistic = _(table.spec.statistic.label)
    label = table.columns.headings[0].label if table.columns.headings else ""
    is_group = table.columns.codes in ((), ("all",))
    return statistic if is_group or not label else _("%(statistic)s: %(answer)s") % {
        "statistic": statistic, "answer": label,
    }  # fmt: skip


def unique_heads(heads: Sequence[str]) -> Iterator[str]:
    """Heads as an Excel table needs them: texts, each another, none empty."""
    given: dict[str, int] = {}
    for head in heads:
        text = head or "–"
        # Excel repairs a file whose table has a head twice, and drops the table with it.
        given[text] = given.get(text, 0) + 1
        yield text if given[text] == 1 else f"{text} ({given[text]})"


def _told(table: ReleasedTable) -> list[FigureColumn]:
    cells = [cell for _row, _column, cell in table.walk()]
    return [one for one in ERRORS if any(one.read(cell) is not None for cell in cells)]


def lines_of_table(table: ReleasedTable) -> Iterator[list[Written]]:
    """The rows of the table, none with an empty cell."""
    statistic = table.spec.statistic
    # A matrix has no room for errors beside each estimate; they stand on the sheet of all figures.
    told = [] if is_matrix(table) else _told(table)
    for row, cells in zip(table.rows.headings, table.cells, strict=True):
        label = Written(value=with_unit(row))
        if is_matrix(table):
            yield [label, *(estimate_of(cell, statistic) for cell in cells)]
            continue
        (cell,) = cells
        measured = table.spec.measured or statistic
        # The levels of a change are in the unit of what was measured, the change itself is in points.
        figures = [_written(one, cell, measured if one.is_level else statistic) for one in told]
        yield [
            label,
            _written(NUMBER_OF_FIRMS, cell, statistic),
            estimate_of(cell, statistic),
            *figures,
            quality_of(cell),
        ]


def _written(figure: FigureColumn, cell: Cell, statistic: Statistic) -> Written:
    value, band = figure.read(cell), figure.band(cell)
    if band is not None:
        return Written(value=band_text(band, Statistic.SHARE))
    form = "" if value is None else figure.form(float(value), statistic)
    return Written(value=or_sign(value, cell), form=form)


def estimate_of(cell: Cell, statistic: Statistic) -> Written:
    """The estimate, the band that is told in place of it, or the sign of what is not there."""
    value = cell.estimate
    if cell.band is not None:
        # The middle of a band is no figure.
        return Written(value=band_text(cell.band, statistic))
    return Written(value=or_sign(value, cell), form="" if value is None else number_format(value, statistic))


def text_of(one: Written) -> str:
    """What a cell of the workbook shows: texts as they are, numbers with the digits of their format."""
    if isinstance(one.value, str) or not one.form:
        return str(one.value)
    plus = "+" if one.form.startswith("+") else ""
    # The first part of an Excel format is that of positive numbers; the sign is written by `signed`.
    form = one.form.lstrip("+").partition(";")[0]
    decimals = len(form.rstrip("%").partition(".")[2])
    if form.endswith("%"):
        return signed(100 * one.value, f"{plus}.{decimals}f") + "%"
    return signed(one.value, f"{plus},.{decimals}f")


def quality_of(cell: Cell) -> Written:
    """How far the figure can be used, in words, or the sign of what is not there."""
    words = QUALITY.get(cell.status)
    text = _(words) if words and cell.estimate is not None else shorthand_of(cell)
    return Written(value=text, is_sentence=True)


def with_unit(heading: Heading) -> str:
    """What a row is about, with the unit of its amounts."""
    return _("%(item)s, %(unit)s") % {"item": heading.label, "unit": heading.unit} if heading.unit else heading.label


def signs_in(lines: Iterable[Sequence[Written]]) -> list[str]:
    """The shorthand that stands in these lines."""
    found = {one.value for line in lines for one in line if isinstance(one.value, str)}
    return sorted(found & SHORTHAND.keys())
