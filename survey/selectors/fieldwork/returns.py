"""What firms have sent in for a wave, read once for all that is counted of it."""

import pandas as pd

from survey.models import Response, Wave
from survey.selectors.fieldwork.territory import Somebody, own_cases
from survey.selectors.raw_rows import raw_rows
from survey.terms import ResponseStatus

# Returned and taken back too: the account of burden counts how often firms were turned to again.
SENT_IN = (ResponseStatus.SUBMITTED.value, ResponseStatus.RETURNED.value, ResponseStatus.TAKEN_BACK.value)
FIELDS = {
    "at": "submitted_at",
    "seconds": "seconds_spent",
    "channel": "channel",
    "status": "status",
    "is_current": "is_current",
    "is_set_aside": "case__is_set_aside",
}


def returns_of(wave: Wave, user: Somebody) -> pd.DataFrame:
    """A row for each response to the wave that was ever submitted, of the cases that the user works on.

    Columns are ``at`` (when it was submitted, UTC), ``seconds``, ``channel``, ``status``, ``is_current``, and
    ``is_set_aside``, which says that the answers of the case do not count; one query.
    """
    responses = Response.objects.filter(own_cases(user, "case__")).filter(case__wave=wave, status__in=SENT_IN)
    # Raw: converting fifty thousand times one by one takes longer than reading them.
    rows = raw_rows(responses.order_by().values_list(*FIELDS.values()))
    found = pd.DataFrame.from_records(rows, columns=list(FIELDS))
    return found.assign(
        # SQLite gives texts, PostgreSQL times; both are made one here.
        at=pd.to_datetime(found["at"], utc=True, format="ISO8601"),
        is_current=found["is_current"].astype(bool),
        is_set_aside=found["is_set_aside"].astype(bool),
    )
