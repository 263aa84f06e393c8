"""The import of a list of firms as a sampling frame: whole, or its good rows alone if that is wanted, or not at all."""

import hashlib
from collections.abc import Callable
from typing import Any

import pandas as pd
from django.contrib.auth.models import User
from django.db import transaction

from survey.complaints import Catalogue, Entry, Refused
from survey.models import SamplingFrame
from survey.selectors.design.classifications import Classifications, read_classifications
from survey.services.audit import record_action
from survey.services.frame.check import CheckedRows, Progress, check_rows
from survey.services.frame.columns import recognise_columns
from survey.services.frame.loading import drop_loading_frame, load_units, open_frame


class RowsHaveErrors(Refused):
    """Some rows are wrong and it was not said that the good ones may go in; ``checked`` has them all."""

    catalogue = Catalogue(
        entries={
            "rows_have_errors": Entry(
                "%(value)s of %(total)s rows have errors; nothing was imported.", "Mend them, or accept the good rows."
            )
        }
    )

    def __init__(self, checked: CheckedRows) -> None:
        self.checked = checked
        super().__init__("rows_have_errors", checked.bad_count, total=checked.total)


def import_frame(
    *,
    rows: pd.DataFrame,
    title: str,
    actor: User | None,
    accept_good_rows: bool = False,
    is_demonstration: bool = False,
    source_name: str = "",
    source_digest: str = "",
    progress: Progress | None = None,
) -> SamplingFrame:
    """Check a table of firms and load it as a ready frame.

    ``rows``: headers in Chinese or English as `frame_columns` recognises them, cells as text or numbers; the index
    gives the row numbers of messages. ``progress``: called with (rows written, rows to write).
    Raises `FrameFileRefused` if headers or rows are missing, `RowsHaveErrors` if rows are wrong and the good ones were
    not accepted (or there are none); then nothing is in the database.
    """
    classifications = read_classifications()
    checked = check_table(rows, classifications=classifications)
    if checked.good.empty or (checked.bad_count and not accept_good_rows):
        raise RowsHaveErrors(checked)
    frame = open_frame(
        title=title,
        source_name=source_name,
        source_digest=source_digest or digest_of_rows(rows),
        actor=actor,
        is_demonstration=is_demonstration,
    )
    return load_checked_rows(
        checked=checked, classifications=classifications, frame=frame, actor=actor, progress=progress
    )


def check_table(
    rows: pd.DataFrame, *, classifications: Classifications, progress: Progress | None = None
) -> CheckedRows:
    """Recognise the headers of a table and check its rows; notes tell of converted units."""
    headers = list(rows.columns)
    recognised = recognise_columns(headers)
    cells = pd.DataFrame(
        {column: rows.iloc[:, place] for column, place in recognised.positions.items()}, index=rows.index
    )
    checked = check_rows(cells, classifications=classifications, factors=recognised.factors, progress=progress)
    for column, factor in recognised.factors.items():
        if factor != 1.0:
            header = str(headers[recognised.positions[column]])
            checked.notes.append(("converted", {"column": column.value, "header": header}))
    return checked


def load_checked_rows(
    *,
    checked: CheckedRows,
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
        load_units(frame=frame, good=checked.good, classifications=classifications, progress=progress)
        with transaction.atomic():
            frame.status = SamplingFrame.Status.READY
            frame.unit_count = len(checked.good)
            frame.save(update_fields=["status", "unit_count"])
            record_action(
                actor=actor, verb="import_frame", subject=frame, firms=len(checked.good), left_out=checked.bad_count
            )
            if at_end:
                at_end(frame)
    # BaseException: a worker that is told to stop (SystemExit, KeyboardInterrupt) leaves no half frame either.
    except BaseException:
        drop_loading_frame(frame)
        raise
    return frame


def digest_of_rows(rows: pd.DataFrame) -> str:
    """SHA-256 of a table that does not come from a file."""
    # surrogatepass: half a character, which a damaged file brings, cannot be encoded otherwise.
    return hashlib.sha256(rows.to_csv(index=False).encode("utf-8", "surrogatepass")).hexdigest()


def kinds_of_error(checked: CheckedRows) -> list[dict[str, Any]]:
    """What is wrong, one entry per column and kind, the most frequent first: how often, and its first example."""
    kinds = [
        {"column": column, "code": code, "count": len(part), "row": int(part["row"].iloc[0])}
        | {"value": str(part["value"].iloc[0]), "params": dict(part["params"].iloc[0])}
        for (column, code), part in checked.errors.groupby(["column", "code"], sort=False)
    ]
    return sorted(kinds, key=lambda kind: -kind["count"])
