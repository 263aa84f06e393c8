"""Which batches the counted answers of a wave make: of each its state, how many answers it has, and of which versions.

A batch is a range of numbers of responses, not of cases: what came in today has the highest numbers, so a day's
responses are a batch or two, while their cases lie anywhere in the sample.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Count, F, Q
from django.db.models.query import QuerySet

from survey.models import Response, Wave
from survey.selectors.results import wave_log
from survey.selectors.results.beside_batches import beside, lay_beside
from survey.selectors.results.wave_log import WaveLog, batch_number, written_out

Counted = Callable[[Q | None], QuerySet[Response]]
"""The counted responses of a wave: all of them, or those of some numbers."""
AT_ONCE = 100
"""Batches that are looked for by their numbers; of more, all are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedBatch:
    """The counted responses of a batch: how many, at least one, and the versions that they are of."""

    count: int
    versions: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchIndex:
    """The batches of a wave that have counted responses, and the state of every batch that the log names.

    `shared` is the state of what concerns all of them: the sample too, since a case that changes can bring or take a
    response that does not.
    """

    shared: str
    every: str
    states: Mapping[int, str]
    batches: Mapping[int, CountedBatch]

    @property
    def versions(self) -> list[int]:
        """All versions that have a counted response."""
        return sorted({version for one in self.batches.values() for version in one.versions})

    def state_of(self, batch: int) -> str:
        """What differs as soon as an answer or a correction of the batch has changed."""
        # SHA-256 whatever the site has chosen: the name of a file for a while, which nobody has to recognise later.
        return hashlib.sha256(f"{self.every} {self.states.get(batch, '')}".encode()).hexdigest()[:32]


def index_of(wave: Wave, counted: Counted, log: WaveLog) -> BatchIndex:
    """The batches of the counted responses by the log as it was read before; only those whose state has changed are
    counted again."""
    name = "batches", wave.pk, wave_log.RESPONSES
    known = beside(*name)
    found = _index(log, counted, known if isinstance(known, BatchIndex) else None)
    # Only where it differs: readers are many, and each of them would write.
    if found != known:
        lay_beside(found, *name)
    return found


def _index(log: WaveLog, counted: Counted, known: BatchIndex | None) -> BatchIndex:
    shared, states = written_out(log.sample, log.every), {batch: written_out(own) for batch, own in log.own.items()}
    changed = [batch for batch, state in states.items() if known is None or known.states.get(batch) != state]
    # Of many changes one count over all is cheaper than a condition of as many ranges.
    if known is None or known.shared != shared or len(changed) > AT_ONCE:
        batches = _counted(counted(None))
    # What counted before and does not now leaves its batch empty: that one must go, not stay as it was.
    elif changed:
        again = _counted(counted(reduce(or_, map(numbers_of, changed))))
        batches = {batch: one for batch, one in known.batches.items() if batch not in changed} | again
    else:
        batches = dict(known.batches)
    return BatchIndex(shared=shared, every=written_out(log.every), states=states, batches=dict(sorted(batches.items())))


def _counted(counted: QuerySet[Response]) -> dict[int, CountedBatch]:
    """By batch its counted responses; one query."""
    groups = counted.order_by().annotate(batch=batch_number(F("id"))).values_list("batch", "version")
    return _by_batch(groups.annotate(Count("id")).order_by("batch", "version"))


def _by_batch(rows: Iterable[tuple[int, int, int]]) -> dict[int, CountedBatch]:
    found: dict[int, CountedBatch] = {}
    for batch, version, count in rows:
        known = found.get(batch, CountedBatch(count=0, versions=()))
        found[batch] = CountedBatch(count=known.count + count, versions=(*known.versions, version))
    return found


def numbers_of(batch: int) -> Q:
    """The numbers of the responses of a batch."""
    size = wave_log.RESPONSES
    return Q(id__gte=batch * size, id__lt=(batch + 1) * size)
