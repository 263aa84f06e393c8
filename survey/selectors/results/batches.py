"""The coded answers of a wave, stored in batches that all workers share; only a batch that changed is coded again."""

import hashlib
import logging
import shutil
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from survey.methods.arrays import Floats, Ints
from survey.methods.asking import Rule, states_by
from survey.methods.coding import CodedAnswers, Column, code_answers
from survey.methods.extract import Coded
from survey.models import Response, Wave
from survey.selectors.results.batch_files import PARTIAL, Batch, read_batch, write_batch
from survey.selectors.results.batch_index import BatchIndex, Counted, numbers_of
from survey.selectors.results.unsearched import unsearched

AT_ONCE = 250
"""Documents that are coded together."""
MANY_FIRMS = 20_000
"""Responses from which on codes are held in one byte, where an item has few of them."""
MOST_NARROW = 100
"""Codes that fit into one byte, with room for those that stand for no answer or for a rest."""
LEFT_BEHIND_SECONDS = 3600
"""No file takes as long to write; what is older was left by a process that was killed."""
Documents = Iterable[tuple[int, Mapping[str, Any]]]
logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, eq=False)
class Coding:
    """How answers become columns: the columns of the answers, and by item the rule that leads to it."""

    columns: Sequence[Column]
    rules: Mapping[str, Rule]

    def code(self, documents: Sequence[Mapping[str, Any]]) -> CodedAnswers:
        """The answers of a batch, and of every item how it ended with each firm."""
        coded = code_answers(self.columns, documents)
        return CodedAnswers({**coded.items, **states_by(self.rules, documents)}, coded.values)

    def batch(self, documents: Documents) -> Batch:
        """The batch of these (case, answers)."""
        rest, portions = iter(documents), [self._portion(())]
        # Few at a time: what was just read is coded while it is at hand, and no batch of documents is held.
        with unsearched():
            while portion := list(islice(rest, AT_ONCE)):
                portions.append(self._portion(portion))
        return Batch(
            cases=np.concatenate([each.cases for each in portions]),
            codes=np.concatenate([each.codes for each in portions], axis=1),
            values=np.concatenate([each.values for each in portions], axis=1),
        )

    def _portion(self, documents: Sequence[tuple[int, Mapping[str, Any]]]) -> Batch:
        coded = self.code([answers for _case, answers in documents])
        items, values = [column.codes for column in coded.items.values()], list(coded.values.values())
        return Batch(
            cases=np.array([case for case, _answers in documents], np.int64),
            codes=np.array(items, np.int16).reshape(len(items), len(documents)),
            values=np.array(values, float).reshape(len(values), len(documents)),
        )


def coded_batches(
    wave: Wave,
    *,
    index: BatchIndex,
    counted: Counted,
    digests: Iterable[object],
    cases: Ints,
    make: Callable[[QuerySet[Response]], Batch],
) -> Iterator[Batch]:
    """The batches of the counted responses of a wave, from their files where these are of the present state; one after
    the other, since each is a file that stays open as long as it is held.

    ``index`` was read before the answers. ``digests`` name all that the columns follow from, ``cases`` are those of the
    wave, ascending, and ``make`` codes responses.
    """
    folder = folder_of(wave, digests)
    names = {batch: f"{batch}-{index.state_of(batch)}" for batch in index.batches}
    for batch, one in index.batches.items():
        found = read_batch(folder / names[batch])
        if found is None or not belongs(found, one.count, cases):
            # Read after the index: what was submitted in between may make the batch newer than its name says, never
            # older.
            found = _keep(folder / names[batch], make(counted(numbers_of(batch))))
        yield found
    _sweep(folder, set(names.values()))


def belongs(batch: Batch, count: int, cases: Ints) -> bool:
    """Whether a stored batch of the present state has exactly the counted responses, ``count`` in number.

    A case that moves to another wave takes its response with it without a change of the response. The responses of
    the batch are unchanged, so those whose case is in the wave are counted; and as many as are counted are all.
    """
    if len(batch.cases) != count or not len(cases):
        return len(batch.cases) == count == 0
    places = np.minimum(np.searchsorted(cases, batch.cases), len(cases) - 1)
    return bool((cases[places] == batch.cases).all())


