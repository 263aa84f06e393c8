"""The worker of gunicorn that counts the requests that wait: ``--worker-class config.worker.Worker``."""

import gc
from concurrent.futures import ThreadPoolExecutor

from django.urls import get_resolver
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

from config.waiting import CountedPool

UNSEARCHED = 100_000
"""New objects after which unreachable ones are searched for; a few megabytes."""


class Worker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's worker with threads, whose waiting requests are counted."""

    def load_wsgi(self) -> None:
        """Load the site whole, so that no request waits for it, and leave what was loaded out of the search for
        unreachable objects: it stays as long as the process, and going through it takes longer than a page."""
        super().load_wsgi()
        _ = get_resolver().url_patterns
        gc.collect()
        gc.freeze()
        # A page of figures makes some hundred thousand objects, none of them in a circle: asked after every 700th,
        # as Python does by itself, the search takes a tenth of the page.
        gc.set_threshold(UNSEARCHED)

    def get_thread_pool(self) -> ThreadPoolExecutor:
        return CountedPool(max_workers=self.cfg.threads)
