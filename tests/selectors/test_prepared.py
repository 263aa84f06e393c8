"""Queries that are put into SQL once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from survey.models import District, Wave
from survey.selectors.prepared import Parameter, PreparedQuery

pytestmark = pytest.mark.django_db


def districts_of(code: str) -> list[District]:
    return NAMED.all(code=code)


NAMED = PreparedQuery(lambda: District.objects.filter(code=Parameter("code", models.CharField())))
LATER = PreparedQuery(
    lambda: Wave.objects.select_related("survey").filter(closes_at__gt=Parameter("then", models.DateTimeField()))
)
CODES = PreparedQuery(lambda: District.objects.order_by("code").values_list("code", "name"))


def test_each_call_reads_by_its_own_values() -> None:
    made = [District.objects.create(code=code, name={"zh": code, "en": code}) for code in ("440303", "440305")]
    assert [districts_of("440303"), districts_of("440305"), districts_of("440399")] == [made[:1], made[1:], []]


def test_rows_read_as_those_of_the_query_itself() -> None:
    District.objects.create(code="440303", name={"zh": "罗湖区", "en": "Luohu"})
    assert CODES.all() == list(District.objects.order_by("code").values_list("code", "name"))


def test_related_rows_come_with_the_first_query(wave: Wave) -> None:
    with CaptureQueriesContext(
        connection,
    ) as made:
        (found,) = LATER.all(then=wave.closes_at - timedelta(seconds=1))
        assert (found, found.survey) == (wave, wave.survey)
    assert len(made) == 1


def test_moments_are_compared_as_the_database_keeps_them(wave: Wave) -> None:
    assert LATER.first(then=wave.closes_at) is None
    assert LATER.first(then=datetime(1990, 1, 1, tzinfo=UTC)) == wave
