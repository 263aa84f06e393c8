"""The wave that a page of the office is about, found, and the words that the page uses: its survey asks firms or local
units."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from survey.asked_terms.speaking import speak_of, speak_of_all
from survey.models import Survey, Wave
from survey.selectors.fieldwork.cases import present_wave
from survey.selectors.fieldwork.territory import own_waves


def wave_of(request: HttpRequest, code: str, *related: str, **conditions: bool) -> Wave:
    """The wave of this code, if it is of a survey that the member of staff works on: of others nobody learns that there
    is one (404). The page speaks of what its survey asks from now on."""
    found = own_waves(request.user).select_related("survey", *related)
    return in_own_words(get_object_or_404(found, code=code, **conditions))


def wave_at_hand(request: HttpRequest, code: str) -> Wave | None:
    """As ``wave_of``; without a code the wave that is open, else the latest. None where none has cases."""
    wave = present_wave(code, request.user)
    return in_own_words(wave) if wave is not None else None


def in_own_words(wave: Wave) -> Wave:
    """The wave; the page speaks of firms or of local units from now on, as the survey of the wave asks."""
    speak_of(wave.survey.asks)
    return wave


def use_words_of_own_surveys(request: HttpRequest) -> None:
    """Speak of what the surveys ask that the member of staff works on, on a page of all of them."""
    own = Survey.objects.filter(waves__in=own_waves(request.user)).order_by()
    speak_of_all(own.values_list("asks", flat=True).distinct())
