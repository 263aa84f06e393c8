"""The import of a list of firms as a sampling frame: whole, or its good rows alone if that is wanted, or not at all."""

from collections.abc import Callable

import pandas as pd
from django.contrib.auth.models import User
from django.db import transaction

from survey import algorithms
from survey.complaints import Catalogue, Entry, Refused
from survey.models import SamplingFrame
from survey.selectors.design.classifications import Classifications, read_classifications
from survey.services.audit import record_action
from survey.services.frame.check import Progress
from survey.services.frame.checked_list import CheckedList, check_list
from survey.services.frame.loading import drop_loading_frame, load_units, open_frame
from survey.terms import AskedUnit


class RowsHaveErrors(Refused):
    """Some rows are wrong and it was not said that the good ones may go in; ``checked`` has them all."""

    catalogue = Catalogue(
        entries={
            "rows_have_errors": Entry(
                "%(value)s of %(total)s rows have errors; nothing was imported.", "Mend them, or accept the good rows."
            )
        }
    )

    def __init__(self, checked: CheckedList) -> None:
        self.checked = checked
        super().__init__("rows_have_errors", checked.bad_count, total=checked.total)


def import_frame(
    *,
    rows: pd.DataFrame,
    title: str,
    actor: User | None,
    accept_good_rows: bool = False,
    is_demonstration: bool = False,
    lists: AskedUnit = AskedUnit.FIRM,
    source_name: str = "",
    source_digest: str = "",
    progress: Progress | None = None,
) -> SamplingFrame:
    """Check a table of firms and load it as a ready frame.

    ``rows``: headers in Chinese or English as `frame_columns` recognises them, cells as text or numbers; the index
    gives the row numbers of messages; ``lists``: what the rows are. ``progress``: called with (rows written, rows to
    write). Raises `FrameFileRefused` if headers or rows are missing, `RowsHaveErrors` if rows are wrong and the good
    ones were not accepted (or there are none); then nothing is in the database.
    """
    classifications = read_classifications()
    checked = check_list(lambda: [rows], list(rows.columns), classifications=classifications, lists=lists)
    # All or nothing unless somebody has seen what is wrong: a frame that lacks firms gives wrong weights.
    if not checked.good_count or (checked.bad_count and not accept_good_rows):
        raise RowsHaveErrors(checked)
    frame = open_frame(
        title=title,
        source_name=source_name,
        source_digest=source_digest or digest_of_rows(rows),
        actor=actor,
        is_demonstration=is_demonstration,
        lists=lists,
    )
    return load_checked_rows(
        checked=checked, classifications=classifications, frame=frame, actor=actor, progress=progress
    )


def load_checked_rows(
    *,
    checked: CheckedList,
    classifications: Classifications,
    frame: SamplingFrame,
    actor: User | None,
    progress: Progress | None = None,
    at_end: Callable[[SamplingFrame], None] | None = None,
) -> SamplingFrame:
    """Write the good rows under ``frame`` and make it ready in the last step; whatever fails leaves no trace.

    ``at_end`` is called within the transaction that makes the frame ready.
    """
    try:
        load_units(
            frame=frame,
            parts=checked.good_parts(),
            total=checked.good_count,
            classifications=classifications,
            progress=progress,
        )
        with transaction.atomic():
            # Only now do pages and draws see it (0003).
            frame.status = SamplingFrame.Status.READY
            frame.unit_count = checked.good_count
            frame.save(update_fields=["status", "unit_count"])
            record_action(
                actor=actor, verb="import_frame", subject=frame, firms=checked.good_count, left_out=checked.bad_count
            )
            if at_end:
                at_end(frame)
    # BaseException: a worker that is told to stop (SystemExit, KeyboardInterrupt) leaves no half frame either.
    except BaseException:
        drop_loading_frame(frame)
        raise
    return frame


def digest_of_rows(rows: pd.DataFrame) -> str:
    """Digest of a table that does not come from a file."""
    # surrogatepass: half a character, which a damaged file brings, cannot be encoded otherwise.
    return algorithms.digest(rows.to_csv(index=False).encode("utf-8", "surrogatepass"))
