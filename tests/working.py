"""The worker in the process of a test: the queue is worked off on the real database."""

from typing import Any

from django.conf import settings
from django.db import close_old_connections, connection
from django.test import Client
from django_tasks_db.management.commands import db_worker


def close_what_is_free() -> None:
    """As Django's test client does: the connection that holds the transaction of the test stays open."""
    if not connection.in_atomic_block:
        close_old_connections()


def work_off() -> None:
    """Do every job that waits in the queue, and those that they ask for."""
    vars(db_worker)["close_old_connections"] = close_what_is_free
    db_worker.Worker(
        queue_names=list(settings.TASKS["default"]["QUEUES"]),
        interval=0,
        batch=True,
        backend_name=next(iter(settings.TASKS)),
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    ).run()


def exported(client: Client, address: str, values: dict[str, str]) -> Any:
    """What comes of the button of an export: the file of its job, or the page of the job where there is none."""
    asked: Any = client.post(address, values)
    if asked.status_code != 302:
        return asked
    work_off()
    done = client.get(asked["Location"])
    file = asked["Location"] + "file/"
    return client.get(file) if file in done.content.decode() else done
