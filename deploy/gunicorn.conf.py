"""gunicorn of an installation; `BIND`, `WEB_WORKERS` and `WEB_THREADS` in the environment change it."""

import os
from pathlib import Path
from typing import Any

bind = os.environ.get("BIND", "127.0.0.1:8000")
worker_class = "config.worker.Worker"
workers = int(os.environ.get("WEB_WORKERS", str(2 * (os.cpu_count() or 1))))
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 120
# A page that is being saved when the server stops is saved; the service waits longer than this.
graceful_timeout = 60
# Memory, not the disk, for the signs of life of workers: a full disk would otherwise stop them.
worker_tmp_dir = "/dev/shm"


def metrics_dir() -> Path | None:
    """Where requests are counted; None where they are not."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.conf import settings

    return Path(settings.METRICS_DIR) if settings.METRICS_DIR else None


def on_starting(server: Any) -> None:
    """Counts begin anew: files of workers that ended long ago would only grow in number."""
    folder = metrics_dir()
    for file in folder.glob("*.db") if folder else ():
        file.unlink(missing_ok=True)


def child_exit(server: Any, worker: Any) -> None:
    """What a worker alone held is no longer given out; what it counted stays."""
    if metrics_dir():
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
