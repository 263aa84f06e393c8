"""What the frame of a wave holds of the whole population, and where its strata stand."""

from collections.abc import Sequence

import numpy as np
from django.db.models import FloatField, Sum

from survey.methods.weights.fieldwork import FrameTotals
from survey.methods.weights.merging import Places
from survey.models import FrameUnit, Sample, Stratum
from survey.terms import SizeClass
from survey.weighting_terms import FrameMargin, FrameTotal

INDUSTRY, SIZE = FrameMargin.INDUSTRY, FrameMargin.SIZE


def frame_totals(strata: Sequence[Stratum]) -> FrameTotals | None:
    """Counts of the frame by industry and size as they were when the sample was drawn, and its totals of numbers; None
    without a sample."""
    if not strata:
        return None
    counts: dict[str, dict[str, float]] = {INDUSTRY.value: {}, SIZE.value: {}}
    for each in strata:
        for name, value in ((INDUSTRY.value, each.industry_section), (SIZE.value, each.size_class)):
            counts[name][value] = counts[name].get(value, 0.0) + each.population
    # By the frame of the sample and not the newest one: totals are met of the population that was drawn from.
    sums = FrameUnit.objects.filter(frame__in=Sample.objects.filter(pk=strata[0].sample_id).values("frame")).aggregate(
        **{one.value: Sum(one.value, output_field=FloatField()) for one in FrameTotal}
    )
    # A number that no firm of the list has gives no total to calibrate to.
    return FrameTotals(counts=counts, totals={name: float(total) for name, total in sums.items() if total is not None})


def places_of(strata: Sequence[Stratum]) -> Places:
    """Where strata stand in the orders of industry and size."""
    industries = sorted({each.industry_section for each in strata})
    sizes = [size.value for size in SizeClass]
    return Places(
        np.array([industries.index(each.industry_section) for each in strata], np.intp),
        np.array([sizes.index(each.size_class) for each in strata], np.intp),
    )
