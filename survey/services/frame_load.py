"""The writing of checked firms into a sampling frame that nobody sees before it is complete."""

import itertools
from collections.abc import Iterator
from typing import Any

import pandas as pd
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from survey.models import Contact, FrameUnit, SamplingFrame
from survey.selectors.classifications import Classifications
from survey.services.frame_check import Progress

# Each batch is one short transaction, so that firms can go on saving their answers meanwhile.
BATCH = 2000


def load_units(
    *,
    frame: SamplingFrame,
    good: pd.DataFrame,
    classifications: Classifications,
    progress: Progress | None = None,
) -> None:
    """Write the good rows of a check as firms and contacts of a frame that is still loading."""
    written = 0
    for batch in _batches(good, BATCH):
        with transaction.atomic():
            units = FrameUnit.objects.bulk_create(
                [_unit(frame, row, classifications) for row in batch], batch_size=BATCH
            )
            Contact.objects.bulk_create(
                [
                    Contact(unit=unit, name=row.contact, email=row.email, phone=row.phone)
                    for unit, row in zip(units, batch, strict=True)
                    if row.contact or row.email or row.phone
                ],
                batch_size=BATCH,
            )
        written += len(batch)
        if progress:
            progress(written, len(good))


def _batches(good: pd.DataFrame, size: int) -> Iterator[list[Any]]:
    rows = good.itertuples(index=False)
    return iter(lambda: list(itertools.islice(rows, size)), [])


def _unit(frame: SamplingFrame, row: Any, classifications: Classifications) -> FrameUnit:
    return FrameUnit(
        frame=frame,
        credit_code=row.credit_code,
        name=row.name,
        district_id=classifications.district_ids[row.district],
        industry_id=classifications.division_ids[row.division],
        industry_section=row.section,
        size_class=row.size_class,
        employees=int(row.employees),
        revenue=row.revenue,
    )


def open_frame(
    *, title: str, source_name: str, source_digest: str, actor: User | None, is_demonstration: bool
) -> SamplingFrame:
    """An empty frame that is still loading, and so not seen by anybody."""
    return SamplingFrame.objects.create(
        title=title,
        source_name=source_name[-200:],
        source_digest=source_digest,
        is_demonstration=is_demonstration,
        created_by=actor,
    )


def drop_loading_frame(frame: SamplingFrame) -> None:
    """Take away a frame that never became ready, with what was written of it, and leave no history of its contacts."""
    loading = {"frame_id": frame.pk, "frame__status": SamplingFrame.Status.LOADING}
    with transaction.atomic():
        _delete_rows(Contact.objects.filter(unit__in=FrameUnit.objects.filter(**loading)))
        _delete_rows(FrameUnit.objects.filter(pk__in=FrameUnit.objects.filter(**loading).values("pk")))
        SamplingFrame.objects.filter(pk=frame.pk, status=SamplingFrame.Status.LOADING).delete()


def _delete_rows(rows: QuerySet[Any]) -> None:
    """Delete in the database alone: nothing refers to rows that were never seen, and 100,000 need not be read."""
    rows._raw_delete(rows.db)
