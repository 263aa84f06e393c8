"""What the change log tells of a wave: the state of its sample, and of each batch of its answers.

What was read of the log is kept with its last row, and later only rows behind it are read: a changed answer costs what
one row costs, however long the log has grown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.models import BigIntegerField, Case, Count, ExpressionWrapper, F, Max, OuterRef, Q, Subquery, When
from django.db.models.expressions import Combinable, CombinedExpression
from django.db.models.query import QuerySet

from survey.models import Change, Correction, Wave
from survey.models.change import LOGGED_TOGETHER
from survey.selectors.results.beside_batches import beside, lay_beside

RESPONSES = LOGGED_TOGETHER
"""Numbers of responses in a batch."""
WRITTEN = ("response", "correction")
State = tuple[int, int, datetime | None]
"""Of a set of rows their number, the newest id and the newest time."""
NOTHING: State = (0, 0, None)


@dataclass(frozen=True, kw_only=True)
class WaveLog:
    """The states of four sets of rows of the log, as far as `read`, all rows of the wave and of every wave, goes.

    sample  those that tell of anything but an answer or a correction of the wave: of its sample and its outcomes
    every   those that may concern every batch
    own     by batch those that name a row of it

    A state differs as soon as a row has joined its set. No change slips through, whoever wrote it:

    * A response is named by its own number, so a change of its answers, version, status or case, its return, the
      response that supersedes it and its deletion all stand with its batch, and stay there.
    * A correction is looked up for its response. One that is changed or deleted, against the custom, concerns every
      batch; so does a row whose wave is not known any more, and a migration, during which nothing is logged. A row of
      the log that tells of several responses (PostgreSQL) tells of ``LOGGED_TOGETHER`` at most, all of one batch.
    * Rows of the log are only added. What was read once stays counted, so a state never comes again.
    * The log is read before the answers. A batch may be newer than its state says, never older.
    * Who reads in the middle of a write that is then undone leaves a batch of what never was. The id of the undone
      row may be given again (SQLite does), the time not: the batch was coded between the two.

    Who belongs to the wave is not told by the log alone, see ``batches.belongs``.
    """

    read: State = NOTHING
    sample: State = NOTHING
    every: State = NOTHING
    own: Mapping[int, State] = field(default_factory=dict)


def log_of(wave: Wave) -> WaveLog:
    """The log as it is now; two queries, of which the second reads what is new."""
    # Batches are numbered by ``RESPONSES``.
    name = ("log", wave.pk, RESPONSES)
    found = beside(*name)
    known = found if isinstance(found, WaveLog) and _is_true(found, wave) else WaveLog()
    now = _with(known, wave, _rows(wave, known.read[1]))
    if now.read != known.read:
        lay_beside(now, *name)
    return now


def written_out(*states: State) -> str:
    """States as a text."""
    # By its timestamp: the same moment may come back in another time zone and would then look like a change.
    return repr([(count, newest, at and at.timestamp()) for count, newest, at in states])


def batch_number(number: Combinable) -> "ExpressionWrapper[CombinedExpression]":
    """The batch of a number of a response: whole division, as both databases do it with whole numbers."""
    return ExpressionWrapper(number / RESPONSES, output_field=BigIntegerField())


Row = tuple[int | None, str, int | None, int, int, datetime]
"""Of some rows of the log their wave, kind and batch; how many they are, the newest id and time."""


def _rows(wave: Wave, behind: int) -> Iterable[Row]:
    """Those behind a row of the log."""
    changes = _of_wave(wave).filter(id__gt=behind).annotate(batch=_concerned(wave)).values_list("wave", "kind", "batch")
    return changes.annotate(Count("id"), Max("id"), Max("at"))


def _of_wave(wave: Wave) -> QuerySet[Change]:
    return Change.objects.filter(Q(wave=wave) | Q(wave=None)).order_by()


def _with(known: WaveLog, wave: Wave, rows: Iterable[Row]) -> WaveLog:
    """The log with further rows."""
    read, sample, every, own = known.read, known.sample, known.every, dict(known.own)
    for of_wave, kind, batch, count, newest, at in rows:
        more = count, newest, at
        read = _joined(read, more)
        # A row that touches every wave (a district renamed, a migration) may change how firms are grouped.
        if of_wave is None or kind not in WRITTEN:
            sample = _joined(sample, more)
        if batch is not None:
            own[batch] = _joined(own.get(batch, NOTHING), more)
        elif kind in WRITTEN or (of_wave is None and kind == "migration"):
            every = _joined(every, more)
    return WaveLog(read=read, sample=sample, every=every, own=own)


def _joined(one: State, two: State) -> State:
    times = [at for at in (one[2], two[2]) if at is not None]
    return one[0] + two[0], max(one[1], two[1]), max(times, default=None)


def _concerned(wave: Wave) -> Case:
    """The batch that a change concerns; NULL is every one, or none."""
    corrected = Correction.objects.filter(pk=OuterRef("object_id")).annotate(batch=batch_number(F("response_id")))
    of_correction = Subquery(corrected.values("batch")[:1])
    # Batches that cut through what is logged together know of a single row only which of them it is of.
    alone = {} if RESPONSES % LOGGED_TOGETHER == 0 else {"row_count": 1}
    return Case(
        When(wave=wave, kind="response", **alone, then=batch_number(F("object_id"))),
        When(wave=wave, kind="correction", operation="insert", **alone, then=of_correction),
        default=None,
        output_field=BigIntegerField(),
    )


def _is_true(known: WaveLog, wave: Wave) -> bool:
    """Whether the log still begins with the rows that were read: none of them was undone, and none came between.

    SQLite shows rows in the order of their ids, so the last one tells. On PostgreSQL a row with a lower id may appear
    later: their number tells. The time tells an id that was given again, and a database from its backup.
    """
    count, newest, at = known.read
    if connection.vendor == "sqlite":
        return list(_of_wave(wave).filter(id=newest).values_list("at", flat=True)) == [at]
    found = _of_wave(wave).filter(id__lte=newest).aggregate(count=Count("id"), newest=Max("id"), at=Max("at"))
    return found == {"count": count, "newest": newest, "at": at}
