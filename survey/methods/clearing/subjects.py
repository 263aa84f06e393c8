"""What one decision is about: everything that is told of one item, or of the employees or revenue behind it.

All options and statistics of a subject in one domain go together, since they would stand in for one another.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from survey.methods.arrays import Bools
from survey.methods.estimates.economy import SizeShare
from survey.methods.estimates.statistics import Asked, IndexStatistic, NumericStatistic, QuantileStatistic
from survey.methods.extract import Extract
from survey.methods.protection.wave import answered_rows, base_of
from survey.methods.tables.asked import quantities_of
from survey.methods.tables.plan import PlannedTable
from survey.methods.tables.table import Heading, TableSpec

FIRMS_THEMSELVES = ""
"""The subject of the firms themselves: who responded, whatever they said."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Subject:
    """A subject with the rows that answered all that its figures rest on.

    answered  (n,) rows of the extract
    columns   the columns of the extract that its figures read
    amounts   the columns of quantities that its figures are made of
    size      the column that firms count by, "" where each counts by its weight alone
    parts     the subjects that an index follows from
    """

    answered: Bools
    columns: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()
    size: str = ""
    parts: tuple[str, ...] = ()


def subject_of(spec: TableSpec, row: Heading, asked: Asked | None) -> str:
    """The code of the subject of the figures in a row."""
    if isinstance(asked, IndexStatistic):
        return asked.item
    about = spec.item or row.about
    # Apart from the share of firms: by employees few firms may carry what by number many do. No code has the sign.
    return f"{about}@{asked.size}" if isinstance(asked, SizeShare) else about


def subjects_of(
    extract: Extract, planned: Sequence[PlannedTable], is_quantity: Callable[[str], bool]
) -> dict[str, Subject]:
    """Every subject of the tables, that of the firms first. ``is_quantity`` says of a number whether few firms could
    make up most of it."""
    found = {FIRMS_THEMSELVES: Subject(answered=extract.in_scope)}
    for code, asked in _figures(planned):
        known = found.get(code, found[FIRMS_THEMSELVES])
        if isinstance(asked, IndexStatistic):
            parts = tuple(part.item for part, _weight in asked.parts)
            found[code] = replace(known, parts=parts, columns=parts)
            continue
        amounts = [name for name in _amounts(asked) if is_quantity(name)]
        found[code] = Subject(
            # The fewest that any figure rests on: a statistic over several columns needs all of them.
            answered=known.answered & answered_rows(extract, *base_of(asked)),
            columns=tuple(dict.fromkeys((*known.columns, *base_of(asked)[0]))),
            amounts=tuple(dict.fromkeys((*known.amounts, *amounts))),
            size=asked.denominator if isinstance(asked, SizeShare) else "",
        )
    return found


def _figures(planned: Sequence[PlannedTable]) -> Iterator[tuple[str, Asked]]:
    """Each statistic with its subject; an index after the parts that it follows from."""
    rows = ((plan.spec, row, plan.asked.get((row.code, column)))
            for plan in planned for row in plan.spec.rows.headings for column in plan.spec.columns.codes)  # fmt: skip
    for spec, row, asked in rows:
        if isinstance(asked, IndexStatistic):
            yield from ((part.item, part) for part, _weight in asked.parts)
        if asked is not None:
            yield subject_of(spec, row, asked), asked


def _amounts(asked: Asked) -> tuple[str, ...]:
    # A median is no sum, but of few firms it is the amount of one of them.
    if isinstance(asked, QuantileStatistic):
        return (asked.item,)
    return quantities_of(asked) if isinstance(asked, NumericStatistic) else ()
