"""Sessions as Django keeps them in the database, read by a query that is put into SQL once.

Every page of the questionnaire reads its session. The row is read each time, not kept in a cache: a session that was
ended on one worker is ended on all of them.
"""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import InterfaceError, OperationalError
from django.db.models import CharField, DateTimeField, QuerySet
from django.utils import timezone

from survey.selectors.prepared import Parameter, PreparedQuery


class SessionStore(db.SessionStore):
    """The session of one cookie."""

    def _get_session_from_db(self) -> Any:
        found = _LIVE.first(key=self.session_key, now=timezone.now())
        if found is None:
            # As Django does: whoever made the number up must not get a session of that number.
            self._session_key = None
        return found

    def save(self, must_create: bool = False) -> None:
        """As the library does, which takes a database that is away for a session that somebody ended: that would be
        answered with 400 instead of 503."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, OperationalError | InterfaceError):
                raise error.__context__ from None
            raise


def _live() -> QuerySet[Any]:
    sessions = SessionStore.get_model_class().objects
    return sessions.filter(pk=Parameter("key", CharField()), expire_date__gt=Parameter("now", DateTimeField()))


_LIVE = PreparedQuery(_live)
