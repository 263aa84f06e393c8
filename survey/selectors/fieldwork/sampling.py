"""What sampling reads: the firms of a frame as a table, the samples before, and the share that answers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isnan

import pandas as pd
from django.db.models import Q, QuerySet

from survey.methods.sampling.coordination import Arc
from survey.methods.sampling.precision import Expected, PlannedDomain, share_half_width
from survey.models import Case, FrameUnit, Industry, Sample, SamplingFrame, Stratum, Wave
from survey.selectors.said import said as gettext
from survey.terms import CaseStatus, Disposition, SizeClass, WaveStatus

COLUMNS = ("id", "credit_code", "unit_key", "industry_section", "size_class", "employees", "revenue")
A_YEAR = timedelta(days=365)
LEAST_CASES = 20
"""Fewer cases say nothing about the share that will answer."""
# An assumption for the first wave of all; the preview lets it be changed.
ASSUMED_RESPONSE = 0.6


def read_frame_units(frame: SamplingFrame) -> pd.DataFrame:
    """One row per firm or local unit with ``COLUMNS``, by credit code and number."""
    # By credit code and not by row: the same firms loaded in another order are drawn alike.
    rows = FrameUnit.objects.filter(frame=frame).order_by("credit_code", "unit_key").values_list(*COLUMNS)
    return pd.DataFrame.from_records(list(rows), columns=list(COLUMNS))


def frames_to_draw_from() -> QuerySet[SamplingFrame]:
    return SamplingFrame.objects.filter(status=SamplingFrame.Status.READY)


def frames_to_join() -> QuerySet[SamplingFrame]:
    """Frames that firms can still be added to: no sample was drawn from them."""
    return frames_to_draw_from().filter(samples=None)


def waves_without_sample() -> QuerySet[Wave]:
    """Waves that can still get a sample."""
    return Wave.objects.select_related("survey").filter(sample=None).exclude(status=WaveStatus.CLOSED.value)


def samples_of_a_year(until: datetime) -> list[Sample]:
    """Samples whose wave began within the 365 days before ``until``, or begins later; the newest first."""
    return list(
        # Later ones too: a firm drawn for a wave that is planned will be asked.
        Sample.objects.filter(wave__opens_at__gt=until - A_YEAR)
        .select_related("wave__survey", "frame")
        .order_by("-wave__opens_at", "-id")
    )


def samples_to_keep() -> QuerySet[Sample]:
    return Sample.objects.select_related("wave__survey").order_by("-wave__opens_at", "-id")


def arcs_of(samples: list[Sample]) -> dict[str, list[Arc]]:
    """By stratum where each sample lies on the circle of random numbers, in the order of ``samples``. One query."""
    place = {sample.pk: number for number, sample in enumerate(samples)}
    found: dict[str, list[tuple[int, Arc]]] = defaultdict(list)
    for stratum in Stratum.objects.filter(sample__in=samples):
        # Without an entry the draw began where the circle begins.
        start = float(samples[place[stratum.sample_id]].starts.get(str(stratum), 0.0))
        arc = Arc(start=start, fraction=stratum.sample_size / stratum.population)
        found[str(stratum)].append((place[stratum.sample_id], arc))
    return {code: [arc for _, arc in sorted(arcs, key=lambda pair: pair[0])] for code, arcs in found.items()}


def worked_on(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Cases that somebody outside may know of, or that somebody has done something about."""
    untouched = Q(
        status=CaseStatus.NOT_STARTED.value,
        disposition=Disposition.UNKNOWN_IF_ELIGIBLE.value,
        code_sent_at=None,
        # A code that was revoked had been seen by somebody.
        code_generation=1,
        reminders=0,
        is_closed=False,
        responses=None,
    )
    return cases.exclude(untouched)


def usual_response(before: datetime) -> float:
    """The share of the cases of the last closed wave that answered, rounded to a percent; assumed where none did."""
    closed = Wave.objects.filter(status=WaveStatus.CLOSED.value, opens_at__lt=before).order_by("-opens_at").first()
    cases = Case.objects.filter(wave=closed) if closed else Case.objects.none()
    count = cases.count()
    answered = cases.filter(status=CaseStatus.SUBMITTED.value).count()
    # Whole per cent: it is an expectation, and more digits would promise that it is known.
    return round(answered / count, 2) if count >= LEAST_CASES and answered else ASSUMED_RESPONSE


@dataclass(frozen=True, slots=True, kw_only=True)
class StratumRow:
    """A stratum as the preview shows it: of ``population`` firms ``sample_size`` are drawn."""

    section: str
    industry: str
    size_class: SizeClass
    population: int
    sample_size: int
    is_take_all: bool
    half_width: float | None = None
    """Of the 95 % interval of a share of 50 % in the stratum, in points; None where nobody is asked to tell it."""
    cv_employees: float | None = None
    cv_revenue: float | None = None
    """Of the means, in per cent; None where the frame has none, or is not looked at again."""

    @property
    def fraction(self) -> float:
        """Share of the stratum that is drawn, in per cent."""
        return 100 * self.sample_size / self.population

    @property
    def weight(self) -> float:
        """How many firms of the frame each sampled firm stands for."""
        return self.population / self.sample_size


def stratum_rows(strata: pd.DataFrame, response: float, expected: Sequence[Expected | None] = ()) -> list[StratumRow]:
    """The rows of a plan with the name of each industry section; ``response`` is the share that is to answer, and
    ``expected`` the errors of the strata in their order, where the frame was read."""
    names = {industry.code: str(industry) for industry in Industry.objects.filter(parent=None)}
    return [
        StratumRow(
            section=row.industry_section,
            industry=names.get(row.industry_section, row.industry_section),
            size_class=SizeClass(row.size_class),
            population=int(row.population),
            sample_size=int(row.sample_size),
            is_take_all=bool(row.is_take_all),
            half_width=_points(share_half_width(row.population, row.sample_size, response)),
            cv_employees=_percent(errors.cvs["employees"]) if errors else None,
            cv_revenue=_percent(errors.cvs["revenue"]) if errors else None,
        )
        for row, errors in zip(strata.itertuples(), expected or [None] * len(strata), strict=True)
    ]


def _points(share: float | None) -> float | None:
    return None if share is None else 100 * share


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainRow:
    """A domain as the preview shows it: its name, and what is expected of it, in firms, points and per cent."""

    name: str
    population: float
    drawn: float
    answers: float
    points: float
    cv_employees: float | None
    cv_revenue: float | None


def domain_rows(expected: list[Expected]) -> list[DomainRow]:
    """The domains of a plan with their names in the language of the page."""
    names = _names()
    return [
        DomainRow(
            name=_named(row.domain, names),
            population=row.population,
            drawn=row.drawn,
            answers=row.answers,
            points=100 * row.half_width,
            cv_employees=_percent(row.cvs["employees"]),
            cv_revenue=_percent(row.cvs["revenue"]),
        )
        for row in expected
    ]


def domain_name(domain: PlannedDomain) -> str:
    """A domain as people call it, in the language of the page. One query."""
    return _named(domain, _names())


def _names() -> dict[str, str]:
    names = {industry.code: str(industry) for industry in Industry.objects.filter(parent=None)}
    return names | {size.value: gettext(str(size.label)) for size in SizeClass}


def _named(domain: PlannedDomain, names: Mapping[str, str]) -> str:
    return names.get(domain.code, domain.code) if domain.code else gettext("All firms")


def _percent(share: float) -> float | None:
    return None if isnan(share) else 100 * share
