"""The wave of the year before: an older list, a smaller sample of mostly the same firms, their answers, closed."""

from datetime import timedelta

import numpy as np
from django.contrib.auth.models import User
from django.utils import timezone

from survey.mailing_terms import MailingPurpose
from survey.management.demonstration.fill_in import hand_in
from survey.management.demonstration.recipe import demonstration_recipe
from survey.management.demonstration.register import as_a_year_before
from survey.management.demonstration.story import (
    ANSWERING,
    SEED,
    Say,
    cases_of,
    create_wave,
    import_demonstration_list,
)
from survey.management.demonstration.writing import dated, letters_written
from survey.models import Wave
from survey.services.fieldwork.cases import set_disposition
from survey.services.fieldwork.sampling import draw_sample
from survey.services.fieldwork.waves import close_wave, open_wave
from survey.terms import AllocationMethod, CaseStatus, Disposition, SizeClass

CODE = "demonstration-before"
TITLES = ("演示批次（上年）", "Demonstration wave, the year before")
YEAR, COLLECTED = timedelta(days=365), timedelta(days=40)


def make_earlier_wave(*, officer: User, firm_count: int, sample_size: int, say: Say) -> Wave:
    """A closed wave whose results the demonstration's wave is compared with."""
    opened = timezone.now() - YEAR
    frame = import_demonstration_list(firm_count, officer, came=opened, as_it_was=as_a_year_before)
    days = {"opens_at": opened, "closes_at": opened + 2 * YEAR}
    wave = create_wave(officer, CODE, TITLES, ("前年度", "The year before last"), **days)
    draw_sample(wave=wave, frame=frame, size=sample_size, method=AllocationMethod.NEYMAN, seed=SEED, actor=officer)
    # Opened with an end that lies ahead, which a wave needs, and given its true one afterwards.
    wave = open_wave(wave=wave, actor=officer)
    Wave.objects.filter(pk=wave.pk).update(closes_at=opened + COLLECTED)
    dated(letters_written(wave, MailingPurpose.INVITATION, officer), opened)
    _collect(wave, officer)
    answered = wave.cases.filter(status=CaseStatus.SUBMITTED.value).count()
    say(f"{answered} firms had answered a year before.")
    dated(letters_written(wave, MailingPurpose.THANKS, officer), opened + COLLECTED)
    return close_wave(wave=wave, actor=officer)


def _collect(wave: Wave, officer: User) -> None:
    """Firms answer on the days of the collection as readily as a year later; the others were not reached."""
    generator = np.random.default_rng(SEED + 1)
    shifts = demonstration_recipe().severity_a_year_before
    for case in cases_of(wave):
        if generator.random() < ANSWERING[SizeClass(case.sample_unit.unit.size_class)]:
            at = case.wave.opens_at + float(generator.random()) * COLLECTED
            hand_in(case=case, generator=generator, shifts=shifts, at=at)
    # Every outcome known, so that the wave of a year ago has response rates that no longer move.
    missed = wave.cases.exclude(status=CaseStatus.SUBMITTED.value)
    set_disposition(cases=missed, disposition=Disposition.NON_CONTACT, actor=officer)