class _Columns(NamedTuple):
    """Columns of many responses: their cases, the codes of each coded one, and the numbers of each other."""

    cases: Ints
    codes: list[Ints]
    values: list[Floats]


def joined(batches: Iterable[Batch], coding: Coding, *, rows: int) -> tuple[Ints, CodedAnswers]:
    """The cases in their order and the columns of their answers; without a batch these are empty. There are about so
    many ``rows``; each batch is read as it comes, so that the answers do not take their room twice."""
    empty, read = coding.code(()), 0
    whole = _room(empty, rows)
    for batch in batches:
        end = read + len(batch.cases)
        if end > len(whole.cases):
            # More were submitted since they were counted.
            before, whole = whole, _room(empty, end)
            _fill(whole, slice(read), _part(before, slice(read)))
        _fill(whole, slice(read, end), batch)
        read = end
    whole = _part(whole, slice(read))
    # Batches go by number of response and a case may have moved between them; whoever joins the sample wants cases
    # ascending.
    if (np.diff(whole.cases) <= 0).any():
        order = np.argsort(whole.cases)
        for row in (whole.cases, *whole.codes, *whole.values):
            row[:] = row[order]
    columns = zip(empty.items.items(), whole.codes, strict=True)
    items = {name: Coded(row, column.labels) for (name, column), row in columns}
    return whole.cases, CodedAnswers(items, dict(zip(empty.values, whole.values, strict=True)))


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


def _part(columns: _Columns, rows: slice) -> _Columns:
    return _Columns(
        cases=columns.cases[rows],
        codes=[row[rows] for row in columns.codes],
        values=[row[rows] for row in columns.values],
    )


def _fill(columns: _Columns, rows: slice, content: Batch | _Columns) -> None:
    columns.cases[rows] = content.cases
    for mine, others in ((columns.codes, content.codes), (columns.values, content.values)):
        for row, other in zip(mine, others, strict=True):
            row[rows] = other


def folder_of(wave: Wave, digests: Iterable[object]) -> Path:
    """Where the batches of a wave are that were coded by this program into the columns of these versions."""
    return _root() / str(wave.pk) / _digest(settings.FINGERPRINT, *digests)


def remove_old_batches(folders: Collection[Path]) -> None:
    """Remove what is in none of these folders, and what a process left behind that ended while it wrote."""
    for folder in _root().glob("*/*"):
        if folder not in folders:
            shutil.rmtree(folder, ignore_errors=True)
    for folder in _root().glob("*"):
        if not any(folder.iterdir()):
            shutil.rmtree(folder, ignore_errors=True)
    for partial in _root().glob(f"*/*/{PARTIAL}*"):
        # By age, because nothing else tells a file that is being written from one whose writer was killed.
        if partial.stat().st_mtime < time.time() - LEFT_BEHIND_SECONDS:
            partial.unlink(missing_ok=True)


def _root() -> Path:
    """The folder of this database: two databases may have a wave of the same number."""
    place = [connection.settings_dict[part] for part in ("ENGINE", "HOST", "PORT", "NAME")]
    return Path(settings.EXTRACT_DIR) / _digest(*place)


def _digest(*parts: object) -> str:
    # Not by the site's algorithm: the name of a folder for a while is nothing that anybody has to recognise later.
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def _keep(path: Path, batch: Batch) -> Batch:
    """The batch as it is read from the file that is written of it: those of a first extract would otherwise take the
    room of all answers before they are joined.

    Where it cannot be written it is given as it is, and the next reader codes again, which costs time and hides no
    figure.
    """
    try:
        write_batch(path, batch)
    except OSError:
        logger.exception("A batch of coded answers cannot be stored")
        return batch
    return read_batch(path) or batch


def _sweep(folder: Path, names: Collection[str]) -> None:
    """Remove batches of another state: superseded, or of responses that count no longer."""
    # Names of batches begin with their number; what another worker is writing just now begins with a point, and stays.
    for path in folder.glob("[0-9]*"):
        if path.name not in names:
            path.unlink(missing_ok=True)
