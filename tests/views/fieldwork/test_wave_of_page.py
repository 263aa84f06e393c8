"""Pages of a wave are found by those who work on its survey alone, and tell of what it asks."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest

from survey.asked_terms.speaking import speaking_of, spoken
from survey.models import Survey, Territory, Wave
from survey.terms import AskedUnit
from survey.views.fieldwork.wave_of_page import use_words_of_own_surveys, wave_at_hand, wave_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def firms_are_spoken_of() -> Iterator[None]:
    with speaking_of(AskedUnit.FIRM):
        yield


@pytest.fixture
def request_of_staff() -> HttpRequest:
    request = HttpRequest()
    request.user = User.objects.create(username="officer", is_staff=True)
    return request


@pytest.mark.parametrize("asked", list(AskedUnit))
def test_page_of_a_wave_tells_of_what_its_survey_asks(
    wave: Wave, request_of_staff: HttpRequest, asked: AskedUnit
) -> None:
    Survey.objects.update(asks=asked)
    assert (wave_of(request_of_staff, wave.code), spoken()) == (wave, asked)


def test_page_without_a_code_tells_of_the_present_wave_and_of_none_where_there_is_none(
    request_of_staff: HttpRequest, request: pytest.FixtureRequest
) -> None:
    assert (wave_at_hand(request_of_staff, ""), spoken()) == (None, AskedUnit.FIRM)
    [case, *_others] = request.getfixturevalue("cases")
    Survey.objects.update(asks=AskedUnit.LOCAL_UNIT)
    assert (wave_at_hand(request_of_staff, ""), spoken()) == (case.wave, AskedUnit.LOCAL_UNIT)


def test_wave_of_a_survey_that_is_another_officers_is_not_found(wave: Wave, request_of_staff: HttpRequest) -> None:
    other = Survey.objects.create(code="other", approval_expires="2099-12-31")
    Territory.objects.create(user=User.objects.get(), survey=other)
    with pytest.raises(Http404):
        wave_of(request_of_staff, wave.code)


def test_page_of_all_waves_tells_of_what_ones_own_surveys_ask(wave: Wave, request_of_staff: HttpRequest) -> None:
    Survey.objects.filter(pk=wave.survey_id).update(asks=AskedUnit.LOCAL_UNIT)
    Territory.objects.create(user=User.objects.get(), survey=wave.survey)
    use_words_of_own_surveys(request_of_staff)
    assert spoken() is AskedUnit.LOCAL_UNIT
