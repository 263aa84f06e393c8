"""Feedback of firms stands apart from their answers."""

import pytest

from survey.models import Case, Feedback, Paradata
from survey.services.answers.feedback import give_feedback
from survey.terms import Difficulty, PerceivedBurden
from tests.interrupted import half_written

pytestmark = pytest.mark.django_db


def test_feedback_is_kept_once_and_names_no_case(case: Case) -> None:
    for _ in range(2):
        give_feedback(case=case, burden=PerceivedBurden.HEAVY, difficulty=Difficulty.WORDS, remark=" Which year? ")
    row = Feedback.objects.get()
    assert (row.wave, row.burden, row.difficulty, row.remark) == (case.wave, "4", "words", "Which year?")
    assert "case" not in {field.name for field in Feedback._meta.get_fields()}
    assert [event.detail for event in Paradata.objects.filter(event="feedback")] == [{}]


def test_nothing_said_is_nothing_kept(case: Case) -> None:
    assert give_feedback(case=case, burden=None, difficulty=None, remark="  ") is False
    assert Feedback.objects.count() + Paradata.objects.filter(event="feedback").count() == 0


def test_remark_that_is_too_long_is_cut(case: Case) -> None:
    assert give_feedback(case=case, burden=None, difficulty=None, remark="字" * 1001) is True
    assert Feedback.objects.get().remark == "字" * 1000


def test_feedback_that_ends_half_way_can_be_given_again(case: Case) -> None:
    assert half_written(lambda: give_feedback(case=case, burden=None, difficulty=None, remark="Which year?")) == []
