"""The coded answers of a wave, stored in batches that all workers share; only a batch that changed is coded again."""

import hashlib
import logging
import shutil
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from survey.methods.arrays import Ints
from survey.methods.asking import Rule, states_by
from survey.methods.coding import CodedAnswers, Column, code_answers
from survey.models import Response, Wave
from survey.selectors.results.batch_files import PARTIAL, Batch, read_batch, write_batch
from survey.selectors.results.batch_index import BatchIndex, Counted, numbers_of
from survey.selectors.results.unsearched import unsearched

AT_ONCE = 250
"""Documents that are coded together."""
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


@dataclass(frozen=True, kw_only=True, eq=False)
class StoredBatches:
    """The batches of the counted responses of a wave, from their files where these are of the present state.

    `index` was read before the answers. `kind` is the folder that is named by all that the columns follow from, `cases`
    are those of the wave, ascending, and `make` codes responses.
    """

    index: BatchIndex
    counted: Counted
    kind: Path
    cases: Ints
    make: Callable[[QuerySet[Response]], Batch]

    @property
    def rows(self) -> int:
        """Responses of all of them, as they were counted."""
        return sum(one.count for one in self.index.batches.values())

    @cached_property
    def names(self) -> dict[str, int]:
        """The number of each by its name, which tells its state."""
        return {f"{batch}-{self.index.state_of(batch)}": batch for batch in self.index.batches}

    def count(self, name: str) -> int:
        """The responses of one of them, as they were counted."""
        return self.index.batches[self.names[name]].count

    def read(self, names: Iterable[str]) -> Iterator[Batch]:
        """Those of these names, one after the other, since each is a file that stays open as long as it is held; what
        has been superseded goes."""
        for name in names:
            found = read_batch(self.kind / name)
            if found is None or not belongs(found, self.count(name), self.cases):
                # Read after the index: what was submitted in between may make the batch newer than its name says, never
                # older.
                found = _keep(self.kind / name, self.make(self.counted(numbers_of(self.names[name]))))
            yield found
        _sweep(self.kind, self.names)


def belongs(batch: Batch, count: int, cases: Ints) -> bool:
    """Whether a stored batch of the present state has exactly the counted responses, ``count`` in number.

    A case that moves to another wave takes its response with it without a change of the response. The responses of
    the batch are unchanged, so those whose case is in the wave are counted; and as many as are counted are all.
    """
    return len(batch.cases) == count and all_among(batch.cases, cases)


def all_among(some: Ints, cases: Ints) -> bool:
    """Whether some cases are all among others, which are ascending."""
    if not len(some) or not len(cases):
        return not len(some)
    places = np.minimum(np.searchsorted(cases, some), len(cases) - 1)
    return bool((cases[places] == some).all())


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
