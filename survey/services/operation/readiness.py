"""Whether this installation can do its work now: what a load balancer, a monitor and an operator ask."""

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from survey.models import Case, Job, Worker
from survey.selectors.operation.workers import WORKER_SILENCE
from survey.services.fieldwork.access_codes import derive_code, hash_code


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at. ``fault`` says what is wrong and how to mend it, "" where nothing is.

    Without what is essential no firm can be served; the rest only keeps jobs waiting.
    """

    name: str
    fault: str
    is_essential: bool = True


def check_readiness() -> list[Check]:
    """Each check in the order of what depends on what; those after a database that is away are left out."""
    # The disk before the database: a full disk is why SQLite fails, and the reason that helps.
    done = [Check(name=name, fault=_fault(look)) for name, look in (("disk", disk), ("database", database))]
    if not done[-1].fault:
        done.append(Check(name="migrations", fault=_fault(migrations)))
    if not done[-1].fault:
        done += [
            Check(name="keys", fault=_fault(keys)),
            Check(name="worker", fault=_fault(worker), is_essential=False),
        ]
    return done


def is_ready(checks: list[Check]) -> bool:
    """Whether firms can be served."""
    return not any(check.fault for check in checks if check.is_essential)


def _fault(look: Callable[[], str]) -> str:
    try:
        return look()
    # Whatever it is, it is why the site is not ready; a probe must not fail itself.
    except Exception as error:
        return f"{type(error).__name__}: {(str(error).strip().splitlines() or [''])[0][:200]}"


def database() -> str:
    """A query is answered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def migrations() -> str:
    """The database is of this release."""
    missing = sorted(of_the_program() - MigrationRecorder(connection).applied_migrations().keys())
    if not missing:
        return ""
    return f"{len(missing)} migrations are not applied, the first is {'.'.join(missing[0])}. Run manage.py migrate."


@cache
def of_the_program() -> frozenset[tuple[str, str]]:
    """(app, name) of every migration of this release, single ones where another replaces them and they are still here.

    A new database has the marks of the single ones as well; one that went through them has that of the other only
    after the next ``migrate``, and lacks nothing until then.
    """
    there = MigrationLoader(None).disk_migrations
    return frozenset(
        key for key, migration in there.items() if not migration.replaces or not there.keys() >= set(migration.replaces)
    )


def disk() -> str:
    """There is room in VAR_DIR, and it can be written to."""
    free = shutil.disk_usage(settings.VAR_DIR).free // 1_000_000
    if free < settings.READY_FREE_MB:
        return f"{free} MB are free in {settings.VAR_DIR}, fewer than READY_FREE_MB={settings.READY_FREE_MB}."
    with tempfile.TemporaryFile(dir=Path(settings.VAR_DIR)) as file:
        # Written and brought to the disk: space may be free and the file system mounted read-only.
        file.write(b"x" * 4096)
        file.flush()
        os.fsync(file.fileno())
    return ""


def keys() -> str:
    """ACCESS_CODE_KEY is the one that the codes in the database were made with."""
    # One case is enough: all codes of a database are made with one key. The newest, whose code is in use.
    case = Case.objects.exclude(code_hash="").only("key", "code_generation", "code_hash").order_by("-pk").first()
    if case is None or case.code_hash == hash_code(derive_code(case)):
        return ""
    return (
        "ACCESS_CODE_KEY is not the key of this database: no code that was sent opens anything. Put the old one back."
    )


def worker() -> str:
    """A worker of each queue gave a sign of life."""
    alive = Worker.objects.filter(heartbeat__gte=timezone.now() - WORKER_SILENCE)
    served = ",".join(alive.values_list("queues", flat=True)).split(",")
    if idle := [queue for queue in Job.Queue.values if queue not in served]:
        return f"No worker is at work for {', '.join(idle)}: jobs wait. Start manage.py worker."
    return ""
