"""What every page knows about the installation."""

import pytest
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from survey.models import Survey, Wave
from survey.views.site import demonstration


@pytest.mark.parametrize("is_one", [True, False])
def test_database_is_asked_only_where_a_page_says_it(
    wave: Wave, is_one: bool, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Survey.objects.update(is_demonstration=is_one)
    with django_assert_num_queries(0):
        known = demonstration(RequestFactory().get("/"))
    with django_assert_num_queries(1):
        assert [bool(known["is_demonstration"]) for _time in range(2)] == [is_one, is_one]
