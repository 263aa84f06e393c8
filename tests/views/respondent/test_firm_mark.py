"""The mark of a firm in its pages tells firms apart and nobody their keys."""

import pytest

from survey.models import Case
from survey.views.respondent.firm_mark import firm_mark, is_marked_for

pytestmark = pytest.mark.django_db


def test_page_belongs_to_the_firm_of_its_mark_alone(cases: list[Case]) -> None:
    first, second = cases[:2]
    assert [is_marked_for(first, mark) for mark in (firm_mark(first), firm_mark(second), "")] == [True, False, False]


def test_mark_is_short_and_says_nothing_of_the_key(cases: list[Case], settings: object) -> None:
    mark = firm_mark(cases[0])
    assert (len(mark), mark in cases[0].key.hex) == (16, False)
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
    assert firm_mark(cases[0]) != mark
