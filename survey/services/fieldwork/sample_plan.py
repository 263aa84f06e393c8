"""What a draw would take, before anything is drawn: sizes, expected errors, and where it meets earlier samples."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from django.utils import timezone

from survey.methods.errors import MethodsError, NotConverged
from survey.methods.sampling.coordination import Arc, overlap, starts_by_stratum
from survey.methods.sampling.plan import plan_strata, size_strata, smallest_of_frame, stratum_codes
from survey.methods.sampling.precision import (
    SHARE,
    Expected,
    PlannedDomain,
    cv_target,
    expected_errors,
    frame_moments,
    half_width_target,
)
from survey.methods.sampling.sample_size import CvTarget
from survey.models import Sample, SamplingFrame
from survey.selectors.fieldwork.sampling import arcs_of, domain_name, read_frame_units, samples_of_a_year
from survey.selectors.said import said
from survey.services.fieldwork.sampling_refusals import SamplingError
from survey.terms import AllocationMethod, SampleRelation, SizeClass
from survey.terms import gettext_noop as _

ALL, SECTION, SIZE = "all", "industry_section", "size_class"
"""The groups of domains that an error can be wanted of: all firms, each section, each size class."""
STRATUM = "stratum"
FIGURES = {SHARE: _("a share"), "employees": _("the mean of employees"), "revenue": _("the mean of revenue")}
"""What an error can be wanted of, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """The share of the drawn firms that is expected to answer, and the errors that are wanted, both as shares:

    half widths of the 95 % interval of a share of 50 % by `ALL`, `SECTION` or `SIZE`, and coefficients of variation by
    (one of the `AMOUNTS` of the frame, `ALL` or `SECTION` or `SIZE`).
    """

    response: float = 1.0
    half_widths: Mapping[str, float] = field(default_factory=dict)
    cvs: Mapping[tuple[str, str], float] = field(default_factory=dict)

    @property
    def targets(self) -> dict[str, float]:
        """The wanted errors as a sample keeps them: "all" is a half width, "revenue all" a coefficient of variation."""
        return {**self.half_widths, **{f"{variable} {group}": cv for (variable, group), cv in self.cvs.items()}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordination:
    """Which firms of earlier samples are wanted: ``share`` of those of ``sample``, as few as possible, or any."""

    kind: SampleRelation = SampleRelation.FRESH
    sample: Sample | None = None
    share: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """An earlier sample, and how many of its firms this one is expected to meet.

    ``is_coordinated`` says whether both use the same random numbers; else they meet by chance, as independent samples.
    """

    sample: Sample
    firms: float
    is_coordinated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePlan:
    """What a draw would take: ``strata`` is what ``plan_strata`` gives.

    ``seed`` is that of an earlier sample whose firms are kept or avoided, or None. ``starts`` by code of the stratum.
    ``expected`` are the errors of all firms, sections and size classes, ``of_strata`` those of each stratum, in the
    order of ``strata``.
    """

    frame: SamplingFrame
    size: int
    method: AllocationMethod
    minimum_per_stratum: int
    precision: Precision
    relation: Coordination
    units: pd.DataFrame
    strata: pd.DataFrame
    seed: int | None
    starts: dict[str, float]
    expected: list[Expected]
    of_strata: list[Expected]
    meetings: list[Meeting]

    @property
    def population(self) -> int:
        return len(self.units)


def plan_sample(
    *,
    frame: SamplingFrame,
    size: int | None,
    method: AllocationMethod | str,
    minimum_per_stratum: int = 2,
    precision: Precision | None = None,
    relation: Coordination | None = None,
) -> SamplePlan:
    """The allocation that a draw would use; nothing is stored. Raises ``SamplingError``."""
    precision, relation = precision or Precision(), relation or Coordination()
    units = read_frame_units(frame)
    _refuse_impossible_plan(frame, units, minimum_per_stratum, precision)
    strata = _strata(units, size, method, minimum_per_stratum, precision)
    # The spelling of ``Stratum.__str__``, by which starts and arcs of earlier samples are kept.
    codes = strata["industry_section"] + "-" + strata["size_class"]
    fractions = dict(zip(codes, (strata["sample_size"] / strata["population"]).tolist(), strict=True))
    # A firm and its units have random numbers of their own, so that only like samples can be coordinated.
    earlier = [sample for sample in samples_of_a_year(timezone.now()) if sample.frame.lists == frame.lists]
    if relation.kind == SampleRelation.KEEP and relation.sample and relation.sample.frame.lists != frame.lists:
        raise SamplingError("kept_other_rows", relation.sample.pk, wave=relation.sample.wave)
    seed, starts = _coordinated(relation, fractions, earlier)
    domains, each = (
        domains_of(strata),
        [PlannedDomain(group=STRATUM, code=code, members=frozenset({code})) for code in codes],
    )
    errors = _errors(units, strata, [*domains, *each], precision)
    return SamplePlan(
        frame=frame,
        size=int(strata["sample_size"].sum()),
        method=AllocationMethod(method),
        minimum_per_stratum=minimum_per_stratum,
        precision=precision,
        relation=relation,
        units=units,
        strata=strata,
        seed=seed,
        starts=starts,
        expected=errors[: len(domains)],
        of_strata=errors[len(domains) :],
        meetings=_meetings(units, strata, seed, starts, earlier),
    )


def _refuse_impossible_plan(frame: SamplingFrame, units: pd.DataFrame, minimum: int, precision: Precision) -> None:
    if frame.status != SamplingFrame.Status.READY or units.empty:
        raise SamplingError("frame_not_ready", frame.pk, frame=frame)
    # The variance within a stratum is a sum divided by n - 1: one firm has none.
    if minimum < 2:
        raise SamplingError("minimum_too_small", minimum)
    if not 0 < precision.response <= 1:
        raise SamplingError("response_out_of_range", precision.response, share=f"{precision.response:.0%}")


def _strata(
    units: pd.DataFrame, size: int | None, method: AllocationMethod | str, minimum: int, precision: Precision
) -> pd.DataFrame:
    if method == AllocationMethod.TARGETS:
        return _sized(units, minimum, precision)
    if size is None:
        raise SamplingError("size_missing")
    least = smallest_of_frame(units, minimum)
    if size < least:
        raise SamplingError("size_too_small", size, size=size, minimum=minimum, least=least)
    if size > len(units):
        raise SamplingError("size_too_large", size, size=size, most=len(units))
    try:
        return plan_strata(units, size=size, method=method, minimum=minimum)
    except MethodsError as error:
        raise SamplingError("no_allocation", error.value, problem=error.complaint.message()) from error


def _sized(units: pd.DataFrame, minimum: int, precision: Precision) -> pd.DataFrame:
    if not precision.targets:
        raise SamplingError("targets_missing")
    try:
        return size_strata(units, _targets(units, precision), minimum=minimum, response=precision.response)
    except NotConverged as error:
        percent, missed = round(100 * precision.response), error.value
        assert isinstance(missed, CvTarget), "it names the target that is missed"
        domains = domains_of(units[[SECTION, SIZE]].drop_duplicates())
        whom = next(domain_name(domain) for domain in domains if domain.members == missed.members)
        figure = said(FIGURES[missed.variable])
        raise SamplingError("targets_out_of_reach", percent, percent=percent, whom=whom, figure=figure) from error


def _targets(units: pd.DataFrame, precision: Precision) -> list[CvTarget]:
    domains = domains_of(units[[SECTION, SIZE]].drop_duplicates())
    widths = precision.half_widths
    shares = [half_width_target(widths[domain.group], domain) for domain in domains if domain.group in widths]
    return shares + [
        cv_target(variable, cv, domain)
        for (variable, group), cv in precision.cvs.items()
        for domain in domains
        if domain.group == group
    ]


def domains_of(strata: pd.DataFrame) -> list[PlannedDomain]:
    """All firms, then each section, then each size class from large to micro, as far as the strata have any."""
    codes = (strata[SECTION] + "-" + strata[SIZE]).tolist()
    found = [PlannedDomain(group=ALL, code="", members=frozenset(codes))]
    sizes = [size.value for size in SizeClass]
    for group, values in ((SECTION, sorted(set(strata[SECTION]))), (SIZE, sizes)):
        for value in values:
            members = frozenset(code for code, own in zip(codes, strata[group], strict=True) if own == value)
            if members:
                found.append(PlannedDomain(group=group, code=value, members=members))
    return found


def _errors(
    units: pd.DataFrame, strata: pd.DataFrame, domains: list[PlannedDomain], precision: Precision
) -> list[Expected]:
    moments = frame_moments(units, stratum_codes(units))
    sizes = dict(zip(strata[SECTION] + "-" + strata[SIZE], strata["sample_size"], strict=True))
    drawn = np.array([float(sizes[code]) for code in moments.codes])
    return expected_errors(moments, drawn, domains, response=precision.response)


def _coordinated(
    relation: Coordination, fractions: Mapping[str, float], earlier: list[Sample]
) -> tuple[int | None, dict[str, float]]:
    """The seed of the random numbers, and where each stratum starts; None and nothing for new numbers."""
    if relation.kind == SampleRelation.FRESH:
        return None, {}
    if relation.kind == SampleRelation.KEEP:
        if relation.sample is None or relation.share is None:
            raise SamplingError("nothing_to_keep")
        arcs = arcs_of([relation.sample])
        return relation.sample.seed, starts_by_stratum(fractions, arcs, keep=relation.share)
    if not earlier:
        raise SamplingError("nothing_to_avoid")
    # Numbers of another seed lie on another circle: those of the newest sample are the permanent ones from now on.
    seed = earlier[0].seed
    arcs = arcs_of([sample for sample in earlier if sample.seed == seed])
    return seed, starts_by_stratum(fractions, arcs, keep=None)


def _meetings(
    units: pd.DataFrame, strata: pd.DataFrame, seed: int | None, starts: Mapping[str, float], earlier: list[Sample]
) -> list[Meeting]:
    found = []
    for sample in earlier:
        arcs = arcs_of([sample])
        # Numbers of two seeds are independent, so what both draws share is the product of their fractions.
        is_coordinated = seed is not None and sample.seed == seed
        firms = sum(
            row.population
            * _met(arcs.get(code, ()), starts.get(code, 0.0), row.sample_size / row.population, is_coordinated)
            for row in strata.itertuples()
            for code in [f"{row.industry_section}-{row.size_class}"]
        )
        found.append(Meeting(sample=sample, firms=firms, is_coordinated=is_coordinated))
    return found


def _met(arcs: "list[Arc] | tuple[()]", start: float, fraction: float, is_coordinated: bool) -> float:
    """The expected share of a stratum that is in both samples."""
    if is_coordinated:
        return overlap(arcs, Arc(start=start, fraction=fraction))
    return fraction * sum(arc.fraction for arc in arcs)
