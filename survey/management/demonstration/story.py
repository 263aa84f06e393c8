"""The demonstration from the list of firms to the answers, as a survey team would do it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone
from numpy.random import Generator

from survey.instrument.schema import Text
from survey.mailing_terms import MailingPurpose
from survey.management.demonstration.fill_in import FilledIn, filled_by, store_filled_in
from survey.management.demonstration.firms import demonstration_firms
from survey.management.demonstration.recipe import demonstration_recipe
from survey.management.demonstration.register import show_register
from survey.management.demonstration.writing import dated, letters_written, plan_reminders, some_came_back
from survey.models import Case, Questionnaire, SamplingFrame, Survey, Wave
from survey.services.design.publishing import publish_questionnaire
from survey.services.fieldwork.cases import return_for_correction, set_disposition
from survey.services.fieldwork.sampling import draw_sample
from survey.services.fieldwork.waves import open_wave
from survey.services.frame.importing import import_frame
from survey.services.register.from_frame import register_frame
from survey.terms import AllocationMethod, CaseStatus, Disposition, SizeClass

WAVE_CODE = "demonstration"
SEED = 20261001
ANSWERING = {SizeClass.LARGE: 0.84, SizeClass.MEDIUM: 0.77, SizeClass.SMALL: 0.7, SizeClass.MICRO: 0.63}
BREAK_OFF_SHARE, REFUSAL_SHARE, SILENT_SHARE = 0.04, 0.03, 0.3
"""Of all sampled firms; the silent are those that do not answer in full."""
INVITED, REMINDED = timedelta(days=20), timedelta(days=6)
"""So long ago the letters went out."""
HOURLY_COST = 80
"""Yuan, made up as the firms are."""

Say = Callable[[str], None]
AsItWas = Callable[[pd.DataFrame], pd.DataFrame]


def make_demonstration(
    *, officer: User, firm_count: int = 3000, sample_size: int = 600, site: str = "http://127.0.0.1:8000/", say: Say
) -> Wave:
    """A wave that is being collected, before anybody has answered: a frame of made-up firms, its sample, its codes."""
    frame = import_demonstration_list(firm_count, officer)
    say(f"Imported {frame.unit_count} fictitious firms.")
    wave = demonstration_wave(officer)
    draw_sample(wave=wave, frame=frame, size=sample_size, method=AllocationMethod.NEYMAN, seed=SEED, actor=officer)
    wave = open_wave(wave=wave, actor=officer)
    invitation = letters_written(wave, MailingPurpose.INVITATION, officer, site)
    dated(invitation, timezone.now() - INVITED)
    plan_reminders(wave, officer)
    say(f"Drew {sample_size} of them and issued access codes.")
    show_register(frame=frame, officer=officer)
    return wave


def answer_demonstration(*, wave: Wave, officer: User, say: Say) -> None:
    """The firms of the wave answer, or do not."""
    coming = answers_to_come(wave, officer, np.random.default_rng(SEED))
    reminded = timezone.now() - REMINDED
    take_in(each for each in coming if each.at < reminded)
    reminder = letters_written(wave, MailingPurpose.REMINDER_1, officer)
    some_came_back(reminder)
    dated(reminder, reminded)
    take_in(each for each in coming if each.at >= reminded)
    send_some_back(wave, officer)
    letters_written(wave, MailingPurpose.SEND_BACK, officer)
    counted = Case.objects.filter(wave=wave, status=CaseStatus.SUBMITTED.value).count()
    say(f"{counted} firms have answered.")


def import_demonstration_list(
    firm_count: int, officer: User, *, came: datetime | None = None, as_it_was: AsItWas | None = None
) -> SamplingFrame:
    """The list as a frame of its own; ``came``: the day of an older one, which said what ``as_it_was`` makes of it."""
    rows = demonstration_list(firm_count)
    frame = import_frame(
        rows=as_it_was(rows) if as_it_was else rows,
        title="演示企业名录 Demonstration list",
        actor=officer,
        source_name="demonstration.xlsx",
        is_demonstration=True,
    )
    if came is not None:
        SamplingFrame.objects.filter(pk=frame.pk).update(created_at=came)
        frame.refresh_from_db()
    register_frame(frame=frame, actor=officer)
    return frame


def demonstration_list(firm_count: int = 3000) -> pd.DataFrame:
    """The list of fictitious firms as an officer would receive it; the same at every call."""
    return demonstration_firms(np.random.default_rng(SEED), firm_count)


def demonstration_wave(officer: User) -> Wave:
    """The wave that is collecting."""
    now = timezone.now()
    days = {"opens_at": now - timedelta(days=21), "closes_at": now + timedelta(days=30)}
    titles = ("演示批次", "Demonstration wave")
    return create_wave(officer, WAVE_CODE, titles, ("上年度", "Last year"), target_responses=480, **days)


def create_wave(officer: User, code: str, titles: tuple[str, str], period: tuple[str, str], **facts: Any) -> Wave:
    """A wave with a version of the shipped questionnaire, its survey marked as a demonstration."""
    survey = Survey.objects.get(code=demonstration_recipe().survey)
    survey.is_demonstration, survey.hourly_cost = True, survey.hourly_cost or HOURLY_COST
    survey.save(update_fields=["is_demonstration", "hourly_cost"])
    return Wave.objects.create(
        survey=survey,
        code=code,
        title=Text(titles[0], titles[1]),
        reference_period=Text(period[0], period[1]),
        version=publish_questionnaire(questionnaire=Questionnaire.objects.get(survey=survey), actor=officer),
        **facts,
    )


class Fate(StrEnum):
    """What a sampled firm of the demonstration does."""

    ANSWERS = "answers"
    BREAKS_OFF = "breaks off"
    REFUSES = "refuses"
    WAITS = "waits"


def fates_of(cases: list[Case]) -> dict[int, Fate]:
    """By case what the firm does; the same at every call, so that codes of waiting firms can be shown beforehand."""
    generator = np.random.default_rng(SEED + 2)
    return {case.pk: _fate(SizeClass(case.sample_unit.unit.size_class), generator) for case in cases}


def _fate(size: SizeClass, generator: Generator) -> Fate:
    answers, fate = generator.random() < ANSWERING[size], generator.random() * SILENT_SHARE
    if answers:
        return Fate.ANSWERS
    if fate < BREAK_OFF_SHARE:
        return Fate.BREAKS_OFF
    return Fate.REFUSES if fate < BREAK_OFF_SHARE + REFUSAL_SHARE else Fate.WAITS


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCome:
    """What a firm fills in, and when."""

    case: Case
    filled: FilledIn
    at: datetime


def answers_to_come(wave: Wave, officer: User, generator: Generator) -> list[ToCome]:
    """About 70 % will answer and some break off, many soon after the letter, in the order of time; some refuse at
    once."""
    cases = list(cases_of(wave))
    fates, days = fates_of(cases), np.random.default_rng(SEED + 4)
    invited, coming = timezone.now() - INVITED, []
    for case in cases:
        if case.status != CaseStatus.NOT_STARTED.value or case.is_closed:
            continue  # somebody has tried its code meanwhile
        pages = int(generator.integers(3, 15)) if fates[case.pk] is Fate.BREAKS_OFF else None
        if fates[case.pk] in (Fate.ANSWERS, Fate.BREAKS_OFF):
            at = invited + timedelta(days=0.5 + 18.5 * float(days.random()) ** 1.5)
            filled = filled_by(case=case, generator=generator, pages_at_most=pages)
            coming.append(ToCome(case=case, filled=filled, at=at))
        elif fates[case.pk] is Fate.REFUSES:
            chosen = Case.objects.filter(pk=case.pk)
            set_disposition(cases=chosen, disposition=Disposition.REFUSAL, actor=officer)
    return sorted(coming, key=lambda each: each.at)


def take_in(coming: Iterable[ToCome]) -> None:
    """The firms do what they were to do."""
    for each in coming:
        store_filled_in(case=each.case, filled=each.filled, at=each.at)


def send_some_back(wave: Wave, officer: User) -> None:
    """A few firms are asked to correct an answer."""
    note = demonstration_recipe().note_of_a_return
    for case in cases_of(wave).filter(status=CaseStatus.SUBMITTED.value)[:3]:
        return_for_correction(response=case.responses.get(is_current=True), note=note, actor=officer)


def open_cases(wave: Wave | None, count: int = 3) -> list[Case]:
    """Some cases of the wave that nobody has started or will, to try the questionnaire with."""
    cases = list(cases_of(wave)) if wave else []
    fates = fates_of(cases)
    waiting = (case for case in cases if fates[case.pk] is Fate.WAITS and not case.is_closed)
    return [case for case in waiting if case.status == CaseStatus.NOT_STARTED.value][:count]


def others_than_open(wave: Wave) -> QuerySet[Case]:
    """The cases of a wave but those whose codes are shown to try the questionnaire with: the office and its calls leave
    these alone, or whoever tries one a minute later finds it submitted or closed."""
    return cases_of(wave).exclude(pk__in=[case.pk for case in open_cases(wave)])


def cases_of(wave: Wave) -> QuerySet[Case]:
    """The cases of a wave with what filling in reads."""
    cases = Case.objects.filter(wave=wave).order_by("pk")
    return cases.select_related(
        "wave__survey", "wave__version", "sample_unit__unit__industry", "sample_unit__unit__district"
    )
