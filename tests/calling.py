"""A wave that is called after: firms with telephones, some of which have answered, and a rule of calling."""

from collections.abc import Callable

from django.contrib.auth.models import User

from survey.models import CallingPlan, Case, SamplingFrame, Wave
from survey.services.casework.calling import CallingChoice, fix_calling_plan
from survey.terms import CaseStatus
from tests.answered import answered_wave

CHOICE = CallingChoice(size=30, points=5.0, percent=10.0, dominance=0.015, least_gain=1.0, enough=0.05)


def called_wave(wave: Wave, frame: Callable[..., SamplingFrame], actor: User) -> CallingPlan:
    """80 firms of 120 drawn, 40 of them answered; the rule is set."""
    answered_wave(wave, frame, firms=120, sample=80, answers=40)
    # Answers are made without the pages that move a case on.
    Case.objects.filter(wave=wave, responses__is_current=True).update(status=CaseStatus.SUBMITTED.value)
    return fix_calling_plan(wave=wave, choice=CHOICE, seed=7, actor=actor)


def silent(wave: Wave) -> list[Case]:
    """The cases that have not answered, in their order."""
    return list(Case.objects.filter(wave=wave).exclude(status=CaseStatus.SUBMITTED.value).order_by("pk"))
