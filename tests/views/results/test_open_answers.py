"""Open answers leave the office one by one, cleared by a person who has read them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from survey.models import OpenAnswerDecision, Response, SamplingFrame, StaffAction, Wave
from survey.selectors.results.open_answers import cleared_open_answers, open_answers_of, open_items
from survey.terms import Role
from tests.answered import answered_wave, sampled_wave

pytestmark = pytest.mark.usefixtures("unguarded")
PAGE = "/admin/dashboard/open-answers/"


@pytest.fixture
def answered(wave: Wave, frame: Callable[..., SamplingFrame]) -> Wave:
    """Of twelve firms two have written something."""
    answered_wave(wave, frame, firms=60, sample=30, answers=12)
    for response, text in zip(Response.objects.order_by("id"), ("甲公司 needs help", "More standards"), strict=False):
        response.answers = {**response.answers, "I_comment": text}
        response.save()
    return wave


def posted(wave: Wave, place: int, **more: str) -> dict[str, Any]:
    one = open_answers_of(wave, open_items(wave))[place]
    return {"response": one.response, "item": one.item, "written": one.written, "text": one.text, **more}


def test_nothing_leaves_before_somebody_has_read_it(answered: Wave, methodologist: Client) -> None:
    page = methodologist.get(PAGE).content.decode()
    assert ("甲公司 needs help" in page, "More standards" in page) == (True, True)
    assert cleared_open_answers(answered) == {}
    assert StaffAction.objects.get(verb="read_open_answers").detail == {"item": "", "state": "waits", "page": 1}


def test_answer_leaves_as_it_was_shortened(answered: Wave, methodologist: Client) -> None:
    place = [one.text for one in open_answers_of(answered, open_items(answered))].index("甲公司 needs help")
    methodologist.post(PAGE, posted(answered, place, text="needs help", leaves=""))
    assert cleared_open_answers(answered) == {"I_comment": ["needs help"]}
    assert "甲公司" not in methodologist.get(PAGE).content.decode()


def test_answer_that_is_kept_here_does_not_leave(answered: Wave, methodologist: Client) -> None:
    methodologist.post(PAGE, posted(answered, 0, stays=""))
    assert (OpenAnswerDecision.objects.get().text, cleared_open_answers(answered)) == ("", {})


def test_corrected_answer_waits_anew(answered: Wave, methodologist: Client) -> None:
    sent = posted(answered, 0, leaves="")
    methodologist.post(PAGE, sent)
    row = Response.objects.get(pk=sent["response"])
    row.answers = {**row.answers, "I_comment": "Another text"}
    row.save()
    assert cleared_open_answers(answered) == {}
    page = methodologist.post(PAGE, sent, follow=True).content.decode()
    assert ("not there any more" in page, OpenAnswerDecision.objects.count()) == (True, 1)


def test_empty_text_does_not_leave(answered: Wave, methodologist: Client) -> None:
    page = methodologist.post(PAGE, posted(answered, 0, text=" ", leaves=""), follow=True).content.decode()
    assert ("The text that is to leave is empty." in page, OpenAnswerDecision.objects.exists()) == (True, False)


def test_decision_that_names_no_answer_is_told_to_be_unreadable(answered: Wave, methodologist: Client) -> None:
    page = methodologist.post(PAGE, posted(answered, 0, response="x", leaves=""), follow=True).content.decode()
    assert ("The decision could not be read." in page, OpenAnswerDecision.objects.exists()) == (True, False)


def test_wave_that_asks_nothing_yet_has_no_list_and_takes_no_decision(
    wave: Wave, frame: Callable[..., SamplingFrame], methodologist: Client
) -> None:
    sampled_wave(wave, frame(), 24)
    Wave.objects.update(version=None)
    page = methodologist.get(PAGE)
    assert (page.status_code, page.templates[0].name) == (200, "results/no_answers.html")
    assert methodologist.post(PAGE).status_code == 404


def test_list_without_answers_says_so(answered: Wave, methodologist: Client) -> None:
    assert "No answer is listed." in methodologist.get(PAGE, {"state": "leaves"}).content.decode()


@pytest.mark.parametrize("role", [Role.ANALYST, Role.VIEWER, Role.DESIGNER])
def test_others_are_refused(
    answered: Wave, client: Client, office_user: Callable[[Role | str], User], role: Role
) -> None:
    client.force_login(office_user(role))
    assert client.get(PAGE).status_code == 403


def test_each_view_of_open_answers_is_written_down(answered: Wave, methodologist: Client) -> None:
    """Two views of one filter tell of what came in between."""
    methodologist.get(PAGE)
    methodologist.get(PAGE)
    assert StaffAction.objects.filter(verb="read_open_answers").count() == 2
