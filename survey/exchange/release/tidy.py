"""All figures of a release as rows for machines: one figure a row, codes beside labels, nothing merged or styled.

Sheet, CSV and JSON file hold the same rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from survey.exchange.release.shorthand import shorthand_of
from survey.exchange.release.units import unit_of
from survey.methods.released.publication import Publication
from survey.methods.released.table import ReleasedTable
from survey.methods.tables.domain import ALL_FIRMS, Domain
from survey.methods.tables.table import Cell, Heading
from survey.terms import AskedUnit

CODES = ("wave", "release", "is_provisional", "group", "table", "statistic", "unit", "row", "column")
LABELS = ("group_label", "table_label", "row_label", "row_base", "column_label")
"""Once for each language of the release, with the language at the end of the name."""
FIGURES = (
    *("n", "estimate", "se", "cv", "ci_low", "ci_high", "rank", "rank_low", "rank_high"),
    *("of_all", "before", "after", "n_before", "n_after", "status", "shorthand"),
    *("band_low", "band_high", "of_all_band_low", "of_all_band_high"),
)
"""Where a band is told in place of a figure, its ends stand in columns of their own and the figure is none."""
Value = str | int | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """One figure in every language of the release."""

    domain: Domain
    tables: tuple[ReleasedTable, ...]
    cell: Cell
    headings: tuple[tuple[Heading, Heading], ...]


def tidy_heads(publications: Sequence[Publication]) -> list[str]:
    """The heads of the rows, which are the same in every release of these languages."""
    labels = (f"{label}_{_short(one.language)}" for one in publications for label in LABELS)
    return [*CODES, *labels, *FIGURES]


def _short(language: str) -> str:
    return language.partition("-")[0]


def tidy_rows(publications: Sequence[Publication], number: int) -> Iterator[list[Value]]:
    """Every figure of the release, group by group and table by table; what is none is None."""
    first = publications[0]
    for domain, tables in first.tables.items():
        for code in tables:
            yield from _rows(publications, domain, code, number)


def _rows(publications: Sequence[Publication], domain: Domain, code: str, number: int) -> Iterator[list[Value]]:
    tables = tuple(one.tables[domain][code] for one in publications)
    for places in zip(*(table.walk() for table in tables), strict=True):
        headings = tuple((row, column) for row, column, _cell in places)
        place = _Place(domain=domain, tables=tables, cell=places[0][2], headings=headings)
        labels = (label for which, one in enumerate(publications) for label in _labels(one, place, which))
        yield [*_codes(publications[0], place, number), *labels, *_figures(place.cell)]


def group_code(domain: Domain) -> str:
    """A group of firms as one code: "all", or its variables with their values."""
    return "&".join(f"{variable}={value}" for variable, value in domain) if domain != ALL_FIRMS else "all"


def _codes(publication: Publication, place: _Place, number: int) -> list[Value]:
    table, (row, column) = place.tables[0], place.headings[0]
    # The unit of a row is a word; its code is the same word in the first language of the release.
    facts = publication.facts
    return [
        *(publication.wave, number, facts.is_provisional, group_code(place.domain), table.code),
        *(table.spec.statistic.value, unit_of(table.spec, row, AskedUnit(facts.asks)), row.code, column.code),
    ]


def _labels(publication: Publication, place: _Place, which: int) -> list[Value]:
    row, column = place.headings[which]
    group, measure = publication.groups[place.domain], place.tables[which].measure
    return [group, measure, row.label, row.base, column.label]


def _figures(cell: Cell) -> list[Value]:
    levels = cell.levels
    change = (levels.before, levels.after, levels.n_before, levels.n_after) if levels else (None,) * 4
    whole = cell.of_all
    # The middle of a band is no figure, and a program could not tell it from one.
    of_all = whole.estimate if whole and not whole.band else None
    bands = [*(cell.band or (None, None)), *((whole and whole.band) or (None, None))]
    numbers = (cell.n, None if cell.band else cell.estimate, cell.se, cell.cv, cell.ci_low, cell.ci_high)
    ranks = (cell.rank, cell.rank_low, cell.rank_high)
    sign = "" if cell.estimate is not None else shorthand_of(cell)
    return [*numbers, *ranks, of_all, *change, cell.status.value, sign, *bands]
