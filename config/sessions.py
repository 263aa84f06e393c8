"""Sessions as Django keeps them in the database, read by a query that is put into SQL once.

Every page of the questionnaire reads its session. The row is read each time, not kept in a cache: a session that was
ended on one worker is ended on all of them.
"""

from typing import Any

from django.contrib.sessions.backends import db
from django.db.models import CharField, DateTimeField, QuerySet
from django.utils import timezone

from survey.selectors.prepared import Parameter, PreparedQuery


class SessionStore(db.SessionStore):
    """The session of one cookie."""

    def _get_session_from_db(self) -> Any:
        found = _LIVE.first(key=self.session_key, now=timezone.now())
        if found is None:
            self._session_key = None
        return found


def _live() -> QuerySet[Any]:
    sessions = SessionStore.get_model_class().objects
    return sessions.filter(pk=Parameter("key", CharField()), expire_date__gt=Parameter("now", DateTimeField()))


_LIVE = PreparedQuery(_live)
