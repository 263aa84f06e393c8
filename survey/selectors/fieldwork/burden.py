"""The burden account: the time that firms spent on a questionnaire."""

from dataclasses import dataclass

import numpy as np
from django.db.models import QuerySet

from survey.models import Questionnaire, Response, Wave
from survey.terms import Channel, ResponseStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Burden:
    """Over the submitted web responses: how many there are, the median of their minutes, the minutes that nine in ten
    stay below, and the hours of all."""

    firms: int = 0
    median_minutes: float = 0.0
    most_minutes: float = 0.0
    hours: float = 0.0


def burden_of(wave: Wave) -> Burden:
    """What the wave has cost its firms; paper, telephone and workbooks leave no time. One query."""
    return _burden(Response.objects.filter(case__wave=wave))


def burden_of_questionnaire(questionnaire: Questionnaire) -> Burden:
    """The same over all versions and waves of a questionnaire."""
    return _burden(Response.objects.filter(version__questionnaire=questionnaire))


def _burden(responses: QuerySet[Response]) -> Burden:
    submitted = responses.filter(is_current=True, status=ResponseStatus.SUBMITTED.value, channel=Channel.WEB.value)
    spent = list(submitted.filter(seconds_spent__gt=0).order_by().values_list("seconds_spent", flat=True))
    seconds = np.array(spent, float)
    if not spent:
        return Burden()
    # Median and ninth decile: a page left open over lunch moves a mean of few firms by minutes.
    median, most = np.quantile(seconds / 60, [0.5, 0.9]).tolist()
    return Burden(firms=len(seconds), median_minutes=median, most_minutes=most, hours=float(seconds.sum()) / 3600)
