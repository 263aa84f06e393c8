"""The change log is written by triggers, so that no writer can forget it: service, admin, bulk update or plain SQL.

What must never change is guarded by triggers too (``survey/models/guards.py``); they come and go with those here.

The triggers are not part of a migration. SQLite makes a table anew for many changes of it and loses its triggers, and
refuses to rename a table that the trigger of another names; so they are taken off before every ``migrate`` and put on
after it (``survey/apps.py``), for the columns that the tables have then.

PostgreSQL calls a trigger once for a statement and adds one row for each wave that it touched; SQLite, and relatives of
PostgreSQL before its version 10 such as openGauss, know only triggers for each row, and add a row for each.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from survey.models import guards
from survey.models.change import LOGGED_TOGETHER, Change
from survey.models.collection import Case, Response
from survey.models.frame import District, FrameUnit, Industry, SizeThreshold
from survey.models.processing import Correction, OutlierDecision
from survey.models.questionnaire import PainPoint, Questionnaire, Survey
from survey.models.sample import Sample, SampleUnit, Stratum
from survey.models.version import QuestionnaireVersion
from survey.models.wave import Wave

INSERT, UPDATE, DELETE = "insert", "update", "delete"
ROWS = {INSERT: ("NEW",), DELETE: ("OLD",), UPDATE: ("OLD", "NEW")}
"""The rows that a trigger for each row sees."""
# With its type: PostgreSQL takes a bare NULL in a UNION for text.
EVERY_WAVE = "CAST(NULL AS bigint)"
LOG = Change._meta.db_table
PREFIX = "note_change"
KNOWS_STATEMENTS = 10_00_00
"""The version of PostgreSQL from which on a trigger sees the rows of a statement together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A table that results are read from.

    ``wave`` and ``counts`` are SQL about a row ``r``: the wave whose results it can change, and whether it can change
    any. An update of nothing but the ``ignored`` columns changes none; a new column counts until it is named here.
    Rows of one ``part`` share a row of the log where a statement writes several.
    """

    model: type[models.Model]
    wave: str = EVERY_WAVE
    counts: str = "1 = 1"
    part: str = "0"
    ignored: frozenset[str] = frozenset()
    operations: tuple[str, ...] = (INSERT, UPDATE, DELETE)

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def kind(self) -> str:
        return str(self.model._meta.model_name)


# Where the parent of a deleted row is gone already, the wave is NULL, which is every wave: too much, never too little.
SAMPLE_OF_ROW = "(SELECT s.wave_id FROM survey_sample s WHERE s.id = r.sample_id)"
WATCHED = (
    Watched(
        model=Case,
        wave="r.wave_id",
        # What the fieldwork does to a case shows on its own pages and stands in no table.
        ignored=frozenset(
            {
                *("key", "status", "code_generation", "code_hash", "is_closed", "code_sent_at", "reminders"),
                "extended_until",
            },
        ),
    ),
    Watched(
        model=Response,
        part=f"r.id / {LOGGED_TOGETHER}",
        wave="(SELECT c.wave_id FROM survey_case c WHERE c.id = r.case_id)",
        # A draft is saved with every page of every firm and counts nowhere until it is submitted.
        counts="r.status = 'submitted'",
    ),
    Watched(
        model=Correction,
        part=f"r.response_id / {LOGGED_TOGETHER}",
        wave="(SELECT c.wave_id FROM survey_response a JOIN survey_case c ON c.id = a.case_id"
        " WHERE a.id = r.response_id)",
    ),
    Watched(model=OutlierDecision, wave="(SELECT c.wave_id FROM survey_case c WHERE c.id = r.case_id)"),
    Watched(model=Wave, wave="r.id"),
    Watched(model=Sample, wave="r.wave_id"),
    Watched(model=Stratum, wave=SAMPLE_OF_ROW),
    # A sampled firm is read through its case, whose own insertion is in the log.
    Watched(model=SampleUnit, wave=SAMPLE_OF_ROW, operations=(UPDATE, DELETE)),
    # Weights meet the totals of the whole frame, so every firm of a frame counts from which a sample was drawn.
    # Its firm in the register is no part of what the frame says.
    Watched(
        model=FrameUnit,
        counts="EXISTS (SELECT 1 FROM survey_sample s WHERE s.frame_id = r.frame_id)",
        ignored=frozenset({"firm_id"}),
    ),
    Watched(model=Questionnaire),
    Watched(model=QuestionnaireVersion),
    Watched(model=Survey),
    Watched(model=PainPoint),
    Watched(model=Industry),
    Watched(model=District),
    Watched(model=SizeThreshold),
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every trigger on, anew where it is there already. A database that has no log yet gets none."""
    tables = set(connection.introspection.table_names())
    if LOG not in tables:
        return
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        # In one transaction: nothing is written between the old triggers and the new ones that neither would note.
        remove(connection)
        for statement in [*_statements(connection, tables), *guards.guards(connection, tables)]:
            cursor.execute(statement)


def note_migration(connection: BaseDatabaseWrapper) -> None:
    """Supersede everything that was read before: what was written while the triggers were off is not in the log."""
    if LOG in connection.introspection.table_names():
        Change.objects.using(connection.alias).create(kind="migration", operation=UPDATE, at=timezone.now())


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take every trigger off that is there."""
    for prefix in (PREFIX, guards.PREFIX):
        remove_named(connection, prefix)


def remove_named(connection: BaseDatabaseWrapper, prefix: str) -> None:
    """Take off the triggers whose names begin so."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", [f"{prefix}%"])
            statements = [f"DROP TRIGGER {name}" for (name,) in cursor.fetchall()]
        else:
            cursor.execute(
                "SELECT proname FROM pg_proc WHERE proname LIKE %s AND pronamespace ="
                " (SELECT oid FROM pg_namespace WHERE nspname = current_schema())",
                [f"{prefix}%"],
            )
            # CASCADE takes the trigger off with its function; the names come from the catalogue and begin with ours.
            statements = [f"DROP FUNCTION {name}() CASCADE" for (name,) in cursor.fetchall()]
        for statement in statements:
            cursor.execute(statement)


