"""What sampling reads: the firms of a frame as a table."""

from dataclasses import dataclass

import pandas as pd
from django.db.models import QuerySet

from survey.models import FrameUnit, Industry, SamplingFrame, Wave
from survey.terms import SizeClass, WaveStatus

COLUMNS = ("id", "credit_code", "industry_section", "size_class", "revenue")


def read_frame_units(frame: SamplingFrame) -> pd.DataFrame:
    """One row per firm with ``COLUMNS``, by credit code."""
    rows = FrameUnit.objects.filter(frame=frame).order_by("credit_code").values_list(*COLUMNS)
    return pd.DataFrame.from_records(list(rows), columns=list(COLUMNS))


def frames_to_draw_from() -> QuerySet[SamplingFrame]:
    return SamplingFrame.objects.filter(status=SamplingFrame.Status.READY)


def frames_to_join() -> QuerySet[SamplingFrame]:
    """Frames that firms can still be added to: no sample was drawn from them."""
    return frames_to_draw_from().filter(samples=None)


def waves_without_sample() -> QuerySet[Wave]:
    """Waves that can still get a sample."""
    return Wave.objects.filter(sample=None).exclude(status=WaveStatus.CLOSED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class StratumRow:
    """A stratum as the preview shows it: of ``population`` firms ``sample_size`` are drawn."""

    section: str
    industry: str
    size_class: SizeClass
    population: int
    sample_size: int
    is_take_all: bool

    @property
    def fraction(self) -> float:
        """Share of the stratum that is drawn, in per cent."""
        return 100 * self.sample_size / self.population

    @property
    def weight(self) -> float:
        """How many firms of the frame each sampled firm stands for."""
        return self.population / self.sample_size


def stratum_rows(strata: pd.DataFrame) -> list[StratumRow]:
    """The rows of a plan with the name of each industry section."""
    names = {industry.code: str(industry) for industry in Industry.objects.filter(parent=None)}
    return [
        StratumRow(
            section=row.industry_section,
            industry=names.get(row.industry_section, row.industry_section),
            size_class=SizeClass(row.size_class),
            population=int(row.population),
            sample_size=int(row.sample_size),
            is_take_all=bool(row.is_take_all),
        )
        for row in strata.itertuples()
    ]
