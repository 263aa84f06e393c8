"""What firms have sent in for a wave, read once for all that is counted of it."""

from typing import Any

import numpy as np
import pandas as pd
from django.db.models import BigIntegerField, Q, Value, When
from django.db.models import Case as Choice
from django.db.models.functions import Cast

from survey.models import Response, Wave
from survey.selectors.fieldwork.territory import Somebody, own_cases
from survey.selectors.raw_columns import raw_columns
from survey.terms import Channel, ResponseStatus

# Returned and taken back too: the account of burden counts how often firms were turned to again.
SENT_IN = (ResponseStatus.SUBMITTED.value, ResponseStatus.RETURNED.value, ResponseStatus.TAKEN_BACK.value)
FLAGS = {
    "is_submitted": Q(status=ResponseStatus.SUBMITTED.value),
    "is_returned": Q(status=ResponseStatus.RETURNED.value),
    "is_on_web": Q(channel=Channel.WEB.value),
    "is_current": Q(is_current=True),
    "is_set_aside": Q(case__is_set_aside=True),
}


def returns_of(wave: Wave, user: Somebody) -> pd.DataFrame:
    """A row for each response to the wave that was ever submitted, of the cases that the user works on.

    Columns are ``at`` (when it was submitted, UTC), ``seconds``, and what is true of it: ``is_submitted`` and
    ``is_returned``, ``is_on_web``, ``is_current``, and ``is_set_aside``, which says that the answers of the case do
    not count; one query.
    """
    responses = Response.objects.filter(own_cases(user, "case__")).filter(case__wave=wave, status__in=SENT_IN)
    # Two values a row instead of seven: to make the objects takes longer than to read the rows.
    number: Any = Cast("seconds_spent", BigIntegerField())
    for holds in FLAGS.values():
        number = number * Value(2) + Choice(When(holds, then=Value(1)), default=Value(0))
    at, numbers = raw_columns(responses.order_by().values_list("submitted_at", number))
    rest, found = np.array(numbers, np.int64), {}
    for name in reversed(FLAGS):
        rest, part = np.divmod(rest, 2)
        found[name] = part.astype(bool)
    # SQLite gives texts, PostgreSQL times; both are made one here.
    times = pd.Series(pd.to_datetime(pd.Series(at, dtype=object), utc=True, format="ISO8601"))
    return pd.DataFrame({"at": times, "seconds": rest, **found})
