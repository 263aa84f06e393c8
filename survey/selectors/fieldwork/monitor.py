"""What the monitor of a wave shows: progress by group and day, rates, break-offs, minutes, and when the target is met.

A fixed number of queries, whatever the number of cases.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pandas as pd
from django.db.models import Max, Subquery
from django.utils import timezone

from survey.instrument.schema import Questionnaire
from survey.methods.active.forecast import Forecast, forecast
from survey.methods.active.progress import GroupProgress, Rates, progress_by, rates_of, speeders
from survey.methods.nonresponse.representativity import Representativity
from survey.models import Industry, Paradata, Sample, Wave
from survey.models.translated import in_page_language
from survey.selectors.fieldwork.alike_cases import alike_cases
from survey.selectors.fieldwork.collection_period import closes_at
from survey.selectors.fieldwork.likeness import likeness_of
from survey.selectors.fieldwork.returns import returns_of
from survey.selectors.fieldwork.territory import Somebody, own_cases
from survey.selectors.said import said as gettext
from survey.terms import CaseStatus, SizeClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Answers that arrived on a day, all up to it, and how many there would be on a straight way to the target."""

    day: date
    arrived: int
    so_far: int
    planned: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakOff:
    """Drafts that were last saved on a page and lie since."""

    page: str
    title: str
    drafts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitor:
    """The state of a wave's collection at ``at``; ``groups`` are (key, rows) with the rows of each grouping,
    ``sections`` the names of industry sections by code.

    ``target`` is the number of responses aimed at: the part of the wave's that falls on these cases, or of the share
    that was expected of the sample.
    """

    wave: Wave
    at: datetime
    closes_at: datetime
    target: int
    whole: GroupProgress
    groups: list[tuple[str, list[GroupProgress]]]
    rates: Rates
    likeness: Representativity | None
    sections: dict[str, str]
    days: list[Day]
    forecast: Forecast
    break_offs: list[BreakOff]
    minutes: float | None
    fast: int
    timed: int

    @property
    def reached_on(self) -> tuple[date, date, date] | None:
        """The day on which the target is expected to be met, the earliest and the latest; None where it is unknown."""
        ahead = (self.forecast.days, self.forecast.earliest, self.forecast.latest)
        # At a trickle of answers the forecast is beyond what a date can hold, and says nothing anyway.
        if any(days is None or days > A_CENTURY for days in ahead):
            return None
        middle, earliest, latest = (timezone.localdate(self.at) + timedelta(days=days or 0) for days in ahead)
        return middle, earliest, latest


A_CENTURY = 36_500


def monitor_of(wave: Wave, user: Somebody, now: datetime, returns: pd.DataFrame | None = None) -> Monitor:
    """Read the monitor of a wave that has a sample, over the cases that the user works on.

    ``returns`` are those of `returns_of`, where they have been read. The target is the user's part of the whole. The
    number of queries does not grow with the cases.
    """
    cases = alike_cases(wave, user)
    expected = _expected_share(wave)
    sections = {industry.code: str(industry) for industry in Industry.objects.filter(parent=None)}
    whole = progress_by(cases, None, expected=expected)[0]
    target = round(whole.planned)
    submitted = _submitted(returns_of(wave, user) if returns is None else returns)
    days = _days(wave, now, target, submitted["day"])
    seconds = _web_seconds(submitted)
    return Monitor(
        wave=wave,
        at=now,
        closes_at=closes_at(wave),
        target=target,
        whole=whole,
        groups=_groups(cases, expected, sections),
        rates=rates_of(cases),
        likeness=likeness_of(cases),
        sections=sections,
        days=days,
        forecast=forecast([day.arrived for day in days], max(0, target - whole.submitted)),
        break_offs=_break_offs(wave, user),
        minutes=float(seconds.median()) / 60 if len(seconds) else None,
        fast=speeders(seconds),
        timed=len(seconds),
    )


def _expected_share(wave: Wave) -> float:
    """Of the drawn firms how many are to answer: by the wave's target, or as the sample was planned."""
    planned, drawn = Sample.objects.values_list("expected_response", "size").get(wave=wave)
    # More answers than firms cannot be aimed at, whatever was typed.
    return min(1.0, wave.target_responses / drawn) if wave.target_responses else float(planned)


def _groups(cases: pd.DataFrame, expected: float, sections: dict[str, str]) -> list[tuple[str, list[GroupProgress]]]:
    sizes = [gettext(str(size.label)) for size in SizeClass]
    strata = [
        replace(row, name=f"{sections.get(row.name[:-1], row.name[:-1])}, {sizes[int(row.name[-1])]}")
        for row in progress_by(cases, "stratum", expected=expected)
    ]
    others = [(key, progress_by(cases, key, expected=expected)) for key in ("district", "officer")]
    return [*others, ("stratum", strata)]


def _submitted(returns: pd.DataFrame) -> pd.DataFrame:
    """The returns that count, with the ``day`` on which each was submitted."""
    counts = returns["is_submitted"] & returns["is_current"] & ~returns["is_set_aside"]
    found = returns[counts & returns["at"].notna()]
    # By the day of the office: in UTC the answers of the morning would be those of the day before.
    return found.assign(day=found["at"].dt.tz_convert(timezone.get_current_timezone()).dt.normalize())


def _days(wave: Wave, now: datetime, target: int, days: pd.Series) -> list[Day]:
    """From the opening to today, or to the last answer of a wave that is over."""
    arrived = Counter({day.date(): int(count) for day, count in days.value_counts().items()})
    opened, closed = timezone.localdate(wave.opens_at), timezone.localdate(closes_at(wave))
    # An answer may come before the opening, where a wave was opened again with a later date.
    first = min([opened, *arrived])
    last = max([min(timezone.localdate(now), closed), *arrived])
    length = max(1, (closed - opened).days)
    found, so_far = [], 0
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        so_far += arrived[day]
        # A straight way, since every wave has another curve: whoever reads it compares the steepness, not the shape.
        way = min(1.0, max(0.0, ((day - opened).days + 1) / (length + 1)))
        found.append(Day(day=day, arrived=arrived[day], so_far=so_far, planned=target * way))
    return found


def _web_seconds(submitted: pd.DataFrame) -> pd.Series:
    """Seconds on the web of what was submitted; paper, telephone and workbooks leave none."""
    timed = (submitted["seconds"] > 0) & submitted["is_on_web"]
    return submitted.loc[timed, "seconds"].astype(float)


def _break_offs(wave: Wave, user: Somebody) -> list[BreakOff]:
    """Where the drafts that are not submitted lie, in the order of the questionnaire."""
    last = (
        Paradata.objects.filter(own_cases(user, "case__"))
        .filter(case__wave=wave, case__status=CaseStatus.IN_PROGRESS.value)
        .exclude(page="")
        .order_by()
        .values("case")
        # By id and not by time: two saves of one second have one order.
        .annotate(last=Max("id"))
        .values("last")
    )
    counts = Counter(Paradata.objects.filter(id__in=Subquery(last)).order_by().values_list("page", flat=True))
    if not counts or wave.version is None:
        return []
    pages = {
        page.code: page.title
        for section in Questionnaire.from_dict(wave.version.schema).sections
        for page in section.pages
    }
    place = {code: number for number, code in enumerate(pages)}
    return [
        BreakOff(page=code, title=in_page_language(pages[code]) if code in pages else code, drafts=drafts)
        for code, drafts in sorted(counts.items(), key=lambda pair: place.get(pair[0], len(place)))
    ]
