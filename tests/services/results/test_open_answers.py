"""An open answer leaves only as a person has read and let it out."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User

from survey.models import OpenAnswerDecision, Response, SamplingFrame, StaffAction, Wave
from survey.selectors.results.open_answers import OpenAnswer, open_answers_of, open_items
from survey.services.results.open_answers import OpenAnswerRefusedError, decide_open_answer
from survey.terms import Role
from tests.answered import answered_wave
from tests.interrupted import half_written

pytestmark = pytest.mark.usefixtures("unguarded")


@pytest.fixture
def author(office_user: Callable[[Role | str], User]) -> User:
    return office_user(Role.METHODOLOGIST)


@pytest.fixture
def one(wave: Wave, frame: Callable[..., SamplingFrame]) -> OpenAnswer:
    """The one answer in words of twelve firms."""
    answered_wave(wave, frame, firms=60, sample=30, answers=12)
    [found] = open_answers_of(wave, open_items(wave))
    return found


def decide(wave: Wave, one: OpenAnswer, author: User, **more: Any) -> OpenAnswerDecision:
    given = {"response": one.response, "item": one.item, "written": one.written, "leaves": True, "text": " Short. "}
    return decide_open_answer(wave=wave, author=author, **{**given, **more})


def test_answer_leaves_as_it_was_shortened(wave: Wave, one: OpenAnswer, author: User) -> None:
    made = decide(wave, one, author)
    assert (made.leaves, made.text, made.written, made.author) == (True, "Short.", one.written, author)
    assert StaffAction.objects.get(verb="decide_open_answer").detail == {
        "item": "I_comment", "leaves": True, "decision": made.pk,
    }  # fmt: skip


def test_answer_that_stays_keeps_no_text(wave: Wave, one: OpenAnswer, author: User) -> None:
    assert decide(wave, one, author, leaves=False).text == ""
    assert decide(wave, one, author, leaves=False, text="").leaves is False


@pytest.mark.parametrize(
    ("given", "code"),
    [({"written": "other"}, "not_there"), ({"item": "B1_severity"}, "not_there"), ({"text": " "}, "no_text")],
)
def test_nothing_leaves_that_was_not_read_or_is_empty(
    wave: Wave, one: OpenAnswer, author: User, given: dict[str, str], code: str
) -> None:
    with pytest.raises(OpenAnswerRefusedError) as refused:
        decide(wave, one, author, **given)
    assert (refused.value.code, OpenAnswerDecision.objects.count()) == (code, 0)


def test_answer_of_another_firm_is_not_that_one(wave: Wave, one: OpenAnswer, author: User) -> None:
    other = Response.objects.exclude(pk=one.response)[0]
    with pytest.raises(OpenAnswerRefusedError):
        decide(wave, one, author, response=other.pk)


def test_answer_is_let_out_with_its_entry_in_the_history_or_not_at_all(
    wave: Wave, one: OpenAnswer, author: User
) -> None:
    assert half_written(lambda: decide(wave, one, author)) == []
