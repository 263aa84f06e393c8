"""What sampling reads: the firms of a frame as a table."""

import pandas as pd
from django.db.models import QuerySet

from survey.models import FrameUnit, SamplingFrame, Wave
from survey.terms import WaveStatus

COLUMNS = ("id", "credit_code", "industry_section", "size_class", "revenue")


def read_frame_units(frame: SamplingFrame) -> pd.DataFrame:
    """One row per firm with ``COLUMNS``, by credit code."""
    rows = FrameUnit.objects.filter(frame=frame).order_by("credit_code").values_list(*COLUMNS)
    return pd.DataFrame.from_records(list(rows), columns=list(COLUMNS))


def frames_to_draw_from() -> QuerySet[SamplingFrame]:
    return SamplingFrame.objects.filter(status=SamplingFrame.Status.READY)


def waves_without_sample() -> QuerySet[Wave]:
    """Waves that can still get a sample."""
    return Wave.objects.filter(sample=None).exclude(status=WaveStatus.CLOSED.value)
