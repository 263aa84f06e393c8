"""The worker in the process of a test: the queue is worked off on the real database."""

from django.conf import settings
from django_tasks_db.management.commands.db_worker import Worker


def work_off() -> None:
    """Do every job that waits in the queue, and those that they ask for."""
    Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name=next(iter(settings.TASKS)),
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    ).run()