def _statements(connection: BaseDatabaseWrapper, tables: set[str]) -> Iterator[str]:
    """What makes a trigger for each operation on each watched table that the database has."""
    dialect = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}[connection.vendor]
    if connection.vendor == "postgresql" and connection.pg_version < KNOWS_STATEMENTS:  # type: ignore[attr-defined]
        dialect = _by_row_on_postgresql
    for watched in WATCHED:
        if watched.table in tables:
            columns = _columns(connection, watched)
            for operation in watched.operations:
                yield from dialect(watched, operation, columns)


def _columns(connection: BaseDatabaseWrapper, watched: Watched) -> list[str]:
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, watched.table)
    return [column.name for column in described if column.name not in watched.ignored]


def _of(sql: str, row: str) -> str:
    """The SQL about ``r`` said of another row."""
    return re.sub(r"\br\.", f"{row}.", sql)


def _condition(watched: Watched, operation: str, columns: list[str], differ: str) -> str:
    """SQL of whether the row OLD or NEW counts and, of an update, differs; ``differ`` also compares with NULL."""
    counts = " OR ".join(_of(watched.counts, row) for row in ROWS[operation])
    differs = " OR ".join(f"OLD.{column} {differ} NEW.{column}" for column in columns)
    return f"({counts}) AND ({differs})" if operation == UPDATE else counts


def _note_of_row(watched: Watched, operation: str, now: str) -> str:
    """SQL that adds the row NEW or OLD to the log; one that moves from one wave to another changes both."""
    rows = ROWS[operation]
    moved = f" UNION SELECT {_of(watched.wave, 'OLD')}" if operation == UPDATE else ""
    return (
        f"INSERT INTO {LOG} (wave_id, kind, operation, object_id, row_count, at) "
        f"SELECT w.wave_id, '{watched.kind}', '{operation}', {rows[0]}.id, 1, {now} "
        f"FROM (SELECT {_of(watched.wave, rows[-1])} AS wave_id{moved}) w;"
    )


def _on_sqlite(watched: Watched, operation: str, columns: list[str]) -> tuple[str, ...]:
    # IS NOT, because <> of a NULL is NULL and such a change would be missed.
    condition = _condition(watched, operation, columns, "IS NOT")
    note = _note_of_row(watched, operation, "strftime('%Y-%m-%d %H:%M:%f', 'now')")
    name = f"{PREFIX}_{watched.kind}_{operation}"
    return (f"CREATE TRIGGER {name} AFTER {operation.upper()} ON {watched.table} WHEN {condition} BEGIN {note} END",)


def _by_row_on_postgresql(watched: Watched, operation: str, columns: list[str]) -> tuple[str, ...]:
    # In the body, since the WHEN of a trigger takes no query of another table.
    condition = _condition(watched, operation, columns, "IS DISTINCT FROM")
    note = _note_of_row(watched, operation, "clock_timestamp()")
    name = f"{PREFIX}_{watched.kind}_{operation}"
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN {note} END IF; RETURN NULL; END $$",
        # PROCEDURE, since PostgreSQL before 11 and its relatives know no EXECUTE FUNCTION.
        f"CREATE TRIGGER {name} AFTER {operation.upper()} ON {watched.table} FOR EACH ROW EXECUTE PROCEDURE {name}()",
    )


def _on_postgresql(watched: Watched, operation: str, columns: list[str]) -> tuple[str, ...]:
    tables = {INSERT: "NEW TABLE AS new_rows", DELETE: "OLD TABLE AS old_rows"}
    tables[UPDATE] = f"{tables[DELETE]} {tables[INSERT]}"
    name = f"{PREFIX}_{watched.kind}_{operation}"
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"INSERT INTO {LOG} (wave_id, kind, operation, object_id, row_count, at) "
        f"SELECT t.wave_id, '{watched.kind}', '{operation}', MIN(t.id), COUNT(*), clock_timestamp() "
        f"FROM ({_touched(watched, operation, columns)}) t GROUP BY t.wave_id, t.part; RETURN NULL; END $$",
        f"CREATE TRIGGER {name} AFTER {operation.upper()} ON {watched.table} REFERENCING {tables[operation]} "
        f"FOR EACH STATEMENT EXECUTE PROCEDURE {name}()",
    )


def _touched(watched: Watched, operation: str, columns: list[str]) -> str:
    """The (id, wave, part) of every row of a PostgreSQL statement that counts; both waves of a row that moved."""
    if operation != UPDATE:
        rows = {INSERT: "new_rows", DELETE: "old_rows"}[operation]
        return f"SELECT r.id, {watched.wave} AS wave_id, {watched.part} AS part FROM {rows} r WHERE {watched.counts}"
    differs = " OR ".join(f"o.{column} IS DISTINCT FROM n.{column}" for column in columns)
    condition = f"({_of(watched.counts, 'o')} OR {_of(watched.counts, 'n')}) AND ({differs})"
    # Transition tables are not paired: old and new rows are joined by the key, which nobody changes.
    joined = f"FROM old_rows o JOIN new_rows n ON n.id = o.id WHERE {condition}"
    columns_of_log = f"{watched.wave} AS wave_id, {watched.part} AS part"
    return " UNION ".join(f"SELECT {row}.id, {_of(columns_of_log, row)} {joined}" for row in ("o", "n"))
