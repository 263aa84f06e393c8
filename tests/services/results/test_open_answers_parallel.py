"""What was read is what leaves, also where it is corrected at that moment."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from survey.models import OpenAnswerDecision, Response, SamplingFrame, Wave
from survey.selectors.results.open_answers import OpenAnswer, open_answers_of, open_items
from survey.services.editing.corrections import NewValue, correct_answer
from survey.services.results.open_answers import OpenAnswerRefusedError, decide_open_answer
from survey.terms import Role
from tests.answered import answered_wave

MOMENT = 0.5
"""Seconds in which a decision that waits for nobody is made; on a slow machine it is only seen less surely."""


def decided(wave: Wave, one: OpenAnswer, author: User) -> None:
    try:
        decide_open_answer(
            wave=wave,
            response=one.response,
            item=one.item,
            written=one.written,
            leaves=True,
            text=one.text,
            author=author,
        )
    finally:
        connection.close()


@pytest.mark.usefixtures("parallel_database")
def test_answer_that_is_being_corrected_does_not_leave_as_it_was(
    wave: Wave, frame: Callable[..., SamplingFrame], office_user: Callable[[Role | str], User]
) -> None:
    answered_wave(wave, frame, firms=60, sample=30, answers=12)
    [one], author = open_answers_of(wave, open_items(wave)), office_user(Role.METHODOLOGIST)
    value = NewValue(given={one.item: "Without the name."}, reason="It named the firm.")
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            correct_answer(response=Response.objects.get(pk=one.response), item=one.item, value=value, actor=author)
            made: Future[None] = pool.submit(partial(decided, wave, one, author))
            wait([made], MOMENT)
        with pytest.raises(OpenAnswerRefusedError):
            made.result()
    assert not OpenAnswerDecision.objects.exists()
