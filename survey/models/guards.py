"""What the database itself refuses: changing or deleting what was submitted, corrected, released or done by staff.

Rows may be added, and erased: a service that erases content sets ``erased_at`` with it, and the audit chain says so
(decision 0034). The triggers are put on and taken off with those of the change log (``survey/models/triggers.py``).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from survey.models.casework.editing import EditingDecision
from survey.models.casework.outcome import CaseOutcome
from survey.models.collection import Response
from survey.models.operation.audit import AuditChain, AuditEntry
from survey.models.processing import Correction, OutlierDecision, StaffAction
from survey.models.release import Release, ReleaseStep
from survey.models.results.cut import Cut, CutPage, CutSource
from survey.models.results.open_answer import OpenAnswerDecision

PREFIX = "keep_as_it_is"
ERASED = "erased_at"
REFUSAL = "What was submitted, corrected, released or done is kept as it is: it may be added to or erased, not changed."
# Returned by an officer, taken back by the firm, or put back as it was; never a draft again.
STEPS = tuple(
    f"(OLD.status = '{before}' AND NEW.status = '{after}')"
    for before, after in (("submitted", "returned"), ("submitted", "taken_back"), ("taken_back", "submitted"))
)
# The life of a release (services/results/release_life.py), as the database knows it.
RELEASE_STEPS = tuple(
    f"(OLD.state = '{before}' AND NEW.state = '{after}')"
    for before, after in (
        *(("draft", "checked"), ("checked", "signed"), ("signed", "embargoed"), ("signed", "published")),
        *(("embargoed", "published"), ("published", "revised")),
        *((state, "withdrawn") for state in ("draft", "checked", "signed", "embargoed")),
    )
)
CERTIFIED_ANEW = "(OLD.certificate IS NOT NULL AND (NEW.certificate IS NULL OR NEW.certificate <> OLD.certificate))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """A table whose rows are kept as they are where ``is_final`` holds, SQL about the row ``OLD``.

    ``free`` columns may change, ``emptied`` ones only to an empty text, ``erasable`` ones only with a later
    ``erased_at``. ``refused`` is further SQL about ``OLD`` and ``NEW`` that no update may meet.
    """

    model: type[models.Model]
    is_final: str = "1 = 1"
    free: frozenset[str] = frozenset()
    emptied: frozenset[str] = frozenset()
    erasable: frozenset[str] = frozenset()
    refused: str = "1 = 0"

    @property
    def table(self) -> str:
        return self.model._meta.db_table


GUARDED = (
    Guarded(
        model=Response,
        is_final="OLD.status <> 'draft'",
        # With saved_at, which is set by whatever saves the row (auto_now).
        free=frozenset({"status", "is_current", "return_note", "saved_at"}),
        erasable=frozenset({"answers", "reasons", "taken_over"}),
        refused=f"(NEW.status <> OLD.status AND NOT ({' OR '.join(STEPS)}))",
    ),
    Guarded(model=Correction, erasable=frozenset({"old", "new", "reason"})),
    Guarded(model=OutlierDecision, erasable=frozenset({"reason"})),
    Guarded(model=CaseOutcome, erasable=frozenset({"reason"})),
    Guarded(model=EditingDecision, erasable=frozenset({"value", "reason"})),
    Guarded(model=OpenAnswerDecision, erasable=frozenset({"text", "written"})),
    Guarded(model=Cut),
    Guarded(model=CutPage),
    Guarded(model=CutSource, erasable=frozenset({"content"})),
    Guarded(
        model=Release,
        free=frozenset({"state", "embargo_until", "certificate"}),
        refused=f"({CERTIFIED_ANEW} OR (NEW.state <> OLD.state AND NOT ({' OR '.join(RELEASE_STEPS)})))",
    ),
    Guarded(model=ReleaseStep),
    Guarded(model=StaffAction, erasable=frozenset({"subject", "detail"})),
    Guarded(model=AuditEntry, emptied=frozenset({"salt", "address", "address_salt"})),
    # By one at a time: a chain that jumps or goes back has lost entries.
    Guarded(model=AuditChain, free=frozenset({"length", "last"}), refused="NEW.length <> OLD.length + 1"),
)


def guards(connection: BaseDatabaseWrapper, tables: set[str]) -> Iterator[str]:
    """What makes the triggers of each guarded table that the database has with all its columns."""
    dialect = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}[connection.vendor]
    for guarded in GUARDED:
        if guarded.table not in tables:
            continue
        with connection.cursor() as cursor:
            described = connection.introspection.get_table_description(cursor, guarded.table)
        columns = [column.name for column in described]
        # A table of an earlier version, which a migration is about to bring up to date.
        if guarded.erasable and ERASED not in columns:
            continue
        # By the name of the model: PostgreSQL has one space of names for the functions of all triggers.
        name = f"{PREFIX}_{guarded.model._meta.model_name}"
        yield from dialect(f"{name}_update", guarded.table, "UPDATE", _refused_update(connection, guarded, columns))
        yield from dialect(f"{name}_delete", guarded.table, "DELETE", guarded.is_final)
        if connection.vendor == "postgresql":
            # Triggers of rows do not see that a table is emptied as a whole; SQLite deletes row by row.
            yield from _on_postgresql(f"{name}_truncate", guarded.table, "TRUNCATE", "")


def _refused_update(connection: BaseDatabaseWrapper, guarded: Guarded, columns: list[str]) -> str:
    # IS NOT and IS DISTINCT FROM, because <> of a NULL is NULL and such a change would pass.
    differs = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}[connection.vendor]
    mutable = guarded.free | guarded.emptied | guarded.erasable | {ERASED}
    conditions = [f"NEW.{name} {differs} OLD.{name}" for name in columns if name not in mutable]
    conditions += [f"(NEW.{name} <> OLD.{name} AND NEW.{name} <> '')" for name in sorted(guarded.emptied)]
    if guarded.erasable:
        later = f"NEW.{ERASED} IS NOT NULL AND (OLD.{ERASED} IS NULL OR NEW.{ERASED} > OLD.{ERASED})"
        changed = " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in sorted({*guarded.erasable, ERASED}))
        conditions.append(f"(({changed}) AND NOT ({later}))")
    return f"({guarded.is_final}) AND ({' OR '.join([*conditions, guarded.refused])})"


def _on_sqlite(name: str, table: str, operation: str, condition: str) -> tuple[str, ...]:
    return (
        f"CREATE TRIGGER {name} BEFORE {operation} ON {table} WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    )


def _on_postgresql(name: str, table: str, operation: str, condition: str) -> tuple[str, ...]:
    of_rows = f"FOR EACH ROW WHEN ({condition}) " if condition else ""
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER {name} BEFORE {operation} ON {table} {of_rows}"
        # Not EXECUTE FUNCTION, which only PostgreSQL 11 and later know.
        f"EXECUTE PROCEDURE {name}()",
    )
