"""The burden account: the time that firms spent on the questionnaire of a wave."""

from dataclasses import dataclass
from statistics import median

from survey.models import Response, Wave
from survey.terms import Channel, ResponseStatus

LEAST_FIRMS = 10
"""Fewer firms have no figure in a release."""


@dataclass(frozen=True, slots=True)
class Burden:
    """Over the submitted web responses: how many there are, the median of their minutes, and the hours of all."""

    firms: int = 0
    median_minutes: float = 0.0
    hours: float = 0.0


def burden_of(wave: Wave) -> Burden:
    """What the wave has cost its firms; paper, telephone and workbooks leave no time. One query."""
    responses = Response.objects.filter(
        case__wave=wave, is_current=True, status=ResponseStatus.SUBMITTED.value, channel=Channel.WEB.value
    )
    seconds = list(responses.filter(seconds_spent__gt=0).order_by().values_list("seconds_spent", flat=True))
    return Burden(len(seconds), median(seconds) / 60, sum(seconds) / 3600) if seconds else Burden()
