"""The burden account: the minutes that firms spent on a questionnaire."""

from dataclasses import dataclass

import numpy as np

from survey.models import Questionnaire, Response
from survey.terms import Channel, ResponseStatus


@dataclass(frozen=True, slots=True)
class MinutesSpent:
    """Minutes at the screen of the firms that submitted on the web: their number, median and nine in ten."""

    firms: int
    median: float
    most: float


def minutes_spent(questionnaire: Questionnaire) -> MinutesSpent | None:
    """Over all versions and waves; None where nobody has submitted yet."""
    submitted = Response.objects.filter(
        version__questionnaire=questionnaire,
        status=ResponseStatus.SUBMITTED.value,
        is_current=True,
        channel=Channel.WEB.value,
        seconds_spent__gt=0,
    )
    seconds = np.array(list(submitted.values_list("seconds_spent", flat=True)), float)
    if not len(seconds):
        return None
    median, most = np.quantile(seconds / 60, [0.5, 0.9])
    return MinutesSpent(len(seconds), float(median), float(most))
