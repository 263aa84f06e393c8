"""The burden account of a wave: what it costs its firms in hours and money, and how often they are turned to again."""

from dataclasses import dataclass
from datetime import datetime

import pandas as pd
from django.db.models import Count, Sum

from survey.casework_terms import EntryKind
from survey.models import CaseEntry, SampleUnit, Wave
from survey.selectors.fieldwork.burden import Burden
from survey.selectors.fieldwork.sampling import samples_of_a_year
from survey.selectors.fieldwork.territory import Somebody, own_cases, visible_cases
from survey.terms import AskedUnit

MOST = 5
"""Firms that are named as asked most often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOften:
    """A firm of the wave and the number of times that samples of the last 12 months have it or a unit of it."""

    firm: str
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BurdenAccount:
    """``firms`` that submitted took ``hours`` in all, of which those of ``untimed`` ones (paper, telephone, workbook)
    are set at the median; ``cost`` in yuan at the survey's cost of an hour, None without it or without a time."""

    firms: int
    untimed: int
    hours: float | None
    cost: float | None
    reminders: int
    calls: int
    returns: int
    most_asked: list[AskedOften]


def burden_account(wave: Wave, user: Somebody, now: datetime, returns: pd.DataFrame, burden: Burden) -> BurdenAccount:
    """Over the cases of the wave that the user works on: ``returns`` are theirs, by `returns_of`.

    ``burden`` is that of the whole wave, whose median stands for the hours of those that left no time.
    """
    own, current = own_cases(user, "case__"), returns["is_current"]
    submitted = current & returns["is_submitted"]
    untimed = int((submitted & (returns["seconds"] == 0)).sum())
    # What a firm spent on a version that was returned or taken back is in the one that followed it.
    hours = float(returns.loc[current, "seconds"].sum()) / 3600 + untimed * burden.median_minutes / 60
    calls = CaseEntry.objects.filter(own).filter(
        case__wave=wave, kind__in=[EntryKind.CALL.value, EntryKind.VISIT.value]
    )
    rate = wave.survey.hourly_cost
    return BurdenAccount(
        firms=int(submitted.sum()),
        untimed=untimed,
        hours=hours if burden.firms else None,
        cost=hours * rate if burden.firms and rate else None,
        reminders=visible_cases(user).filter(wave=wave).aggregate(sum=Sum("reminders"))["sum"] or 0,
        calls=calls.count(),
        returns=int(returns["is_returned"].sum()),
        most_asked=_most_asked(wave, user, now),
    )


def _most_asked(wave: Wave, user: Somebody, now: datetime) -> list[AskedOften]:
    """Firms in more than one sample of the last 12 months, those in most first; of a firm each unit is asked."""
    samples = samples_of_a_year(now)
    if len(samples) < 2:
        return []
    codes = visible_cases(user).filter(wave=wave).values("sample_unit__unit__credit_code")
    counts = (
        SampleUnit.objects.filter(sample__in=samples, unit__credit_code__in=codes)
        .values("unit__credit_code")
        .annotate(times=Count("pk"))
        .filter(times__gt=1)
        .order_by("-times", "unit__credit_code")[:MOST]
    )
    times = {row["unit__credit_code"]: row["times"] for row in counts}
    names = visible_cases(user).filter(wave=wave, sample_unit__unit__credit_code__in=list(times))
    rows = names.order_by("pk").values_list(
        "sample_unit__unit__credit_code", "sample_unit__unit__firm__name", "sample_unit__unit__name"
    )
    # One line for a firm, also where several of its units are asked: the register has its own name.
    by_unit = wave.survey.asks == AskedUnit.LOCAL_UNIT.value
    firms = {code: firm if by_unit and firm else listed for code, firm, listed in rows}
    return sorted(
        (AskedOften(firm=name, times=times[code]) for code, name in firms.items()),
        key=lambda row: (-row.times, row.firm),
    )
