"""The writing of checked firms into a sampling frame that nobody sees before it is complete."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

import pandas as pd
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Field, Model, QuerySet

from survey.models import Contact, FrameUnit, SamplingFrame
from survey.register_terms import identity_of
from survey.selectors.design.classifications import Classifications
from survey.services.frame.check import Progress
from survey.services.frame.unit_keys import identities
from survey.terms import AskedUnit

# Each batch is one short transaction, so that firms can go on saving their answers meanwhile.
BATCH = 2000


UNIT_COLUMNS = (
    "frame", "credit_code", "unit_key", "name", "district", "industry", "industry_section", "size_class", "employees",
    "revenue",
)  # fmt: skip
CONTACT_COLUMNS = ("unit", "name", "email", "phone")


def load_units(
    *,
    frame: SamplingFrame,
    parts: Iterable[pd.DataFrame],
    total: int,
    classifications: Classifications,
    progress: Progress | None = None,
) -> None:
    """Write the good rows of a check, ``total`` in all, as firms and contacts of a frame that is still loading."""
    # Keys are read back by range: neither COPY nor executemany returns those that it gave out.
    done = last_id = 0
    for good in parts:
        for start in range(0, len(good), BATCH):
            batch = good.iloc[start : start + BATCH]
            last_id = _load_batch(frame, batch, classifications, last_id)
            done += len(batch)
            if progress:
                progress(done, total)


def _load_batch(frame: SamplingFrame, good: pd.DataFrame, classifications: Classifications, last_id: int) -> int:
    """Write some firms with their contacts in one transaction; the key of the last one."""
    units = _unit_values(frame, good, classifications)
    contacts = good[["contact", "email", "phone"]].astype(object)
    with transaction.atomic():
        _write(FrameUnit, UNIT_COLUMNS, units)
        ids = _ids_after(frame, last_id)
        contacts.insert(0, "unit", identities(units).map(ids).astype(object))
        _write(Contact, CONTACT_COLUMNS, contacts[(contacts[["contact", "email", "phone"]] != "").any(axis=1)])
    return max(ids.values())


def _unit_values(frame: SamplingFrame, good: pd.DataFrame, classifications: Classifications) -> pd.DataFrame:
    """The columns of a firm as plain Python values, in the order of `UNIT_COLUMNS`."""
    values = pd.DataFrame(
        {
            "frame": frame.pk,
            "credit_code": good["credit_code"],
            "unit_key": good["unit_key"],
            "name": good["name"],
            "district": good["district"].map(classifications.district_ids),
            "industry": good["division"].map(classifications.division_ids),
            "industry_section": good["section"],
            "size_class": good["size_class"],
            "employees": good["employees"].astype(int),
            "revenue": good["revenue"],
        }
    )
    return values[list(UNIT_COLUMNS)].astype(object)


def _write(model: type[Model], columns: Sequence[str], values: pd.DataFrame) -> None:
    """Write rows past the model instances: the values are checked, and 100,000 firms take a fifth of the time."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(cast("Field[Any, Any]", model._meta.get_field(name)).column)) for name in columns)
    # Python objects throughout: psycopg and sqlite3 adapt no numbers of numpy.
    rows = values.to_numpy(object).tolist()
    with connection.cursor() as cursor:
        WRITERS[connection.vendor](cursor, quote(model._meta.db_table), names, rows)


def _insert(cursor: Any, table: str, names: str, rows: list[list[Any]]) -> None:
    holders = ", ".join(["%s"] * (names.count(",") + 1))
    cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({holders})", rows)


def _copy(cursor: Any, table: str, names: str, rows: list[list[Any]]) -> None:
    # COPY takes a batch as one stream; an INSERT for each firm would be parsed and planned each time.
    with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


WRITERS: dict[str, Callable[[Any, str, str, list[list[Any]]], None]] = {"sqlite": _insert, "postgresql": _copy}


def _ids_after(frame: SamplingFrame, last_id: int) -> dict[str, int]:
    """What tells a row -> its primary key, of those written after ``last_id``."""
    rows = FrameUnit.objects.filter(frame=frame, pk__gt=last_id).order_by("pk")
    return {identity_of(code, key): pk for code, key, pk in rows.values_list("credit_code", "unit_key", "pk")}


@transaction.atomic
def open_frame(
    *,
    title: str,
    source_name: str,
    source_digest: str,
    actor: User | None,
    is_demonstration: bool,
    lists: AskedUnit = AskedUnit.FIRM,
) -> SamplingFrame:
    """An empty frame that is still loading, and so not seen by anybody; ``lists``: what its rows will be."""
    return SamplingFrame.objects.create(
        title=title,
        source_name=source_name[-200:],
        source_digest=source_digest,
        is_demonstration=is_demonstration,
        lists=lists.value,
        created_by=actor,
    )


def drop_loading_frame(frame: SamplingFrame) -> None:
    """Take away a frame that never became ready, with what was written of it, and leave no history of its contacts."""
    # The state is part of every condition: a frame that became ready in the meantime is left alone.
    loading = {"frame_id": frame.pk, "frame__status": SamplingFrame.Status.LOADING}
    with transaction.atomic():
        # Contacts first, since rows are deleted without the collector that follows foreign keys.
        _delete_rows(Contact.objects.filter(unit__in=FrameUnit.objects.filter(**loading)))
        _delete_rows(FrameUnit.objects.filter(pk__in=FrameUnit.objects.filter(**loading).values("pk")))
        SamplingFrame.objects.filter(pk=frame.pk, status=SamplingFrame.Status.LOADING).delete()


def _delete_rows(rows: QuerySet[Any]) -> None:
    """Delete in the database alone: nothing refers to rows that were never seen, and 100,000 need not be read."""
    rows._raw_delete(rows.db)
