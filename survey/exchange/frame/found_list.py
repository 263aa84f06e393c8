"""The one list of firms in a file, its rows as they were read; without pandas, so that a reader is a small process."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from survey.exchange.frame.hidden_rows import hidden_rows
from survey.exchange.frame.sheet import SheetRows
from survey.exchange.frame.sheet_rows import HEADER_SEARCH, SHEET_READERS
from survey.exchange.sheets.tabular_file import file_kind
from survey.services.frame.columns import REQUIRED, count_recognised
from survey.services.frame.complaints import FrameFileRefused

LEAST_HEADERS = 3
# Rows that are checked, written and held in memory at a time.
PART_ROWS = 20_000
Part = tuple[list[int], list[Sequence[Any]]]
"""Row numbers of the sheet, and the cells of these rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundList:
    """``parts()``: the rows below the headers, some thousands at a time, blank ones left out, shorter than the headers
    where cells at their end are empty. ``hidden``: those of them that Excel does not show."""

    sheet: str
    headers: list[str]
    parts: Callable[[], Iterator[Part]]
    hidden: tuple[int, ...] = ()


def find_list(path: Path) -> FoundList:
    """The one list of firms in a file; `FrameFileRefused` says what is in the way and how to mend it."""
    filled = [sheet for sheet in SHEET_READERS[file_kind(path)](path) if _first_filled(sheet) is not None]
    if not filled:
        raise FrameFileRefused("sheet_empty")
    lists = [(sheet, place) for sheet in filled if (place := header_place(_first_rows(sheet))) is not None]
    if not lists:
        seen = " | ".join(str(cell) for cell in _first_filled(filled[0]) or () if cell != "")[:200]
        raise FrameFileRefused("headers_missing", headers=seen, required=[column.value for column in REQUIRED])
    if len(lists) > 1:
        raise FrameFileRefused("two_lists", sheets=", ".join(sheet.name for sheet, _ in lists))
    sheet, place = lists[0]
    named = [str(cell) for cell in _first_rows(sheet)[place]]
    return FoundList(
        sheet=sheet.name,
        headers=[*named, *[""] * (sheet.width - len(named))],
        parts=lambda: _parts(sheet.rows(), place),
        hidden=_hidden_firms(path, sheet, place),
    )


def _hidden_firms(path: Path, sheet: SheetRows, place: int) -> tuple[int, ...]:
    """The hidden rows that hold a firm."""
    hidden = {row for row in hidden_rows(path, sheet.name) if row > place + 1}
    if not hidden:
        return ()
    return tuple(
        number
        for number, row in enumerate(sheet.rows(), start=1)
        if number in hidden and any(cell != "" for cell in row)
    )


def _first_filled(sheet: SheetRows) -> Sequence[Any] | None:
    return next((row for row in sheet.rows() if any(cell != "" for cell in row)), None)


def _first_rows(sheet: SheetRows) -> list[Sequence[Any]]:
    return list(itertools.islice(sheet.rows(), HEADER_SEARCH))


def header_place(rows: Sequence[Sequence[Any]]) -> int | None:
    """Which of the first rows is that of the headers; None if none names at least three known columns."""
    # The first of equally good rows: a list may repeat its headers on every printed page.
    counts = [count_recognised(row) for row in rows]
    best = max(counts, default=0)
    return counts.index(best) if best >= LEAST_HEADERS else None


def _parts(rows: Iterable[Sequence[Any]], place: int) -> Iterator[Part]:
    """The rows below the headers, blank ones left out, with their numbers on the sheet (from 1)."""
    below = enumerate(itertools.islice(rows, place + 1, None), start=place + 2)
    filled = ((number, row) for number, row in below if any(cell != "" and str(cell).strip() for cell in row))
    while part := list(itertools.islice(filled, PART_ROWS)):
        yield [number for number, _ in part], [row for _, row in part]
