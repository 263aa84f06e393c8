"""The burden account counts what firms spent on the web, page by page, and no night."""

from typing import Any

import pytest

from survey.instrument.answers import Parsed
from survey.models import Case, Response, Wave
from survey.selectors.fieldwork.burden import Burden, burden_of, burden_of_questionnaire
from survey.services.answers.responses import LONGEST_STAY, PageInput, save_answers
from survey.terms import Channel, ResponseStatus
from tests.tiny_survey import TINY
from tests.waves import version_of

PAGE = TINY.pages["p"]


def stay(case: Case, *seconds: int) -> None:
    """The page saved after each of these times."""
    for each in seconds:
        save_answers(case=case, given=PageInput(page=PAGE, parsed=Parsed(), seconds=each))


def test_time_adds_up_over_saves(cases: list[Case]) -> None:
    stay(cases[0], 60, 30)
    assert Response.objects.get().seconds_spent == 90


def test_page_left_open_overnight_counts_for_its_longest_stay(cases: list[Case]) -> None:
    stay(cases[0], 60, 12 * 3600)
    assert Response.objects.get().seconds_spent == 60 + LONGEST_STAY


def test_clock_that_was_put_back_takes_no_time_away(cases: list[Case]) -> None:
    stay(cases[0], 60, -500)
    assert Response.objects.get().seconds_spent == 60


@pytest.fixture
def submitted(cases: list[Case]) -> None:
    """Ten minutes and twenty on the web, an hour of somebody still at it, and a paper return."""
    done: dict[str, Any] = {"status": ResponseStatus.SUBMITTED.value, "version": cases[0].wave.version}
    Response.objects.create(case=cases[0], seconds_spent=600, **done)
    Response.objects.create(case=cases[1], seconds_spent=1200, **done)
    Response.objects.create(case=cases[2], seconds_spent=3600, version=done["version"])
    Response.objects.create(case=cases[3], channel=Channel.PAPER.value, **done)


def test_account_is_of_submitted_web_responses(submitted: None) -> None:
    assert burden_of(Wave.objects.get()) == Burden(firms=2, median_minutes=15.0, most_minutes=19.0, hours=0.5)


def test_account_of_a_questionnaire_is_over_all_its_waves(submitted: None, wave: Wave) -> None:
    assert burden_of_questionnaire(version_of(wave).questionnaire) == burden_of(wave)


def test_wave_without_responses_has_cost_nothing(wave: Wave) -> None:
    assert burden_of(wave) == Burden()
