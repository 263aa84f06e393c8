"""The answers of all batches of a wave side by side; of many responses they lie beside the batches, joined already.

What lies there names the batches that it was joined from, each of which says by its name of what state it is. So it is
true as long as a batch is, and where one answer was corrected the columns of that answer alone are made anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from survey.methods.arrays import Floats, Ints, Number
from survey.methods.coding import CodedAnswers
from survey.methods.extract import Coded
from survey.models import Wave
from survey.selectors.results.batch_files import Batch
from survey.selectors.results.batches import StoredBatches, all_among
from survey.selectors.results.beside_batches import beside, forget_beside, lay_beside
from survey.selectors.results.postponed import is_emptied_since, word

MANY_FIRMS = 20_000
"""Responses from which on codes are held in one byte, where an item has few of them, and joined answers are stored."""
MOST_NARROW = 100
"""Codes that fit into one byte, with room for those that stand for no answer or for a rest."""


class _Columns(NamedTuple):
    """Columns of many responses: their cases, the codes of each coded one, and the numbers of each other."""

    cases: Ints
    codes: list[Ints]
    values: list[Floats]

    def part(self, rows: slice) -> "_Columns":
        return _Columns(self.cases[rows], [row[rows] for row in self.codes], [row[rows] for row in self.values])

    def fill(self, rows: slice, content: "Batch | _Columns") -> None:
        self.cases[rows] = content.cases
        for mine, others in ((self.codes, content.codes), (self.values, content.values)):
            for row, other in zip(mine, others, strict=True):
                row[rows] = other


@dataclass(frozen=True, kw_only=True, eq=False)
class JoinedBatches:
    """Columns with what they were joined from: by the name of each batch its rows, in order. `kind` names what the
    columns follow from, `is_in_order` tells that rows stand as they do in the batches."""

    kind: str
    batches: Mapping[str, int]
    is_in_order: bool
    columns: _Columns


def joined_answers(wave: Wave, stored: StoredBatches, empty: CodedAnswers) -> tuple[Ints, CodedAnswers]:
    """The cases in their order and the columns of their answers, as `empty` has them; without a batch these are
    empty."""
    whole = _many(wave, stored, empty) if stored.rows >= MANY_FIRMS else _joined(stored, empty, stored.rows)
    columns = zip(empty.items.items(), whole.columns.codes, strict=True)
    items = {name: Coded(row, column.labels) for (name, column), row in columns}
    return whole.columns.cases, CodedAnswers(items, dict(zip(empty.values, whole.columns.values, strict=True)))


def _many(wave: Wave, stored: StoredBatches, empty: CodedAnswers) -> JoinedBatches:
    """From where they lie joined, as far as that is of the present state; what is made anew takes its place."""
    name, kind = ("answers", wave.pk), stored.kind.name
    found = beside(*name)
    known = found if isinstance(found, JoinedBatches) and found.kind == kind else None
    # A case that has left the wave takes its response with it, without a change of the response.
    if known is not None and not all_among(known.columns.cases, stored.cases):
        known = None
    counts = {name: stored.count(name) for name in stored.names}
    if known is not None and list(known.batches.items()) == list(counts.items()):
        return known
    begun = word()
    made = known and _patched(known, stored)
    if made is None:
        made = _joined(stored, empty, stored.rows)
    lay_beside(made, *name)
    if is_emptied_since(begun):
        # Answers were erased meanwhile, and what was joined before must not stay.
        forget_beside(*name)
        return made
    # As it lies there, like the sample.
    laid = beside(*name)
    return laid if isinstance(laid, JoinedBatches) and (laid.kind, laid.batches) == (made.kind, made.batches) else made


def _patched(known: JoinedBatches, stored: StoredBatches) -> JoinedBatches | None:
    """The same where some batches have other answers of the same cases; columns that no answer has changed in are
    those that lie there. None where the batches are others, or have other cases."""
    names = list(stored.names)
    if not known.is_in_order or [_number(each) for each in known.batches] != [_number(each) for each in names]:
        return None
    ends = np.cumsum([0, *known.batches.values()]).tolist()
    before = zip(known.batches.items(), names, strict=True)
    other = [place for place, (one, name) in enumerate(before) if one != (name, stored.count(name))]
    codes, values = known.columns.codes, known.columns.values
    for place, batch in zip(other, stored.read([names[place] for place in other]), strict=True):
        rows = slice(ends[place], ends[place + 1])
        if not np.array_equal(known.columns.cases[rows], batch.cases):
            return None
        codes = [_with(column, rows, other) for column, other in zip(codes, batch.codes, strict=True)]
        values = [_with(column, rows, other) for column, other in zip(values, batch.values, strict=True)]
    batches = dict(zip(names, known.batches.values(), strict=True))
    return replace(known, batches=batches, columns=_Columns(known.columns.cases, codes, values))


def _with(column: NDArray[Number], rows: slice, values: NDArray[Any]) -> NDArray[Number]:
    """The column with these values in some rows; itself where it has them."""
    if np.array_equal(column[rows], values, equal_nan=True):
        return column
    # What lies beside the batches is shared, and read only.
    found = column if column.flags.writeable else column.copy()
    found[rows] = values
    return found


def _number(name: str) -> str:
    return name.partition("-")[0]


def _joined(stored: StoredBatches, empty: CodedAnswers, rows: int) -> JoinedBatches:
    """There are about so many `rows`; each batch is read as it comes, so that the answers do not take their room
    twice."""
    batches: dict[str, int] = {}
    whole, read = _room(empty, rows), 0
    for name, batch in zip(stored.names, stored.read(stored.names), strict=True):
        end = read + len(batch.cases)
        if end > len(whole.cases):
            # More were submitted since they were counted.
            before, whole = whole, _room(empty, end)
            whole.fill(slice(read), before.part(slice(read)))
        whole.fill(slice(read, end), batch)
        batches[name], read = end - read, end
    whole = whole.part(slice(read))
    # Batches go by number of response and a case may have moved between them; whoever joins the sample wants cases
    # ascending.
    is_in_order = not (np.diff(whole.cases) <= 0).any()
    if not is_in_order:
        order = np.argsort(whole.cases)
        for row in (whole.cases, *whole.codes, *whole.values):
            row[:] = row[order]
    return JoinedBatches(kind=stored.kind.name, batches=batches, is_in_order=is_in_order, columns=whole)


def _room(columns: CodedAnswers, rows: int) -> _Columns:
    """Arrays to be filled."""
    return _Columns(
        cases=np.empty(rows, np.int64),
        # Of many firms codes are most of what a wave takes, and read for every figure.
        codes=[np.empty(rows, _width(column.labels, rows)) for column in columns.items.values()],
        values=[np.empty(rows) for _name in columns.values],
    )


def _width(labels: Sequence[str], rows: int) -> type[np.signedinteger[Any]]:
    return np.int8 if len(labels) <= MOST_NARROW and rows >= MANY_FIRMS else np.int16
