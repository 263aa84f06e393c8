"""Sessions of the questionnaire and of the office, read from the database at every request."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.utils import timezone

from config.sessions import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def key() -> str:
    store = SessionStore()
    store["case"] = 7
    store.save()
    assert store.session_key is not None
    return store.session_key


def test_session_is_read_again_by_its_key(key: str) -> None:
    assert SessionStore(key)["case"] == 7


def test_ended_session_is_empty_at_the_next_request(key: str) -> None:
    SessionStore(key).delete()
    assert SessionStore(key).get("case") is None


def test_session_that_was_ended_meanwhile_is_not_made_again(key: str) -> None:
    store = SessionStore(key)
    store["case"] = 8
    Session.objects.all().delete()
    with pytest.raises(UpdateError):
        store.save()


def test_session_past_its_time_is_empty(key: str) -> None:
    Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert SessionStore(key).get("case") is None
