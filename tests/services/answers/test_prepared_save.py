"""Writes put into SQL once leave what Django's own would leave."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError
from django.db.models.signals import post_save

from survey.models import Case, Paradata, Response
from survey.services.answers.prepared_save import PreparedInsert, PreparedUpdate
from survey.services.answers.responses import open_response

UPDATE = PreparedUpdate(Response, ("answers", "revision", "saved_at"))
INSERT = PreparedInsert(Paradata)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def response(case: Case) -> Response:
    made = open_response(case=case)
    Response.objects.update(saved_at=LONG_AGO)
    return made


def test_named_fields_are_written_and_no_other(response: Response) -> None:
    for number in (1, 2):
        response.answers, response.revision, response.language = {"a": ["%s", "中", number]}, number, "en"
        UPDATE.save(response)
    stored = Response.objects.get()
    assert (stored.answers, stored.revision, stored.language) == ({"a": ["%s", "中", 2]}, 2, "")
    assert stored.saved_at == response.saved_at > LONG_AGO


def test_row_that_is_gone_is_no_success(response: Response) -> None:
    Response.objects.all().delete()
    with pytest.raises(DatabaseError):
        UPDATE.save(response)


def test_new_row_has_its_time_and_its_defaults(case: Case) -> None:
    INSERT.save(Paradata(case=case, event="saved", page="p", detail={"errors": ["too_long"]}))
    INSERT.save(Paradata(case=case, event="opened"))
    first, second = Paradata.objects.order_by("pk")
    assert (first.case, first.event, first.page, first.detail) == (case, "saved", "p", {"errors": ["too_long"]})
    assert (second.event, second.page, second.detail) == ("opened", "", {})
    assert LONG_AGO < first.at <= second.at


@pytest.fixture
def heard() -> Iterator[list[Any]]:
    heard: list[Any] = []

    def hear(instance: Any, **kwargs: Any) -> None:
        heard.append(instance)

    for model in (Response, Paradata):
        post_save.connect(hear, sender=model)
    yield heard
    for model in (Response, Paradata):
        post_save.disconnect(hear, sender=model)


def test_who_listens_for_a_model_hears_of_every_write(response: Response, heard: list[Any]) -> None:
    response.revision = 7
    UPDATE.save(response)
    assert (heard, Response.objects.get().revision) == ([response], 7)


def test_who_listens_for_a_model_hears_of_every_new_row(response: Response, heard: list[Any]) -> None:
    made = Paradata(case=response.case, event="saved")
    INSERT.save(made)
    assert (heard, Paradata.objects.filter(event="saved").count()) == ([made], 1)
