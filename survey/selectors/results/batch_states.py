"""Which batches the counted answers of a wave make, and the state of each: what a stored batch is known by.

A batch is a range of numbers of responses, not of cases: what came in today has the highest numbers, so a day's
responses are a batch or two, while their cases lie anywhere in the sample.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.db.models import BigIntegerField, Case, Count, ExpressionWrapper, F, Max, OuterRef, Q, Subquery, When
from django.db.models.expressions import Combinable, CombinedExpression
from django.db.models.query import QuerySet

from survey.models import Change, Correction, Response, Wave
from survey.models.change import LOGGED_TOGETHER

RESPONSES = LOGGED_TOGETHER
"""Numbers of responses in a batch."""
NOTHING = (0, 0, None)
WRITTEN = ("response", "correction")
State = tuple[int, int, datetime | None]


def counts_of(counted: QuerySet[Response]) -> dict[int, int]:
    """By number of the batch how many counted responses it has, which is at least one; one query."""
    batches = counted.order_by().annotate(batch=_batch(F("id"))).values_list("batch")
    return dict(batches.annotate(Count("id")).order_by("batch"))


def among(counted: QuerySet[Response], batch: int) -> QuerySet[Response]:
    """The counted responses of a batch."""
    return counted.filter(id__gte=batch * RESPONSES, id__lt=(batch + 1) * RESPONSES)


def states_of(wave: Wave, batches: Mapping[int, int]) -> dict[int, str]:
    """By batch what differs as soon as an answer or a correction of it has changed; one query.

    It is made of the number, the newest id and the newest time of two sets of rows of the change log: those that name
    a row of this batch, and those that may concern every batch. No change slips through, whoever wrote it:

    * A response is named by its own number, so a change of its answers, version, status or case, its return, the
      response that supersedes it and its deletion all stand with its batch, and stay there.
    * A correction is looked up for its response. One that is changed or deleted, against the custom, concerns every
      batch; so does a row whose wave is not known any more, and a migration, during which nothing is logged. A row of
      the log that tells of several responses (PostgreSQL) tells of ``LOGGED_TOGETHER`` at most, all of one batch.
    * Rows of the log are only added. A row leaves the set of a batch only with such a change of a correction, which
      adds to the other set. So one of the two sets grows with every change and a state never comes again.
    * The state is read before the answers. A batch may be newer than its state says, never older.
    * Who reads in the middle of a write that is then undone leaves a batch of what never was. The id of the undone
      row may be given again (SQLite does), the time not: the batch was coded between the two.

    Who belongs to the wave is not told by the log alone, see ``batches.belongs``.
    """
    every, own = NOTHING, dict[int, State]()
    changes = _changes(wave).annotate(batch=_concerned(wave)).values_list("batch")
    for batch, *state in changes.annotate(Count("id"), Max("id"), Max("at")):
        if batch is None:
            every = tuple(state)
        else:
            own[batch] = tuple(state)
    return {batch: _written_out(every, own.get(batch, NOTHING)) for batch in batches}


def _changes(wave: Wave) -> QuerySet[Change]:
    """The changes of answers and corrections of the wave, and those that may be of any wave."""
    known = Q(wave=wave, kind__in=WRITTEN)
    return Change.objects.filter(known | Q(wave=None, kind__in=(*WRITTEN, "migration"))).order_by()


def _concerned(wave: Wave) -> Case:
    """The batch that a change concerns; NULL is every one."""
    corrected = Correction.objects.filter(pk=OuterRef("object_id")).annotate(batch=_batch(F("response_id")))
    of_correction = Subquery(corrected.values("batch")[:1])
    # Batches that cut through what is logged together know of a single row only which of them it is of.
    alone = {} if RESPONSES % LOGGED_TOGETHER == 0 else {"row_count": 1}
    return Case(
        When(wave=wave, kind="response", **alone, then=_batch(F("object_id"))),
        When(wave=wave, kind="correction", operation="insert", **alone, then=of_correction),
        default=None,
        output_field=BigIntegerField(),
    )


def _batch(number: Combinable) -> "ExpressionWrapper[CombinedExpression]":
    """Whole division, as both databases do it with whole numbers."""
    return ExpressionWrapper(number / RESPONSES, output_field=BigIntegerField())


def _written_out(*states: State) -> str:
    written = [(count, newest, at and at.timestamp()) for count, newest, at in states]
    return hashlib.sha256(repr(written).encode()).hexdigest()[:32]
