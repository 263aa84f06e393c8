"""From an extract and planned tables to tables of estimates: one tabulation serves all tables of a filter."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from survey.methods.arrays import Bools
from survey.methods.coding import CHOSEN, NOT_CHOSEN
from survey.methods.errors import UnknownColumn
from survey.methods.estimates.estimation import Estimate
from survey.methods.estimates.statistics import NumericStatistic
from survey.methods.estimates.statistics import Statistic as Asked
from survey.methods.extract import Coded, Extract
from survey.methods.moments.tabulation import tabulate
from survey.methods.tables.plan import SERIOUS, PlannedTable, theme_item
from survey.methods.tables.table import Base, Cell, Contributions, Domain, Heading, Table, contributions_of

FILTERED, INSIDE = "filtered", "inside"
"""Domain variable and value of the firms under the filter."""

Key = tuple[str, str, str]
Found = Mapping[tuple[Key, str, str], Estimate]


def with_themes(extract: Extract, themes: Mapping[str, Sequence[str]]) -> Extract:
    """The extract with a column for each theme: whether at least one of its items is serious or very serious.

    Firms that answered none of the items on the scale have no value.
    """
    derived = {
        theme_item(theme): _any_serious([extract.item(item) for item in items]) for theme, items in themes.items()
    }
    return replace(extract, items={**extract.items, **derived})


def _any_serious(columns: Sequence[Coded]) -> Coded:
    serious = np.zeros(len(columns[0].codes), bool)
    on_scale = np.zeros(len(columns[0].codes), bool)
    for column in columns:
        scale = [k for k, label in enumerate(column.labels) if label.isdigit()]
        on_scale |= np.isin(column.codes, scale)
        serious |= np.isin(column.codes, [column.labels.index(step) for step in SERIOUS])
    return Coded(np.where(on_scale, serious, -1).astype(np.int16), (NOT_CHOSEN, CHOSEN))


def firms_within(extract: Extract, domain: Domain) -> Bools:
    """(n,) which respondents are in the domain. Raises `UnknownColumn` for a variable that the extract lacks."""
    inside = np.ones(extract.rows, bool)
    for variable, value in domain:
        if variable not in extract.domains:
            raise UnknownColumn(variable, f"There is no domain variable '{variable}'.")
        column = extract.domains[variable]
        inside &= column.codes == (column.labels.index(value) if value in column.labels else len(column.labels))
    return inside


def filtered(extract: Extract, domain: Domain, splits: Sequence[str] = ()) -> Extract:
    """The extract with the firms in `domain` as a domain of its own, and with each split inside it.

    Firms outside stay in the design, so that standard errors are those of a domain.
    """
    inside = firms_within(extract, domain)
    domains = {FILTERED: Coded(np.where(inside, 0, -1).astype(np.int16), (INSIDE,))}
    for split in splits:
        column = extract.domains[split]
        domains[split] = Coded(np.where(inside, column.codes, -1).astype(np.int16), column.labels)
    return replace(extract, domains=domains)


def make_tables(
    extract: Extract, planned: Sequence[PlannedTable], domain: Domain, *, quantities: Iterable[str] = ()
) -> list[Table]:
    """The planned tables of the firms in `domain`; tables with the same splits share one tabulation.

    Amounts of `quantities` are handed on for the dominance rules.
    """
    inside = firms_within(extract, domain)
    found: dict[tuple[Key, str, str], Estimate] = {}
    for splits in dict.fromkeys(table.splits for table in planned):
        asked = {_key(one): one for table in planned if table.splits == splits for one in table.asked.values()}
        found |= _by_group(list(asked), tabulate(filtered(extract, domain, splits), list(asked.values())))
    largest = {item: _amounts(extract, item, inside) for item in quantities}
    base = Base(domain, int(inside.sum()))
    return [_table(table, found, largest, base) for table in planned]


def _key(asked: Asked) -> Key:
    """What tells statistics apart: item, name, and the category or denominator."""
    return asked.item, asked.name, getattr(asked, "level", getattr(asked, "denominator", ""))


def _by_group(asked: Sequence[Key], rows: Sequence[Estimate]) -> dict[tuple[Key, str, str], Estimate]:
    """Estimates by what was asked and group; `tabulate` gives the same number of rows for each thing asked."""
    width = len(rows) // max(len(asked), 1)
    return {
        (asked[position // width], row.domain, row.domain_value): row for position, row in enumerate(rows) if row.domain
    }


def _amounts(extract: Extract, item: str, inside: Bools) -> Contributions:
    answered = inside & ~np.isnan(extract.values[item])
    return contributions_of(extract.values[item][answered], extract.weight[answered])


def _table(planned: PlannedTable, found: Found, largest: Mapping[str, Contributions], base: Base) -> Table:
    cells = tuple(
        tuple(
            _cell(planned.asked[row.code, column.code], column, found, largest)
            for column in planned.spec.columns.headings
        )
        for row in planned.spec.rows.headings
    )
    return Table(planned.spec, cells, base)


def _cell(asked: Asked, column: Heading, found: Found, largest: Mapping[str, Contributions]) -> Cell:
    variable, value = column.domain[0] if column.domain else (FILTERED, INSIDE)
    row = found.get((_key(asked), variable, value))
    if row is None or np.isnan(row.estimate):
        return Cell(n=0)
    return Cell(
        n=row.n,
        estimate=row.estimate,
        se=_known(row.se),
        cv=_known(row.cv),
        ci_low=_known(row.ci_low),
        ci_high=_known(row.ci_high),
        df=row.df,
        weighted_count=row.population,
        enumerated=bool(abs(row.population - row.n) < 1e-6),
        contributions=largest.get(row.item) if isinstance(asked, NumericStatistic) else None,
    )


def _known(number: float) -> float | None:
    return None if np.isnan(number) else float(number)
