"""A sample that is drawn: its strata, the firms that it shares with others, and how often its firms are asked."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from survey.models import Sample, SampleUnit
from survey.selectors.fieldwork.sampling import StratumRow, samples_of_a_year, stratum_rows
from survey.terms import AskedUnit, SizeClass


def drawn_strata(sample: Sample) -> list[StratumRow]:
    """The strata as they were drawn, with the errors that were expected of them."""
    columns = ["industry_section", "size_class", "population", "sample_size", "is_take_all"]
    strata = pd.DataFrame.from_records(sample.strata.values(*columns), columns=columns)
    order = {size.value: place for place, size in enumerate(SizeClass)}
    # By section and from large to micro, as the preview had them.
    in_order = strata.iloc[np.lexsort((strata["size_class"].map(order), strata["industry_section"]))]
    return stratum_rows(in_order, sample.expected_response)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Another sample, how many of its firms are in this one, and their part of this one in per cent."""

    sample: Sample
    firms: int
    percent: float


def shared_firms(sample: Sample) -> list[Shared]:
    """Samples of other waves with firms of this one, by credit code, the most first; of local units, those with the
    same units. One query."""
    own = SampleUnit.objects.filter(
        sample=sample, unit__credit_code=OuterRef("unit__credit_code"), unit__unit_key=OuterRef("unit__unit_key")
    )
    by_unit = sample.frame.lists == AskedUnit.LOCAL_UNIT.value
    counts = (
        # By credit code: the same firm has a row of its own in each list.
        SampleUnit.objects.filter(
            Exists(own) if by_unit else Q(unit__credit_code__in=_codes(sample), unit__unit_key="")
        )
        .exclude(sample=sample)
        .values("sample")
        .annotate(firms=Count("pk"))
    )
    found = {row["sample"]: row["firms"] for row in counts}
    others = Sample.objects.select_related("wave").in_bulk(list(found))
    rows = [Shared(sample=others[key], firms=firms, percent=100 * firms / sample.size) for key, firms in found.items()]
    return sorted(rows, key=lambda row: (-row.firms, row.sample.pk))


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTimes:
    """How many firms of a sample are asked ``times`` within a year, this sample counted; each of its units is asked."""

    times: int
    firms: int


def burden_of_sample(sample: Sample, until: datetime) -> list[AskedTimes]:
    """The firms of a sample by the number of samples of the last 12 months that they are in, the fewest first."""
    # With this one, whose wave may be older than a year.
    samples = {each.pk for each in samples_of_a_year(until)} | {sample.pk}
    counts = (
        SampleUnit.objects.filter(sample__in=samples, unit__credit_code__in=_codes(sample))
        .values("unit__credit_code")
        .annotate(times=Count("pk"))
        .values_list("times", flat=True)
        .order_by()
    )
    return [AskedTimes(times=times, firms=firms) for times, firms in sorted(Counter(counts).items())]


def _codes(sample: Sample) -> QuerySet[SampleUnit, str]:
    return SampleUnit.objects.filter(sample=sample).values_list("unit__credit_code", flat=True)
