"""A whole list checked part by part: what is counted stays in memory, rows and errors go to a file."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from survey.selectors.design.classifications import Classifications
from survey.selectors.register.editions import Edition
from survey.services.frame.check import CheckedRows, Progress, check_rows, size_class_counts
from survey.services.frame.columns import FrameColumn, Recognised, recognise_columns
from survey.services.frame.complaints import FrameFileRefused
from survey.services.frame.spool import Spool
from survey.services.frame.whole_list import look_through
from survey.terms import AskedUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedList:
    """``parts``: the checked rows, part after part as the list was given. ``kinds``: what is wrong, one entry per
    column and kind, the most frequent first: how often, and its first example. ``notes``: (code, params) of what the
    officer should know although it stops nothing. ``blanked``: what was left out of contacts, as ``kinds``.
    ``size_classes``: the good rows by size class."""

    total: int
    good_count: int
    kinds: list[dict[str, Any]]
    blanked: list[dict[str, Any]]
    notes: list[tuple[str, dict[str, Any]]]
    size_classes: dict[str, int]
    parts: Iterable[CheckedRows]

    @property
    def bad_count(self) -> int:
        return self.total - self.good_count

    @property
    def listed_count(self) -> int:
        """How many entries the workbook of errors has at most: wrong rows, and contacts that were left out."""
        return self.bad_count + sum(int(kind["count"]) for kind in self.blanked)

    def good_parts(self) -> Iterator[pd.DataFrame]:
        """The rows that can go in."""
        return (part.good for part in self.parts)


def check_list(
    parts: Callable[[], Iterable[pd.DataFrame]],
    headers: Sequence[object],
    *,
    classifications: Classifications,
    edition: Edition | None = None,
    districts: Edition | None = None,
    lists: AskedUnit = AskedUnit.FIRM,
    progress: Progress | None = None,
) -> CheckedList:
    """Recognise the headers of a list and check its rows; it is gone through twice.

    ``parts()``: tables headed by ``headers``, cells as they were read, indexed by row of the list.
    ``edition``: the earlier one whose codes the industries are, ``districts`` that of the districts.
    ``lists``: what the rows are.
    ``progress``: called with (rows checked, rows).
    Raises `FrameFileRefused` where columns or rows are missing, or there is nothing to check them by.
    """
    # Before the list is read: without classifications each of its rows would be wrong.
    if not (classifications.districts and classifications.divisions and classifications.size_groups):
        raise FrameFileRefused("classifications_missing")
    recognised = recognise_columns(headers, lists)
    # A first pass for what only the whole list tells, such as a code that stands in two rows; only then can a row be
    # judged.
    whole, total = look_through(_cells(parts(), recognised), classifications)
    if not total:
        raise FrameFileRefused("no_rows")
    # To a file, part by part: a list of a province has more rows than a worker should hold.
    spool: Spool[CheckedRows] = Spool()
    count = Tally()
    for cells in _cells(parts(), recognised):
        part = check_rows(
            cells,
            whole=whole,
            classifications=classifications,
            factors=recognised.factors,
            edition=edition,
            districts=districts,
            lists=lists,
        )
        spool.add(part)
        count.add(part)
        if progress:
            progress(count.total, total)
    return CheckedList(
        total=total,
        good_count=count.good,
        kinds=by_frequency(count.kinds),
        blanked=by_frequency(count.blanked),
        notes=[*count.counted_notes(), *_notes_of_units(headers, recognised), *recognised.notes()],
        size_classes=dict(count.size_classes),
        parts=spool,
    )


def _cells(parts: Iterable[pd.DataFrame], recognised: Recognised) -> Iterator[pd.DataFrame]:
    """The known columns of each part, by their names here."""
    for part in parts:
        # By place and not by header: two columns may bear the same name.
        columns: dict[FrameColumn, pd.Series] = {
            column: part.iloc[:, place] for column, place in recognised.positions.items()
        }
        yield pd.DataFrame(columns, index=part.index)


def _notes_of_units(headers: Sequence[object], recognised: Recognised) -> Iterator[tuple[str, dict[str, Any]]]:
    """Which money columns were converted."""
    for column, factor in recognised.factors.items():
        if factor != 1.0:
            header = str(headers[recognised.positions[column]])
            yield "converted", {"column": column.value, "header": header}


Kinds = dict[tuple[str, str], dict[str, Any]]


class Tally:
    """What is counted over the parts of a list."""

    def __init__(self) -> None:
        self.total = self.good = 0
        self.kinds: Kinds = {}
        self.blanked: Kinds = {}
        self.notes: Counter[str] = Counter()
        self.size_classes: Counter[str] = Counter()

    def add(self, part: CheckedRows) -> None:
        """Count one more part."""
        self.total += part.total
        self.good += len(part.good)
        self.notes.update(part.notes)
        self.size_classes.update(size_class_counts(part.good))
        _count(self.kinds, part.errors)
        _count(self.blanked, part.blanked)

    def counted_notes(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The notes that hold for any row, with the number of rows."""
        return ((code, {"count": count}) for code, count in self.notes.items() if count)


def _count(kinds: Kinds, errors: pd.DataFrame) -> None:
    for (column, code), rows in errors.groupby(["column", "code"], sort=False):
        kind = kinds.setdefault((column, code), {"column": column, "code": code, "count": 0} | _example(rows))
        kind["count"] += len(rows)


def by_frequency(kinds: Kinds) -> list[dict[str, Any]]:
    """The kinds, the most frequent first."""
    # Stable, so that kinds that are equally frequent stand in the order of the list.
    return sorted(kinds.values(), key=lambda kind: -kind["count"])


def _example(rows: pd.DataFrame) -> dict[str, Any]:
    first = rows.iloc[0]
    return {"row": int(first["row"]), "value": str(first["value"]), "params": dict(first["params"])}
